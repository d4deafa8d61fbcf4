import TreeInsight
import TreeSearch

/// The tree of the moment that somebody looks at, and beside it that of a little before: who goes back step by step goes on
/// from there, not from a snapshot that in a long run may be a million events away.
struct PastTree: Sendable {
  /// The tree of the moment.
  private(set) var tree: SearchTree
  private var before: SearchTree
  /// Events by which ``before`` lies back when it is made.
  private let reach: Int

  /// The tree of `moment`, which must lie before the present. Complexity: that of `Timeline.tree(at:)`.
  init(at moment: Int, in timeline: Timeline, reach: Int = 2048) {
    self.reach = reach
    before = timeline.tree(at: moment - reach)
    tree = before
    timeline.move(&tree, to: moment)
  }

  /// Goes to another moment. Complexity: O(distance × depth) forwards; backwards O(nodes) to copy the tree before, and that
  /// of `Timeline.tree(at:)` once in some thousand steps.
  mutating func move(to moment: Int, in timeline: Timeline) {
    if moment < tree.eventCount {
      if !(before.eventCount...(before.eventCount + 2 * reach)).contains(moment) {
        before = timeline.tree(at: moment - reach)
      }
      tree = before
    }
    timeline.move(&tree, to: moment)
  }
}
