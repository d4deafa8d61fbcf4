import Foundation

/// The files of this repository as a test may read them.
struct Repository {
  let root: URL

  /// The repository that holds this source file, wherever it was checked out.
  init(file: StaticString = #filePath) {
    root = URL(filePath: "\(file)").resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// Names of the folders right below `folder`.
  func folders(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: root.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    .map(\.lastPathComponent).sorted()
  }

  /// Every file below `folder`, by path from the root; what builds and version control keep is left out.
  func files(in folder: String = "") -> [String] {
    let start = folder.isEmpty ? root : root.appending(path: folder)
    var found: [String] = []
    guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: [.isRegularFileKey]) else {
      return []
    }
    for case let file as URL in walk {
      let name = file.lastPathComponent
      if name.hasPrefix(".build") || name == ".git" || name == "__pycache__" || name == "Package.resolved" {
        walk.skipDescendants()
      } else if (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true {
        found.append(
          String(
            file.resolvingSymlinksInPath().path(percentEncoded: false).dropFirst(root.path(percentEncoded: false).count)
          ))
      }
    }
    return found.sorted()
  }

  /// What a file holds.
  func bytes(_ path: String) throws -> Data { try Data(contentsOf: root.appending(path: path)) }

  /// The text of a file; nil where it holds a NUL byte, as no text does.
  func text(_ path: String) throws -> String? {
    let data = try bytes(path)
    return data.contains(0) ? nil : String(decoding: data, as: UTF8.self)
  }
}
