import Testing
import TreeSearch

@testable import Explorer

@Suite("The tree of a moment of the past")
struct PastTreeTests {
  @Test("However one gets to a moment, its tree is the same", arguments: [1, 10, 2048])
  func moves(reach: Int) throws {
    var person = FakeDriver()
    person.press("s", times: 20)
    let timeline = try #require(person.state.run?.timeline)
    var past = PastTree(at: timeline.count - 1, in: timeline, reach: reach)
    // Back step by step, to and fro, and jumps.
    var moments = Array((timeline.count - 60..<timeline.count).reversed())
    moments += (0..<200).map { GrownTree.mixed($0) % (timeline.count - 1) }
    moments += [timeline.start, timeline.start + 1, timeline.start]
    for moment in moments {
      past.move(to: moment, in: timeline)
      let tree = timeline.tree(at: moment)
      #expect(past.tree.eventCount == moment)
      #expect(past.tree.nodes == tree.nodes && past.tree.details == tree.details, "moment \(moment)")
    }
  }
}
