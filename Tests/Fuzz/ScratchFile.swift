import Foundation

/// A file for readers that want one: written anew for each input, in memory where the system has such a folder.
struct ScratchFile {
  let path: String

  /// The file `name` of this process and thread.
  init(_ name: String) {
    path = Self.folder.appending(path: name).path(percentEncoded: false)
  }

  /// The folder of this process and thread, made when it is first asked for.
  static var folder: URL {
    let memory = "/dev/shm"
    let isThere = access(memory, W_OK) == 0
    let base = isThere ? URL(filePath: memory) : FileManager.default.temporaryDirectory
    let folder = base.appending(path: "fuzz-\(getpid())-\(UInt(bitPattern: pthread_self().hashValue))")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Takes the folder away.
  static func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Writes `bytes`, over what was there: a map of the old ones stays whole.
  func write(_ bytes: [UInt8]) throws {
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Glibc.write(file, $0 + written, bytes.count - written) } ?? 0
      }
      guard count > 0 else { throw CocoaError(.fileWriteUnknown) }
      written += count
    }
  }
}
