import Foundation

/// The inputs that fuzzing begins with: small files of our own making, and every input that was ever found to do harm.
struct Corpus: Sendable {
  /// `Tests/Fuzz/Corpus` of this checkout.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  /// In the order of their names; those that are made by a program come last.
  let inputs: [(name: String, bytes: [UInt8])]

  /// The corpus of `target`.
  init(_ target: FuzzTarget) throws {
    let folder = Self.folder.appending(path: target.name)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
    let files = try names.map { name in (name, [UInt8](try Data(contentsOf: folder.appending(path: name)))) }
    inputs = files + (try target.seeds().enumerated().map { ("seed \($0)", $1) })
  }

  /// Folders of the corpus, one a target.
  static func folders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }
}
