import Foundation

/// A dataset made from the commit log and the labels beside it, whole in memory: files by path, a pure function of both logs,
/// format, options and, for formats that finish paths, of the runs' journals. ``Workspace/export(format:to:options:)`` makes the same bytes on disk, row by row.
public struct DatasetExport: Equatable, Sendable {
  /// Counts and the card.
  public let summary: DatasetSummary
  /// `data/train.jsonl`: one JSON object a line, keys sorted.
  public let data: Data
  /// `data/test.jsonl`, for the trainer's own test; empty where no share of the problems was asked for.
  public let test: Data

  /// The form.
  public var format: DatasetFormat { summary.format }
  /// `README.md`: the dataset card.
  public var card: Data { summary.card }
  /// Rows in ``data``.
  public var rows: Int { summary.rows }
  /// Rows in ``test``.
  public var testRows: Int { summary.testRows }
  /// Active commits that gave no row.
  public var skipped: Int { summary.skipped }
  /// Rows that were not made, by the reason in words.
  public var leftOut: [String: Int] { summary.leftOut }

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
    var (data, test) = (Data(), Data())
    let source = try DatasetSource(log, labels: labels, options: options, endings: endings)
    summary = try DatasetMaker(format: format, source: source).make { side, line in
      if side == .test { test += line } else { data += line }
    }
    (self.data, self.test) = (data, test)
  }

  /// Writes the dataset as the folder `folder`, all of it or nothing.
  ///
  /// An earlier export there is replaced; a folder that holds anything else is left alone. An empty dataset is not written.
  /// Throws ``WorkspaceError``.
  public func write(to folder: String) throws {
    try summary.refuseEmpty(folder)
    var files = ["README.md": card, "data/train.jsonl": data]
    if testRows > 0 { files["data/test.jsonl"] = test }
    try ExportFolder.replace(folder) { fresh in
      for (path, data) in files.sorted(by: { $0.key < $1.key }) { try fresh.append(data, to: path) }
    }
  }
}

extension Workspace {
  /// Exports the active commits in `format` to `folder`, all of it or nothing, and returns what was written: as
  /// ``DatasetExport/write(to:)``, with one commit in memory at a time. Throws ``WorkspaceError``.
  @discardableResult
  public func export(
    format: DatasetFormat, to folder: String, options: DatasetOptions = DatasetOptions()
  ) throws -> DatasetSummary {
    try export(format: format, to: folder, source: try datasetSource(options))
  }

  /// What exports of the active commits as they stand now are made from: read once for all formats.
  /// Throws ``WorkspaceError``. Complexity: O(bytes of the log).
  public func datasetSource(_ options: DatasetOptions = DatasetOptions()) throws -> DatasetSource {
    try DatasetSource(commits(), labels: labelLedger(), options: options, endings: PathEndings(of: self))
  }

  /// The same of a `source` that is at hand.
  ///
  /// - Parameter convert: makes of the files of rows in a folder, called so but for their ending `.jsonl`, those that the options
  ///   name, with these columns; before anything stands where it is to stand.
  @discardableResult
  public func export(
    format: DatasetFormat, to folder: String, source: DatasetSource,
    convert: (_ columns: [DatasetColumn], _ names: [String], _ folder: URL) throws -> Void = { _, _, _ in }
  ) throws -> DatasetSummary {
    try ExportFolder.replace(folder) { fresh in
      let summary = try DatasetMaker(format: format, source: source).make { side, line in
        try fresh.append(line, to: side == .test ? "data/test.jsonl" : "data/train.jsonl")
      }
      try summary.refuseEmpty(folder)
      try fresh.append(summary.card, to: "README.md")
      try fresh.finish()
      try convert(
        format.columns(for: source.options), summary.testRows > 0 ? ["train", "test"] : ["train"],
        fresh.url.appendingPathComponent("data"))
      return summary
    }
  }
}
