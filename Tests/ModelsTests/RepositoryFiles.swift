import Foundation
import Testing

/// Files of the repository, found from this source file's place.
enum RepositoryFiles {
  static func root(_ file: String = #filePath) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  static func fixture(_ name: String) throws -> Data {
    try Data(contentsOf: root().appendingPathComponent("Tests/ModelsTests/Fixtures/\(name)"))
  }

  static var policy: String { root().appendingPathComponent("SampleData/Models/policy").path }
}

/// A folder that is removed with its owner.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("etascope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ name: String, _ data: Data) throws { try data.write(to: url.appendingPathComponent(name)) }

  func write(_ name: String, json: Any) throws {
    try write(name, JSONSerialization.data(withJSONObject: json))
  }
}
