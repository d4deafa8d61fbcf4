import TreeInsight
import TreeSearch

/// How the visits of every node grew: the visits of all nodes at a few moments at equal distances, of which a row draws what
/// came in between.
///
/// When there are more than ``mostMoments``, every second one is dropped and the distance doubles: O(nodes) memory, and
/// O(nodes × log simulations) for all moments together.
struct VisitCourse: Sendable {
  /// Moments kept at most; a row has one column more.
  static let mostMoments = 8

  private var moments: [Int] = []
  private var visits: [[UInt32]] = []
  private var simulations = 0
  /// Simulations between two moments.
  private(set) var distance = 1

  /// The course of a run so far. Complexity: O(events × depth), once.
  init(_ timeline: Timeline) {
    timeline.replay { note($0, in: $1) }
  }

  /// Notes an event after which the run's tree is `tree`. Complexity: O(1), and O(nodes) ever more rarely.
  mutating func note(_ event: SearchEvent, in tree: borrowing SearchTree) {
    guard case .backedUp = event else { return }
    simulations += 1
    guard simulations % distance == 0 else { return }
    moments.append(tree.eventCount)
    visits.append(tree.nodes.map { UInt32(clamping: $0.visits) })
    guard moments.count > Self.mostMoments else { return }
    // The odd ones are those that stand at multiples of the doubled distance.
    let kept = stride(from: 1, to: moments.count, by: 2)
    (moments, visits) = (kept.map { moments[$0] }, kept.map { visits[$0] })
    distance *= 2
  }

  /// Visits that `id` gained between the moments kept, in order, and since the last of them, as seen from `tree`, the run's
  /// tree at any moment. Complexity: O(moments).
  func gains(of id: NodeID, in tree: borrowing SearchTree) -> [Int] {
    var (before, beforeAtRoot, gains) = (0, 0, [Int]())
    for (moment, visits) in zip(moments, visits) where moment <= tree.eventCount {
      let now = id.offset < visits.count ? Int(visits[id.offset]) : 0
      gains.append(max(0, now - before))
      (before, beforeAtRoot) = (now, Int(visits[0]))
    }
    // Where nothing was visited since the last moment, no row has a column for it.
    return tree[.root].visits == beforeAtRoot ? gains : gains + [max(0, Int(tree[id].visits) - before)]
  }
}
