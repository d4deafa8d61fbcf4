import Foundation

/// How long the explorer takes from the start of the program to its first whole frame.
package struct StartupFigures: Encodable {
  private let starts: Int
  private let firstFrame: Percentiles

  private enum CodingKeys: String, CodingKey { case starts, firstFrame = "first_frame_ms" }

  /// Starts it so many times, each with a new workspace in `folder`. One start more fills the system's file cache and is not
  /// counted.
  package init(starts: Int, in folder: URL) throws {
    self.starts = starts
    let times = try (0...starts).map { start in
      var explorer = try WatchedExplorer(
        [], workspace: folder.appending(path: "workspace-\(start).sqlite").path(percentEncoded: false))
      return try explorer.firstFrame()
    }
    firstFrame = Percentiles(times.dropFirst())
  }

  /// The figures in words.
  package var line: String {
    String(
      format: "first frame after %.0f ms (p50), %.0f ms (p99) of %d starts", firstFrame.p50, firstFrame.p99, starts)
  }
}
