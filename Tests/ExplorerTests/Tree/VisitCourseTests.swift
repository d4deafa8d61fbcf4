import Testing
import TreeSearch

@testable import Explorer

/// Visits over time.
struct VisitCourseTests {
  private func searched(_ simulations: Int) -> FakeDriver { .searched(simulations) }

  @Test(arguments: [0, 1, 7, 8, 9, 30, 64])
  func gainsAddUpToTheVisits(_ simulations: Int) throws {
    let person = searched(simulations)
    let run = try #require(person.state.run)
    for id in run.tree.nodes.indices.map({ NodeID($0) }) {
      let gains = run.growth.gains(of: id, in: run.tree)
      #expect(gains.reduce(0, +) == Int(run.tree[id].visits), "node \(id)")
      #expect(gains.count <= VisitCourse.mostMoments + 1)
    }
    // The root gains one visit a simulation: as many in every stretch as the moments are apart.
    let root = run.growth.gains(of: .root, in: run.tree)
    #expect(root.dropLast().allSatisfy { $0 == run.growth.distance })
  }

  /// A run that is opened whole has the course of one that was watched, and its past is drawn as it was then.
  @Test func openedAndWatchedAreTheSame() throws {
    let run = try #require(searched(30).state.run)
    let opened = VisitCourse(run.timeline)
    #expect(opened.distance == run.growth.distance)
    for id in run.tree.nodes.indices.map({ NodeID($0) }) {
      #expect(opened.gains(of: id, in: run.tree) == run.growth.gains(of: id, in: run.tree))
    }
    let past = run.timeline.tree(at: run.timeline.count / 2)
    #expect(run.growth.gains(of: .root, in: past).reduce(0, +) == Int(past[.root].visits))
  }
}
