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
  }
}
