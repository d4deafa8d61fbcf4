import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("What is noted of a run stays with it")
struct NotingTests {
  @Test("Bookmarks, labels, commits and breakpoints are kept with the run, and taken away again")
  func keeping() throws {
    var person = FakeDriver()
    person.press("s s s j m + \" text:look Enter m - -")
    let node = person.cursor
    #expect(
      person.kept == [
        .bookmark(node, ""), .label(node, .good), .bookmark(node, "look"), .bookmark(node, nil), .label(node, .bad),
        .label(node, nil),
      ])
    person.press("c Enter")
    let now = try #require(person.state.run?.timeline.count)
    #expect(person.kept.last == .commit(moment: now, "c1"))
    let breakpoint = try Breakpoint("merge")
    person.act(.watched([.breakpoint(BreakpointHit(breakpoint: breakpoint, node: .root))]))
    let words = try #require(person.state.message?.text)
    #expect(person.kept.last == .breakpoint(moment: now, words))
  }

  @Test("A run that is opened again has what was noted of it, even of nodes and moments that are still being read")
  func reopening() throws {
    var person = FakeDriver()
    person.press("s", times: 6)
    let timeline = try #require(person.state.run?.timeline)
    let last = NodeID(timeline.latest.nodes.count - 1)
    let notes: [RunNote] = [
      .bookmark(NodeID(1), "here"), .bookmark(last, ""), .label(NodeID(2), .bad),
      .breakpoint(moment: timeline.count - 1, "merge"), .commit(moment: timeline.count, "c9"),
      .commit(moment: 0, "c0"),
    ]
    var again = FakeDriver()
    again.act(.opened(OpenRun(id: "r", timeline: Timeline(SearchTree(header: timeline.latest.header)), notes: notes)))
    #expect(again.state.run?.liveBookmarks == [])
    #expect(again.state.run?.course.marks(from: 0, to: 0) == .commit)
    again.act(.events(Array(timeline.events)))
    #expect(again.state.run?.liveBookmarks == [NodeID(1), last])
    #expect(again.state.run?.labels == [NodeID(2): .bad])
    let course = try #require(again.state.run?.course)
    let end = timeline.count
    #expect(course.marks(from: end - 1, to: end) == .commit && course.marks(from: end - 2, to: end - 1) == .breakpoint)
    #expect(course.marks(from: 0, to: 1) == .commit && course.marks(from: 1, to: end - 2) == [])
    #expect(course.marks(from: 0, to: end) == [.commit, .breakpoint])
    #expect(again.kept == [], "what was kept already is not kept again")
  }
}
