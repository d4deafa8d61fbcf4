import ArgumentParser
import Benchmarks
import Foundation

/// `etascope benchmark startup`: from the start of the program to its first whole frame.
struct StartupBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "startup",
    abstract: "Milliseconds from exec to the explorer's first frame, in a real pseudo-terminal.",
    discussion: """
      Starts the explorer on the sample problems with the embedded model and a new workspace, again and again, and reads \
      the terminal until the footer, which is painted last, is there. The first start, which fills the system's file \
      cache, is not counted.
      """)

  @Option(help: "Starts to be counted.") var starts = 20
  @Flag(help: "One JSON object.") var json = false

  private struct Figures: Encodable {
    let starts: Int
    let firstFrame: Percentiles
    private enum CodingKeys: String, CodingKey { case starts, firstFrame = "first_frame_ms" }
  }

  func run() throws {
    guard (1...10_000).contains(starts) else { throw ExitError.usage("--starts: expected 1 to 10000, found \(starts)") }
    let times = try (0...starts).map { _ in try Self.measure() }
    let figures = Figures(starts: starts, firstFrame: Percentiles(times.dropFirst()))
    let out = StandardOutput()
    if json { return try out.json(figures) }
    try out.line(
      String(
        format: "first frame after %.0f ms (p50), %.0f ms (p99) of %d starts", figures.firstFrame.p50,
        figures.firstFrame.p99, starts))
  }

  private static func measure() throws -> Double {
    try TemporaryFolder.use { folder in
      var explorer = try WatchedExplorer([], workspace: folder.appending(path: "workspace.sqlite").path())
      return try explorer.firstFrame()
    }
  }
}
