import Foundation

/// Bins that hold about as many numbers each: bins of equal width leave most of a critic's scores in one and hardly any in others.
package enum EqualMass {
  /// The places of `scores` in ascending bins. Equal scores are never parted; a bin that would hold fewer than `least` is joined
  /// with its neighbour, so that there may be one bin alone. Complexity: O(n log n).
  ///
  /// - Parameter most: how many bins there are at most, ≥ 1.
  package static func bins(_ scores: [Double], most: Int, least: Int) -> [[Int]] {
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    guard !order.isEmpty else { return [] }
    let count = max(1, min(most, order.count / max(1, least)))
    var bins: [[Int]] = []
    var start = 0
    for bin in 1...count where start < order.count {
      var end = max(start + 1, order.count * bin / count)
      while end < order.count, scores[order[end]] == scores[order[end - 1]] { end += 1 }
      // What ties have taken from the next bins is not made up for.
      guard end - start >= least || bin == count else { continue }
      bins.append(Array(order[start..<end]))
      start = end
    }
    if start < order.count { bins.append(Array(order[start...])) }
    if let last = bins.last, last.count < least, bins.count > 1 {
      bins.removeLast()
      bins[bins.count - 1] += last
    }
    return bins
  }

  /// The scores of a bin in words, `0.20–0.55`.
  package static func range(of bin: [Int], _ scores: [Double]) -> String {
    guard let first = bin.first, let last = bin.last else { return "–" }
    return String(format: "%.2f–%.2f", scores[first], scores[last])
  }
}
