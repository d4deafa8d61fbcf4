import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Somebody follows a run")
struct FollowingTests {
  /// A replica of somebody's run, as `etascope follow` opens it.
  private func follower(of presenter: FakeDriver) -> ExplorerState {
    var state = ExplorerState(size: Size(columns: 100, rows: 30), following: Following())
    _ = state.reduce(.opened(OpenRun(id: "run-1", timeline: presenter.state.run?.timeline ?? Timeline(presenter.tree))))
    return state
  }

  private func presenting(_ simulations: Int) -> FakeDriver {
    var presenter = FakeDriver()
    presenter.press("s", times: simulations)
    return presenter
  }

  @Test("The cursor goes where the presenter's goes, also in time, and waits for what has not arrived")
  func locked() throws {
    var presenter = presenting(4)
    var state = follower(of: presenter)
    presenter.press("G")
    _ = state.reduce(.presenter(presenter.state.place, votingProblem: nil))
    #expect(state.run?.cursor == presenter.cursor && state.following?.isLocked == true)
    presenter.press("< <")
    _ = state.reduce(.presenter(presenter.state.place, votingProblem: nil))
    #expect(state.run?.pastMoment == presenter.state.run?.pastMoment)

    presenter.press("Space s G")
    let place = try #require(presenter.state.place)
    _ = state.reduce(.presenter(place, votingProblem: nil))
    #expect(state.run?.tree.holds(place.node) == false && state.run?.pastMoment == nil)
    let events = try #require(presenter.state.run?.timeline.events.dropFirst(state.run?.timeline.count ?? 0))
    _ = state.reduce(.events(Array(events)))
    #expect(state.run?.cursor == place.node)
  }

  @Test("Whoever moves has a cursor of their own until they follow again")
  func unlocked() {
    let presenter = presenting(4)
    var state = follower(of: presenter)
    _ = state.reduce(.presenter(Place(node: NodeID(2), moment: nil), votingProblem: nil))
    _ = state.reduce(.key(.character("G")))
    #expect(state.following?.isLocked == false && state.run?.cursor != NodeID(2))
    #expect(state.stageWords == "own cursor, presenter at node 2")
    _ = state.reduce(.presenter(Place(node: NodeID(1), moment: nil), votingProblem: nil))
    #expect(state.run?.cursor != NodeID(1))
    _ = state.reduce(.key(.character("L")))
    #expect(state.run?.cursor == NodeID(1) && state.stageWords == "following the presenter")
  }

  @Test("Where the presenter goes to another run, who follows goes along, and who looks around is asked")
  func elsewhere() {
    let presenter = presenting(2)
    var state = follower(of: presenter)
    _ = state.reduce(.presenter(Place(node: NodeID(1), moment: nil), votingProblem: nil))
    #expect(state.reduce(.presenterElsewhere("run-1")) == [], "it is this one")
    _ = state.reduce(.presenter(nil, votingProblem: nil))
    #expect(state.reduce(.presenterElsewhere("run-2")) == [.run(.openRun("run-2"))])
    #expect(state.stageWords == "following, the presenter is in another run")
    _ = state.reduce(.opened(OpenRun(id: "run-2", tree: presenter.tree)))
    #expect(state.stageWords == "following, nobody presents")

    _ = state.reduce(.presenter(Place(node: NodeID(1), moment: nil), votingProblem: nil))
    _ = state.reduce(.key(.character("G")))
    #expect(state.following?.isLocked == false)
    #expect(state.reduce(.presenterElsewhere("run-3")) == [])
    #expect(state.message == .notice("the presenter has gone to run-3; L goes along"))
    #expect(state.reduce(.key(.character("L"))) == [.run(.openRun("run-3"))])
  }

