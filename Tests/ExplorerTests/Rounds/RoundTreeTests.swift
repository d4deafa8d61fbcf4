import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("From a row of a round to its tree")
struct RoundTreeTests {
  /// A person at the gate, beside a search of some nodes.
  private static func person() -> FakeDriver {
    var person = FakeDriver(
      size: Size(columns: 120, rows: 36), header: FakeDriver.header(changing: ["width.root.minimum": "3"]),
      problems: ProblemListTests.entries)
    person.press("s", times: 8)
    person.press("P R Enter")
    _ = person.takeEffects()
    return person
  }

  @Test("Enter opens the run at the node; P comes back to the row, and nothing is asked for again")
  func there() {
    var person = Self.person()
    person.press("/ text:1010 Enter Enter")
    #expect(person.takeEffects() == [.run(.openRun("run-10"))])
    #expect(person.state.run?.id == "run-10" && person.cursor == NodeID(4))
    person.press("P")
    #expect(person.takeEffects() == [.run(.closeRun)])
    #expect(person.state.run == nil && person.state.rounds?.page?.list.place == 10)
    #expect(person.screen()[1].contains("lift-4 · gate"))
  }

  @Test("A trajectory that ends in a rollout says which one")
  func rollout() {
    var person = Self.person()
    person.press("/ text:1003 Enter Enter")
    #expect(person.state.run?.id == "run-3" && person.cursor == NodeID(3))
    #expect(person.state.message == .glance("rollout 2 of node 3 finishes the trajectory"))
  }

  /// The run as it is read: its first events, then the others.
  private static func halves(_ person: FakeDriver) throws -> (Timeline, [SearchEvent]) {
    var search = Search(header: person.search.tree.header)
    search.work(upTo: 1) { ScriptedWorld().answer($0, in: $1) }
    var beginning = Timeline(SearchTree(header: search.tree.header))
    for event in search.takeEvents() { try beginning.append(event) }
    search.work(upTo: 8) { ScriptedWorld().answer($0, in: $1) }
    return (beginning, search.takeEvents())
  }

  @Test(
    "A node that has not been read yet is gone to when it is there, unless the person has moved",
    arguments: [false, true])
  func late(moves: Bool) throws {
    var state = Self.person().state
    let (beginning, rest) = try Self.halves(Self.person())
    for key in Array("/1010").map({ Key.character($0) }) + [.enter] { _ = state.reduce(.key(key)) }
    #expect(state.reduce(.key(.enter)) == [.run(.openRun("run-10"))])
    _ = state.reduce(.opened(OpenRun(id: "run-10", timeline: beginning)))
    #expect(!beginning.latest.holds(NodeID(4)) && state.run?.cursor == .root)
    if moves { _ = state.reduce(.key(.character("g"))) }
    _ = state.reduce(.events(rest))
    #expect(state.run?.cursor == (moves ? .root : NodeID(4)))
  }

  @Test("Another run than the one that was asked for is shown as it is")
  func other() {
    var person = Self.person()
    _ = person.state.reduce(.key(.enter))
    person.act(.opened(OpenRun(id: "run-1", timeline: Timeline(person.search.tree))))
    #expect(person.cursor == .root)
    person.act(.events([]))
    #expect(person.state.wantedPlace == nil)
  }

  @Test("A run that somebody else drives can be looked at, and says so where it would be changed")
  func readOnly() {
    var person = Self.person()
    _ = person.state.reduce(.key(.enter))
    var run = OpenRun(id: "run-0", timeline: Timeline(person.search.tree))
    run.readOnlyReason = "another process works on run-0"
    person.act(.opened(run))
    for key in ["s", "e", "c", "x", "F"] {
      person.press(key)
      #expect(person.state.message == .failure("another process works on run-0"), "\(key)")
    }
    person.press("j w")
    #expect(person.state.overlay != nil)
  }
}
