import Foundation
import Vocabulary

/// What was made of a log: counts and the card.
public struct DatasetSummary: Equatable, Sendable {
  /// The form.
  public let format: DatasetFormat
  /// `README.md`: the dataset card.
  public let card: Data
  /// Rows for training.
  public let rows: Int
  /// Rows for the trainer's own test.
  public let testRows: Int
  /// Active commits that gave no row.
  public let skipped: Int
  /// Rows that were not made, by the reason in words.
  public let leftOut: [String: Int]

  /// Refuses to write a dataset without rows for training, because no loader reads one; what an earlier export left in
  /// `folder` is then named.
  func refuseEmpty(_ folder: String) throws {
    guard rows == 0 else { return }
    let earlier =
      ExportFolder.holdsExport(folder) ? "; what stands there is an earlier export that no longer holds" : ""
    let held = testRows > 0 ? " but \(testRows) for the test" : ""
    throw WorkspaceError(
      .refused, "\(folder): the log gives no rows of the form \(format.name)\(held): nothing to write\(earlier)")
  }
}

/// Makes the rows of a dataset, one commit in memory at a time.
struct DatasetMaker {
  let format: DatasetFormat
  let source: DatasetSource

  /// Gives every line with its side to `write`, in order. Throws ``WorkspaceError`` where a row of the format has other columns
  /// than the format says, and where a run cannot be read; and what `write` throws.
  func make(_ write: (DatasetSplit.Side, Data) throws -> Void) throws -> DatasetSummary {
    let options = source.options
    guard (0..<1).contains(options.testShare) else {
      throw WorkspaceError(.refused, "test share: expected a number from 0 to below 1, found \(options.testShare)")
    }
    let split = DatasetSplit(options: options)
    let columns = Set(format.columns(for: options).map(\.name))
    let encoder = CanonicalJSON.encoder()
    var (count, testCount, skipped) = (0, 0, 0)
    var leftOut: [String: Int] = [:]
    var said: Set<TextDigest> = []
    try source.forEach { commit in
      var yield = try format.yield(commit, source)
      let side = split.side(of: commit.trajectory.problem.id)
      if !format.identity.isEmpty {
        let all = yield.rows
        yield.rows = all.filter { row in said.insert(TextDigest(format.identity.map { row[$0] })).inserted }
        for _ in 0..<(all.count - yield.rows.count) { yield.leaveOut("the same row is there already") }
      }
      if side == .neither {
        for _ in yield.rows { yield.leaveOut("made of problems for training and for the test") }
        yield.rows = []
      }
      leftOut.merge(yield.leftOut, uniquingKeysWith: +)
      if yield.rows.isEmpty { skipped += 1 }
      for own in yield.rows {
        let row = DatasetColumn.side(commit).merging(own) { _, own in own }
        guard Set(row.keys) == columns else {
          let other = columns.symmetricDifference(row.keys).sorted().joined(separator: ", ")
          throw WorkspaceError(.refused, "format \(format.name): a row does not have the format's columns: \(other)")
        }
        let json = SafeText.json(String(decoding: try encoder.encode(row), as: UTF8.self))
        try write(side, Data((json + "\n").utf8))
      }
      if side == .test { testCount += yield.rows.count } else { count += yield.rows.count }
    }
    let card = DatasetCard(
      format: format, source: source, rows: count, testRows: testCount, skipped: skipped, leftOut: leftOut)
    return DatasetSummary(
      format: format, card: Data(try card.text().utf8), rows: count, testRows: testCount, skipped: skipped,
      leftOut: leftOut)
  }
}
