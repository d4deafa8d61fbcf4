import Foundation
import Testing

/// Python packages that some tests compare with: those `.ci/install tests` puts beside the build, or those that
/// `make serving-environment` puts into the user's cache.
enum PythonEnvironment {
  /// An interpreter with `tokenizers`.
  static let withTokenizers = interpreter(with: "tokenizers")
  /// An interpreter with `transformers` and what it computes with.
  static let withTransformers = interpreter(with: "transformers", "torch")

  /// The first interpreter that has all of `packages`, by the names of their folders; nil where none has.
  static func interpreter(with packages: String...) -> URL? {
    let cache =
      ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    let folders = [RepositoryFiles.root().appending(path: ".build/python"), cache.appending(path: "etascope/serving")]
    return folders.first { folder in
      let libraries = folder.appending(path: "lib")
      let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
      return versions.contains { version in
        packages.allSatisfy { package in
          FileManager.default.fileExists(atPath: libraries.appending(path: "\(version)/site-packages/\(package)").path)
        }
      }
    }?.appending(path: "bin/python3")
  }

  /// Runs a script of Tests/ModelsTests/Python and waits for it without holding a thread.
  ///
  /// - Throws: what it wrote to its standard error, where it fails.
  static func run(_ interpreter: URL, _ script: String, _ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = interpreter
    process.arguments =
      ["-B", RepositoryFiles.root().appending(path: "Tests/ModelsTests/Python/\(script)").path] + arguments
    let log = FileManager.default.temporaryDirectory.appending(path: "etascope-\(UUID().uuidString).log")
    try Data().write(to: log)
    defer { try? FileManager.default.removeItem(at: log) }
    process.standardError = try FileHandle(forWritingTo: log)
    process.standardOutput = FileHandle.nullDevice
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    try #require(process.terminationStatus == 0, "\(script): \(said.suffix(2000))")
  }
}
