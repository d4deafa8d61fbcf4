import Foundation

/// Puts a folder of files in place in one go, and never over something that is not an earlier export.
enum ExportFolder {
  /// Makes `folder` hold exactly what `fill` writes. Throws ``WorkspaceError``, and that of `fill`; nothing is changed then.
  static func replace<T>(_ folder: String, _ fill: (FreshFolder) throws -> T) throws -> T {
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    let replaces = try isThere(target, named: folder)
    let parent = target.deletingLastPathComponent()
    let name = target.lastPathComponent
    let manager = FileManager.default
    // Names that nobody can take first, where others may write as well.
    let mark = UUID().uuidString
    let old = parent.appendingPathComponent(".\(name).old-\(mark)")
    let fresh = FreshFolder(parent.appendingPathComponent(".\(name).new-\(mark)"))
    defer { fresh.remove() }
    do {
      let result = try fill(fresh)
      try fresh.finish()
      if replaces { try rename(target, old) }
      do {
        try rename(fresh.url, target)
      } catch {
        if replaces { try rename(old, target) }
        throw error
      }
      if replaces { try manager.removeItem(at: old) }
      return result
    } catch let error as WorkspaceError {
      throw error
    } catch {
      throw WorkspaceError(.unwritable, "\(folder): the export cannot be written: \(WorkspaceFile.reason(error))")
    }
  }

  /// True where an earlier export stands in `folder`.
  static func holdsExport(_ folder: String) -> Bool {
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    let hasRows = ["jsonl", "parquet"].contains {
      FileManager.default.fileExists(atPath: target.appendingPathComponent("data/train.\($0)").path)
    }
    return hasRows && (try? isThere(target, named: folder)) == true
  }

  /// True where an earlier export or an empty folder stands at `target`, false where nothing does.
  private static func isThere(_ target: URL, named folder: String) throws -> Bool {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: target.path, isDirectory: &isFolder) else { return false }
    guard isFolder.boolValue else {
      throw WorkspaceError(.refused, "\(folder): expected a folder for the export, found a file")
    }
    func names(_ url: URL) -> Set<String> { Set((try? manager.contentsOfDirectory(atPath: url.path)) ?? []) }
    let inside = names(target)
    if inside.isEmpty { return true }
    let card = (try? Data(contentsOf: target.appendingPathComponent("README.md"))) ?? Data()
    let isEarlier =
      inside.isSubset(of: ["README.md", "data"])
      && names(target.appendingPathComponent("data")).isSubset(of: [
        "train.jsonl", "test.jsonl", "train.parquet", "test.parquet",
      ])
      && String(decoding: card, as: UTF8.self).contains(DatasetCard.marker)
    guard isEarlier else {
      throw WorkspaceError(
        .refused, "\(folder): expected an empty folder or an earlier export, found other files; they are left alone")
    }
    return true
  }

  private static func rename(_ from: URL, _ to: URL) throws {
    if Foundation.rename(from.path, to.path) != 0 { throw SystemError(errno) }
  }
}
