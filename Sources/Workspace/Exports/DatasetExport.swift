import Foundation

/// A dataset made from the commit log and the labels beside it: files by path, a pure function of both logs, format, options and,
/// for formats that finish paths, of the runs' journals.
public struct DatasetExport: Equatable, Sendable {
  /// The form.
  public let format: DatasetFormat
  /// `data/train.jsonl`: one JSON object a line, keys sorted.
  public let data: Data
  /// `data/test.jsonl`, for the trainer's own test; empty where no share of the problems was asked for.
  public let test: Data
  /// `README.md`: the dataset card.
  public let card: Data
  /// Rows in ``data``.
  public let rows: Int
  /// Rows in ``test``.
  public let testRows: Int
  /// Active commits that gave no row.
  public let skipped: Int
  /// Rows that were not made, by the reason in words.
  public let leftOut: [String: Int]

  /// Makes the dataset. Throws ``WorkspaceError`` where a row of `format` has other columns than the format says, and where a
  /// run that `endings` asks for cannot be read.
  ///
  /// - Parameter labels: what people said beside the log.
  /// - Parameter endings: how paths go on, for formats that finish them; without it only what was committed is finished.
  /// Complexity: O(bytes of the log), and of the commits' journals for formats that finish paths.
  public init(
    _ log: CommitLog, labels: LabelLedger = LabelLedger(), format: DatasetFormat,
    options: DatasetOptions = DatasetOptions(), endings: PathEndings? = nil
  ) throws {
    guard (0..<1).contains(options.testShare) else {
      throw WorkspaceError(.refused, "test share: expected a number from 0 to below 1, found \(options.testShare)")
    }
    let source = DatasetSource(log, labels: labels, options: options, endings: endings)
    let split = DatasetSplit(options: options)
    let columns = Set(format.columns(for: options).map(\.name))
    let encoder = CanonicalJSON.encoder()
    var (data, test) = (Data(), Data())
    var (count, testCount, skipped) = (0, 0, 0)
    var leftOut: [String: Int] = [:]
    var said: Set<[ExportValue?]> = []
    for commit in source.commits {
      var yield = try format.yield(commit, source)
      let side = split.side(of: commit.trajectory.problem.id)
      if !format.identity.isEmpty {
        let all = yield.rows
        yield.rows = all.filter { row in said.insert(format.identity.map { row[$0] }).inserted }
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
        let line = try encoder.encode(row) + [0x0A]
        if side == .test { test += line } else { data += line }
      }
      if side == .test { testCount += yield.rows.count } else { count += yield.rows.count }
    }
    self.format = format
    (self.data, self.test) = (data, test)
    (rows, testRows) = (count, testCount)
    self.skipped = skipped
    self.leftOut = leftOut
    let card = DatasetCard(
      format: format, source: source, rows: count, testRows: testCount, skipped: skipped, leftOut: leftOut)
    self.card = Data(try card.text().utf8)
  }

  /// Writes the dataset as the folder `folder`, all of it or nothing.
  ///
  /// An earlier export there is replaced; a folder that holds anything else is left alone. An empty dataset is not written,
  /// because no loader reads one; what an earlier export left there is then named. Throws ``WorkspaceError``.
  public func write(to folder: String) throws {
    if rows == 0 {
      let earlier =
        ExportFolder.holdsExport(folder) ? "; what stands there is an earlier export that no longer holds" : ""
      let held = testRows > 0 ? " but \(testRows) for the test" : ""
      throw WorkspaceError(
        .refused, "\(folder): the log gives no rows of the form \(format.name)\(held): nothing to write\(earlier)")
    }
    var files = ["README.md": card, "data/train.jsonl": data]
    if testRows > 0 { files["data/test.jsonl"] = test }
    try ExportFolder.replace(folder, with: files)
  }
}

extension Workspace {
  /// Exports the active commits in `format` to `folder` and returns what was written. Throws ``WorkspaceError``.
  @discardableResult
  public func export(
    format: DatasetFormat, to folder: String, options: DatasetOptions = DatasetOptions()
  ) throws -> DatasetExport {
    let export = try DatasetExport(
      try commitLog(), labels: try labelLedger(), format: format, options: options, endings: PathEndings(of: self))
    try export.write(to: folder)
    return export
  }
}
