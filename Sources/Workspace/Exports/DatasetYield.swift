import Vocabulary

/// What one commit gives a dataset: its rows, and how many more there would be but for a reason.
public struct DatasetYield: Equatable, Sendable {
  /// Rows in order.
  public var rows: [DatasetRow]
  /// Rows that were not made, by the reason in words.
  public private(set) var leftOut: [String: Int] = [:]

  /// Rows, and nothing left out.
  public init(_ rows: [DatasetRow] = []) { self.rows = rows }

  /// Counts a row that is not made for `reason`, a few words that complete "left out:".
  public mutating func leaveOut(_ reason: String) { leftOut[reason, default: 0] += 1 }
}

/// Which rows are for training and which for the trainer's own test: by the root ancestor of the problem, so that a problem and
/// what was imagined from it are never on both sides.
struct DatasetSplit: Sendable {
  /// Where a problem's rows go.
  enum Side {
    case training, test
    /// Nowhere: it is made of problems of both sides.
    case neither
  }

  let options: DatasetOptions

  /// Where rows of the problem called `id` go. Pure: the same root is on the same side in every export of the same share, whatever
  /// else is in it.
  func side(of id: String) -> Side {
    let roots = options.roots[id] ?? [id]
    let tests = roots.count(where: isTest)
    return tests == 0 ? .training : tests == roots.count ? .test : .neither
  }

  private func isTest(_ root: String) -> Bool {
    guard options.testShare > 0 else { return false }
    // 53 bits: every number of them is a Double.
    let place = SHA256.lot(of: root) >> 11
    return Double(place) / Double(UInt64(1) << 53) < options.testShare
  }
}

extension DatasetSource {
  /// Whether rows of the problem called `id` go to the trainer's own test.
  package func isTest(_ id: String) -> Bool { DatasetSplit(options: options).side(of: id) == .test }
}
