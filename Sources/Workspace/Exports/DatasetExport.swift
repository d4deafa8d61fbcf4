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

  /// Makes the dataset. Throws ``WorkspaceError`` where a row of `format` has other columns than the format says.
  /// Complexity: O(bytes of the log).
  public init(_ log: CommitLog, format: DatasetFormat, options: DatasetOptions = DatasetOptions()) throws {
    let source = DatasetSource(log, options: options)
    let columns = Set(format.columns(for: options).map(\.name))
    let encoder = CanonicalJSON.encoder()
    var data = Data()
    var (count, skipped) = (0, 0)
    for commit in source.commits {
      let rows = format.rows(commit, source)
      if rows.isEmpty { skipped += 1 }
      for own in rows {
        let row = DatasetColumn.side(commit).merging(own) { _, own in own }
        guard Set(row.keys) == columns else {
          let other = columns.symmetricDifference(row.keys).sorted().joined(separator: ", ")
          throw WorkspaceError(.refused, "format \(format.name): a row does not have the format's columns: \(other)")
        }
        data += try encoder.encode(row)
        data.append(0x0A)
      }
      count += rows.count
    }
    self.format = format
    self.data = data
    rows = count
    self.skipped = skipped
    let card = DatasetCard(format: format, source: source, rows: count, skipped: skipped)
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
      throw WorkspaceError(
        .refused, "\(folder): the log gives no rows of the form \(format.name): nothing to write\(earlier)")
    }
    try ExportFolder.replace(folder, with: ["README.md": card, "data/train.jsonl": data])
  }
}

extension Workspace {
  /// Exports the active commits in `format` to `folder` and returns what was written. Throws ``WorkspaceError``.
  @discardableResult
  public func export(
    format: DatasetFormat, to folder: String, options: DatasetOptions = DatasetOptions()
  ) throws -> DatasetExport {
    let export = try DatasetExport(try commitLog(), format: format, options: options)
    try export.write(to: folder)
    return export
  }
}
