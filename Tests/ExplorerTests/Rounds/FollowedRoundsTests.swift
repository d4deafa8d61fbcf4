import Canvas
import Testing
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("Somebody follows rounds")
struct FollowedRoundsTests {
  private static let world = ScriptedRounds()

  /// The rounds of somebody else, as `etascope follow ROUND` opens them.
  private func follower(at round: String = "lift-4") -> ExplorerState {
    var state = ExplorerState(size: Size(columns: 100, rows: 30), following: Following())
    #expect(state.reduce(.showRounds(at: round)) == [.rounds(.watch(.rounds))])
    _ = state.reduce(.rounds(.rounds(Self.world.rounds)))
    return state
  }

  /// A follower in a stage of the selected round.
  private func follower(in stage: RoundStageName, _ items: [StageItem]) -> ExplorerState {
    var state = follower()
    press("Enter", in: &state)
    _ = state.reduce(.rounds(.items(round: "lift-4", stage: stage, first: 0, items)))
    return state
  }

  @discardableResult
  private func press(_ keys: String, in state: inout ExplorerState) -> [Effect] {
    keys.split(separator: " ").flatMap { name in Key(name: String(name)).map { state.reduce(.key($0)) } ?? [] }
  }

  private func screen(_ state: ExplorerState) -> [String] {
    FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode))
  }

  @Test("The round that was asked for is selected, at the stage where it stands")
  func theRoundAskedFor() {
    let state = follower(at: "dpo-1")
    #expect(state.rounds?.selected?.id == "dpo-1" && state.rounds?.stage == .train)
    #expect(follower(at: "gone").rounds?.selected?.id == "lift-4", "the newest where it is not there")
    #expect(screen(state)[0].contains("following") && !screen(state)[0].contains("presents"))
  }

  @Test("Nothing of a round can be changed", arguments: ["Space", "A", "D", "S"])
  func refused(key: String) {
    for round in ["lift-4", "lift-3", "dpo-1"] {
      var state = follower(at: round)
      #expect(press(key, in: &state).isEmpty && state.overlay == nil)
      #expect(state.message?.text == "this round is followed: only the explorer and `etascope round` change it")
    }
  }

  @Test("No trajectory can be decided on", arguments: ["a", "d", "\"", "A", "D", "Space"])
  func undecided(key: String) {
    var state = follower(in: .gate, Self.world.trajectories)
    #expect(state.rounds?.page?.list.shown.count == 12)
    #expect(press(key, in: &state).isEmpty && state.overlay == nil)
    #expect(state.message?.text.contains("this round is followed") == true)
  }

  @Test("The footer names what can be done, and only that")
  func footer() {
    let rows = screen(follower(in: .gate, Self.world.trajectories))
    #expect(rows.last?.contains("tree") == true && rows.last?.contains("filter") == true)
    for word in ["accept", "refuse", "approve", "resume", "pause"] { #expect(rows.last?.contains(word) == false) }
  }

  @Test("A tree opens at its node, whoever presents that run, and P goes back to the list")
  func trees() throws {
    var state = follower(in: .gate, Self.world.trajectories)
    press("j j", in: &state)
    let place = try #require(state.rounds?.page?.list.selected?.trajectory?.place)
    #expect(press("Enter", in: &state) == [.run(.openRun(place.run))])
    var presenter = FakeDriver()
    presenter.press("s", times: 6)
    let timeline = try #require(presenter.state.run?.timeline)
    _ = state.reduce(.opened(OpenRun(id: place.run, timeline: timeline)))
    _ = state.reduce(.presenter(Place(node: .root, moment: nil), votingProblem: nil))
    #expect(state.run?.cursor == NodeID(place.node) && place.node > 0)
    press("s", in: &state)
    #expect(state.message?.text.contains("only its presenter changes it") == true)
    #expect(press("P", in: &state) == [.run(.closeRun)])
    #expect(state.rounds?.page?.stage == .gate && state.rounds?.page?.list.cursor == 2)
  }

  @Test("There is nothing behind rounds that were asked for")
  func back() {
    var state = follower()
    for key in ["Escape", "P"] {
      #expect(press(key, in: &state).isEmpty && state.rounds != nil)
      #expect(state.message?.text == "there is nothing to go back to; q quits")
    }
  }

  @Test("Behind a followed run are the rounds of its workspace, and behind them that run")
  func roundsOfARun() throws {
    var presenter = FakeDriver()
    presenter.press("s", times: 3)
    let timeline = try #require(presenter.state.run?.timeline)
    var state = ExplorerState(size: Size(columns: 100, rows: 30), following: Following())
    _ = state.reduce(.opened(OpenRun(id: "run-1", timeline: timeline)))
    _ = state.reduce(.presenter(Place(node: .root, moment: nil), votingProblem: nil))
    #expect(screen(state).last?.contains("P rounds") == true)
    #expect(state.read(line: "rounds") == .act([.run(.closeRun), .rounds(.watch(.rounds))]))
    #expect(state.run == nil && state.following?.isLocked == true && state.message == nil)
    _ = state.reduce(.rounds(.rounds(Self.world.rounds)))
    press("j", in: &state)
    #expect(press("P", in: &state) == [.run(.openRun("run-1"))])
    _ = state.reduce(.opened(OpenRun(id: "run-1", timeline: timeline)))
    #expect(state.run?.id == "run-1" && state.following?.presenter == nil, "until its presenter is told of again")
    #expect(press("P", in: &state) == [.run(.closeRun)], "they have been watched all the time")
    #expect(state.rounds?.selected?.id == "lift-3")
  }

  @Test("A round in a sentence")
  func sentence() {
    #expect(ScriptedRounds.waiting.sentence == "Round lift-4: waiting, the gate waits for a person.")
    #expect(RoundEntry(id: "a-1", series: "a", number: 1).sentence == "Round a-1: running.")
  }
}
