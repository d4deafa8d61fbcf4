import Foundation

/// A new folder among the system's temporary files (TMPDIR), gone when the work in it is done.
enum TemporaryFolder {
  static func use<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
  }

  /// The same with work that waits.
  static func use<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
    let folder = try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await work(folder)
  }

  private static func made() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "etascope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
