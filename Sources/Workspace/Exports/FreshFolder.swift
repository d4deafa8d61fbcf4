import Foundation

/// A folder that is filled file by file before it is put in place; it is not there before the first byte is.
final class FreshFolder {
  /// Where it is.
  let url: URL
  private var files: [String: FileHandle] = [:]
  /// What is not written yet, by path.
  private var waiting: [String: Data] = [:]
  /// Bytes that are written at once.
  private static let batch = 1 << 16

  init(_ url: URL) {
    self.url = url
    remove()
  }

  /// Adds `data` to the file at `path`, which has at most one folder.
  func append(_ data: Data, to path: String) throws {
    if files[path] == nil {
      let file = url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: file)
      files[path] = try FileHandle(forWritingTo: file)
    }
    waiting[path, default: Data()].append(data)
    if let many = waiting[path], many.count >= Self.batch {
      try files[path]?.write(contentsOf: many)
      waiting[path] = Data()
    }
  }

  /// Writes what is waiting, and closes the files.
  func finish() throws {
    for (path, file) in files {
      if let rest = waiting[path] { try file.write(contentsOf: rest) }
      try file.close()
    }
    (files, waiting) = ([:], [:])
  }

  /// Removes the folder, where it is there.
  func remove() {
    for file in files.values { try? file.close() }
    files = [:]
    try? FileManager.default.removeItem(at: url)
  }
}
