import Canvas
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("A long run is being read")
struct OpeningTests {
  /// A person who looks at the first half of a run.
  private func half() -> (person: FakeDriver, rest: [SearchEvent]) {
    var person = FakeDriver(size: Size(columns: 100, rows: 30))
    person.press("s", times: 20)
    person.press("x x")
    person.press("s", times: 20)
    let events = person.state.run?.timeline.events ?? PackedEvents()
    var reader = FakeDriver(size: Size(columns: 100, rows: 30))
    let status = RunState.opening(percent: 50)
    var run = OpenRun(id: "run-1", tree: reader.tree, status: status)
    for event in events[..<(events.count / 2)] { try? run.apply(event) }
    reader.act(.opened(run))
    return (reader, Array(events[(events.count / 2)...]))
  }

  @Test("One can look about, and nothing is done to the search")
  func lookingAbout() {
    var (person, _) = half()
    #expect(person.screen().contains { $0.contains("opening 50 %") })
    for key in ["s", "S", "Space", "r", "e", "i", "x", "v", "f", "u", "^r", "F", "c"] {
      #expect(person.state.reduce(.key(Key(name: key) ?? .escape)) == [], "\(key)")
      #expect(person.state.overlay == nil, "\(key)")
      #expect(person.state.message?.text.contains("still being read (50 %)") == true, "\(key)")
    }
    person.press("j")
    #expect(person.cursor != .root)
    person.press("<")
    #expect(person.state.run?.pastMoment != nil)
  }

  @Test("What was done long ago is no news; what is done after it is")
  func oldNews() {
    var (person, rest) = half()
    person.press("j")
    let cursor = person.cursor
    person.act(.events(rest))
    #expect(person.state.message == nil && person.cursor == cursor)
    #expect(person.tree.simulations == 40)
    person.act(.runState(.idle))
    #expect(person.screen().contains { $0.contains("idle") })
    person.act(.events([.intervened(.prune(node: cursor))]))
    #expect(person.state.message?.text.contains("pruned") == true)
  }

  @Test("What has been read elsewhere is taken over, and the person stays where they are")
  func grown() throws {
    let opened = half()
    var person = opened.person
    let before = try #require(person.state.run)
    var whole = before
    try whole.read(PackedEvents.Portion(opened.rest))
    person.press("j j")
    let cursor = try #require(person.state.run?.cursor)
    #expect(cursor != .root)
    person.act(.grown(whole))
    #expect(person.state.run?.timeline.count == before.timeline.count + opened.rest.count)
    #expect(person.state.run?.tree.nodes == whole.tree.nodes)
    #expect(person.state.run?.cursor == cursor && person.state.run?.status == .opening(percent: 50))
    #expect(person.state.run?.chosen?.node == whole.chosen?.node)
    // Neither what comes late nor another run.
    person.act(.grown(before))
    #expect(person.state.run?.timeline.count == whole.timeline.count)
    var other = OpenRun(id: "run-2", tree: SearchTree(header: whole.tree.header))
    try other.read(PackedEvents.Portion(Array(whole.timeline.events)))
    person.act(.grown(other))
    #expect(person.state.run?.id == "run-1")
  }
}
