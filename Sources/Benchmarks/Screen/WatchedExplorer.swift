import Foundation
import Recorder

/// The explorer in a pseudo-terminal of its own, watched from outside: what is measured is what a person's terminal gets.
struct WatchedExplorer {
  /// Something that was painted.
  struct Update {
    let bytes: Int
    let at: ContinuousClock.Instant
  }

  static let (columns, rows) = (120, 36)
  /// How long anything may take before a benchmark gives up.
  private static let patience = Duration.seconds(300)

  private let clock = ContinuousClock()
  private let program: RecordedProgram
  private(set) var screen = ScreenModel(columns: columns, rows: rows)
  private var bytes = UTF8Buffer()
  /// When it was started.
  let start: ContinuousClock.Instant

  /// Starts `etascope explore` with `arguments`, with the embedded model and nothing else from the environment.
  init(_ arguments: [String], workspace: String) throws {
    start = clock.now
    program = try RecordedProgram(
      Bundle.main.executablePath ?? CommandLine.arguments[0],
      ["explore"] + arguments + ["--workspace", workspace], columns: Self.columns, rows: Self.rows,
      environment: RecordedProgram.pinnedEnvironment)
  }

  /// The screen as text.
  var lines: [String] { screen.lines }

  /// What its system says of the process.
  var usage: ProcessUsage { ProcessUsage(of: program.pid) }

  /// Milliseconds from its start until the footer, which is painted last, is there.
  mutating func firstFrame() throws -> Double {
    let shown = try wait(for: "its footer") { $0.lines.last?.contains("quit") == true }
    return (shown - start) / .milliseconds(1)
  }

  /// Types keys; returns when they were sent.
  func type(_ keys: String) -> ContinuousClock.Instant {
    let now = clock.now
    program.type(keys)
    return now
  }

  /// What is painted next, where it is within so many milliseconds.
  mutating func read(within milliseconds: Int32) throws -> Update? {
    guard let painted = program.read(within: milliseconds) else { throw BenchmarkError("the explorer has ended") }
    let now = clock.now
    guard !painted.isEmpty else { return nil }
    screen.feed(bytes.feed(painted))
    return Update(bytes: painted.count, at: now)
  }

  /// Reads until the screen is as wanted; returns when the last part of it came.
  @discardableResult
  mutating func wait(for what: String, _ isReached: (WatchedExplorer) -> Bool) throws -> ContinuousClock.Instant {
    let began = clock.now
    var last = began
    while !isReached(self) {
      if let update = try read(within: 50) { last = update.at }
      guard clock.now - began < Self.patience else {
        throw BenchmarkError("the explorer never showed \(what); it shows\n\(lines.joined(separator: "\n"))")
      }
    }
    return last
  }

  /// Everything that is painted in so long a time, reads that follow each other at once taken together as one frame.
  mutating func frames(for seconds: Double) throws -> [Update] {
    var frames: [Update] = []
    let end = clock.now + .seconds(seconds)
    while clock.now < end {
      guard let update = try read(within: 10) else { continue }
      if let last = frames.last, update.at - last.at < .milliseconds(4) {
        frames[frames.count - 1] = Update(bytes: last.bytes + update.bytes, at: update.at)
      } else {
        frames.append(update)
      }
    }
    return frames
  }
}
