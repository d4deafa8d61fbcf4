import Foundation

/// A model file in the format of llama.cpp.
public struct GGUFFile: Sendable, Equatable {
  /// The file as it was named.
  public let path: String
  /// The file's name without its ending.
  public var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  /// True where `spec`, as `--model` takes it, names such a file: by its ending.
  public static func isNamed(_ spec: String) -> Bool { spec.lowercased().hasSuffix(".gguf") }

  /// Looks at the first bytes of the file at `path`. Throws ``ModelError`` where it is missing or no GGUF file that
  /// llama.cpp reads.
  public init(_ path: String) throws {
    self.path = path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ModelError(path, "there is no such file")
    }
    if isFolder.boolValue { throw ModelError(path, "expected a GGUF file, found a folder") }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ModelError(path, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { try? file.close() }
    let head = [UInt8]((try? file.read(upToCount: 8)) ?? Data())
    // Magic, then the version in the byte order of the file.
    guard head.count == 8, head.prefix(4).elementsEqual("GGUF".utf8) else {
      throw ModelError(path, "expected a GGUF file, which begins with 'GGUF'; found another kind of file")
    }
    let version = head[4...].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard (2...3).contains(version) else {
      throw ModelError(path, "version", "expected GGUF version 2 or 3, found \(version)")
    }
  }
}