  @Test(
    "Nothing of the run can be changed",
    arguments: ["s", "S", "r", "e", "i", "x", "v", "f", "u", "^r", "c", "F", "B", "^t"])
  func refused(key: String) throws {
    var state = follower(of: presenting(4))
    _ = state.reduce(.key(.character("j")))
    let effects = state.reduce(.key(try #require(Key(name: key))))
    #expect(effects.isEmpty && state.overlay == nil)
    #expect(state.message?.text.contains("only its presenter changes it") == true)
  }

  @Test("A vote is for the selected node; where it does not count, the reason is said")
  func votes() {
    var state = follower(of: presenting(4))
    _ = state.reduce(.presenter(nil, votingProblem: "nobody presents this run"))
    _ = state.reduce(.key(.character("j")))
    #expect(state.reduce(.key(.character("V"))).isEmpty)
    #expect(state.message?.text == "votes are off: nobody presents this run")
    _ = state.reduce(.presenter(nil, votingProblem: nil))
    let node = state.run?.cursor ?? .none
    #expect(state.reduce(.key(.character("V"))) == [.run(.vote(node))])
    #expect(state.reduce(.key(.character("V"))) == [.run(.vote(nil))], "the same again takes it back")
    _ = state.reduce(.key(.character("g")))
    #expect(state.reduce(.key(.character("V"))).isEmpty)
  }

  @Test("The presenter sees the tally and goes to a node from it")
  func tally() {
    var presenter = presenting(4)
    presenter.press("V")
    #expect(presenter.state.message?.text == "nobody has voted")
    presenter.act(.votes([NodeID(2): 3, NodeID(1): 1, NodeID(99): 5]))
    #expect(presenter.screen(Size(columns: 100, rows: 30))[0].contains("votes: node 2 x3, node 1 x1"))
    presenter.press("V")
    #expect(presenter.screen().contains { $0.contains("3 votes for node 2") })
    presenter.press("a")
    #expect(presenter.cursor == NodeID(2) && presenter.state.overlay == nil)
    let narrow = presenter.screen(Size(columns: 40, rows: 10))[0]
    #expect(narrow.contains("votes: node 2 x3"), "\(narrow)")
  }

  @Test("A key takes the winner: its node is selected and grows, and a new vote begins; a tie is not decided")
  func winner() throws {
    var presenter = presenting(4)
    presenter.press("^v")
    #expect(presenter.state.message?.text == "nobody has voted")
    presenter.act(.votes([NodeID(2): 2, NodeID(1): 2]))
    presenter.press("^v")
    #expect(presenter.state.message?.text == "nodes 1 and 2 have 2 votes each: V goes to one")
    presenter.act(.votes([NodeID(2): 3, NodeID(1): 2]))
    let children = presenter.tree.childList(of: NodeID(2)).count
    _ = presenter.takeEffects()
    presenter.press("^v")
    #expect(presenter.cursor == NodeID(2) && presenter.takeEffects() == [.session(.clearVotes)])
    #expect(presenter.tree.childList(of: NodeID(2)).count == children + 1)
    #expect(presenter.state.shown.ballot == 1 && presenter.state.shown.votes.isEmpty)
    #expect(!presenter.screen(Size(columns: 100, rows: 30))[0].contains("votes"))
  }

  @Test("Who follows sees the tally, and has no vote in the next one")
  func tallyForFollowers() {
    var presenter = presenting(4)
    var state = follower(of: presenter)
    _ = state.reduce(.presenter(presenter.state.place, votingProblem: nil))
    _ = state.reduce(.key(.character("j")))
    _ = state.reduce(.key(.character("V")))
    #expect(state.following?.vote == NodeID(1))
    presenter.act(.votes([NodeID(1): 2, NodeID(2): 1]))
    _ = state.reduce(.shown(presenter.state.shown))
    for columns in [100, 60, 40] {
      let frame = state.view(size: Size(columns: columns, rows: 20), theme: .monochrome, glyphs: .unicode)
      #expect(FrameText.lines(frame)[0].contains("votes: node 1 x2"), "\(columns)")
    }
    presenter.press("^v")
    _ = state.reduce(.shown(presenter.state.shown))
    #expect(state.following?.vote == nil)
  }

  /// Brings what `presenter` shows to `state`, as the file beside the workspace does.
  private func look(_ state: inout ExplorerState, at presenter: FakeDriver) throws {
    let known = try #require(state.run?.timeline.count)
    _ = state.reduce(.events(Array(try #require(presenter.state.run?.timeline.events.dropFirst(known)))))
    _ = state.reduce(.presenter(presenter.state.place, votingProblem: nil))
    _ = state.reduce(.shown(presenter.state.shown))
  }

  private func band(_ state: ExplorerState) -> [String] {
    Array(
      FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode)).suffix(state.bandRows))
  }

  @Test(
    "The presenter's lesson is everybody's, frame by frame; who comes late sees the same, who puts it away has peace")
  func sharedLesson() throws {
    var presenter = FakeDriver(size: Size(columns: 100, rows: 30))
    presenter.press("s s s T")
    var state = follower(of: presenter)
    for _ in 0..<12 {
      presenter.press("S")
      try look(&state, at: presenter)
      #expect(state.bandRows > 0 && band(state) == band(presenter.state))
      #expect(state.run?.cursor == presenter.cursor)
    }
    presenter.press("< <")
    try look(&state, at: presenter)
    #expect(band(state) == band(presenter.state))
    var late = follower(of: presenter)
    try look(&late, at: presenter)
    #expect(band(late) == band(presenter.state))

    _ = late.reduce(.key(.character("T")))
    try look(&late, at: presenter)
    #expect(late.bandRows == 0 && late.following?.isLocked == true)
    presenter.press("T")
    try look(&state, at: presenter)
    #expect(state.bandRows == 0)
    try look(&late, at: presenter)
    presenter.press("T")
    try look(&late, at: presenter)
    #expect(late.bandRows > 0, "the next lesson is shown again")
  }

  @Test("The page of the presenter's tour is everybody's, with what is reckoned in it")
  func sharedPage() throws {
    var presenter = FakeDriver(size: Size(columns: 100, rows: 30))
    let text = "title: T\nquestion: Q?\n== One\nAfter {simulations}.\n> press s\n== Two\n> lesson\nBye.\n"
    presenter.act(.tour(try Tour(text, file: "f")))
    var state = follower(of: presenter)
    try look(&state, at: presenter)
    #expect(band(state)[0].contains("One") && band(state)[0].contains("1 of 2"))
    #expect(band(state).contains { $0.contains("After 0 simulations.") })
    #expect(band(state).contains { $0.contains("the presenter turns the pages") })
    presenter.press("s")
    try look(&state, at: presenter)
    #expect(band(state).contains { $0.contains("After 1 simulation.") })
    presenter.press(".")
    try look(&state, at: presenter)
    #expect(band(state).contains { $0.contains("Bye.") } && band(state).contains { $0.contains("Back up") })
    #expect(band(state)[1] == band(presenter.state)[1])
    presenter.press(".")
    try look(&state, at: presenter)
    #expect(state.bandRows > 0 && !band(state)[0].contains("Two"), "the lesson of teaching mode stays")
  }

  @Test("With and without an act: who follows sees both worlds as the presenter does, until that is put away")
  func sharedWorlds() throws {
    var presenter = FakeDriver.searched(branches: 4, size: Size(columns: 100, rows: 30))
    presenter.press("g i text:####_29 Enter v Tab Tab text:1 Enter Y")
    let worlds = try #require(presenter.state.worlds)
    var state = follower(of: presenter)
    try look(&state, at: presenter)
    #expect(state.following?.shown.fork?.run == worlds.without.id && state.overlay == nil)
    _ = state.reduce(.beside(.began(worlds.without, from: worlds.moment, goal: worlds.goal)))
    func verdict(_ state: ExplorerState) -> [String] {
      FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode)).filter {
        $0.contains("with your act: ")
      }
    }
    #expect(state.overlay is WorldsOverlay && verdict(state) == verdict(presenter.state) && !verdict(state).isEmpty)
    presenter.press("Escape")
    try look(&state, at: presenter)
    #expect(state.overlay == nil)
    presenter.press("Y")
    try look(&state, at: presenter)
    #expect(state.overlay is WorldsOverlay)
  }
}
