import Foundation

/// A dataset made from the commit log: files by path, a pure function of log, format and options.
public struct DatasetExport: Equatable, Sendable {
  /// The form.
  public let format: DatasetFormat
  /// `data/train.jsonl`: one JSON object a line, keys sorted.
  public let data: Data
  /// `README.md`: the dataset card.
  public let card: Data
  /// Rows in the data.
  public let rows: Int
  /// Active commits that gave no row.
  public let skipped: Int

  /// Makes the dataset. Complexity: O(bytes of the log).
  public init(_ log: CommitLog, format: DatasetFormat, options: DatasetOptions = DatasetOptions()) throws {
    let active = log.commits.filter(\.isActive)
    let made = DatasetRows(format, active, options)
    let encoder = CanonicalJSON.encoder()
    var data = Data()
    for row in made.rows {
      data += try encoder.encode(row)
      data.append(0x0A)
    }
    self.format = format
    self.data = data
    card = Data(try DatasetCard(format: format, options: options, commits: active, rows: made).text().utf8)
    rows = made.rows.count
    skipped = made.skipped
  }

  /// Writes the dataset as the folder `folder`, all of it or nothing.
  ///
  /// An earlier export there is replaced; a folder that holds anything else is left alone. An empty dataset is not written,
  /// because no loader reads one. Throws ``WorkspaceError``.
  public func write(to folder: String) throws {
    if rows == 0 {
      throw WorkspaceError(
        .refused, "\(folder): the log gives no rows of the form \(format.rawValue): nothing to write")
    }
    try ExportFolder.replace(folder, with: ["README.md": card, "data/train.jsonl": data])
  }
}

extension Workspace {
  /// Exports the active commits to `folder` and returns what was written. Throws ``WorkspaceError``.
  @discardableResult
  public func export(
    format: DatasetFormat, to folder: String, options: DatasetOptions = DatasetOptions()
  ) throws -> DatasetExport {
    let export = try DatasetExport(try commitLog(), format: format, options: options)
    try export.write(to: folder)
    return export
  }
}
