import Foundation
import Synchronization
import Vocabulary

/// What a trainer's program says: progress is told, everything goes into a file, and the last words are kept.
final class TrainerMessages: Sendable {
  /// What is left when the program has ended.
  struct Said: Sendable {
    let progress: ReportedProgress
    /// What it said last, for a message: `: line | line`, made safe.
    let lastWords: String
  }

  /// Lines that are kept, and how much of each is shown.
  private static let (kept, shown) = (4, 300)
  /// Of what a program says this much is written to the file: bytes.
  private static let most = 16 << 20

  private struct State {
    var progress: ReportedProgress
    var lines: [GuardedProcess.Output: [String]] = [:]
    var written = 0
    let log: FileHandle?
  }
  private let state: Mutex<State>
  private let tell: @Sendable (TrainingProgress) -> Void

  init(_ log: String, progress: ReportedProgress, tell: @escaping @Sendable (TrainingProgress) -> Void) {
    _ = FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o600])
    state = Mutex(State(progress: progress, log: FileHandle(forWritingAtPath: log)))
    self.tell = tell
  }

  /// Takes a line in.
  func take(_ output: GuardedProcess.Output, _ line: String) {
    let news = state.withLock { state -> TrainingProgress? in
      if state.written < Self.most {
        let bytes = Data((line + "\n").utf8)
        state.written += bytes.count
        try? state.log?.write(contentsOf: bytes)
      }
      if output == .standard, let news = state.progress.take(line) { return news }
      if !line.allSatisfy(\.isWhitespace) {
        state.lines[output, default: []] = (state.lines[output] ?? []).suffix(Self.kept - 1) + [line]
      }
      return nil
    }
    if let news { tell(news) }
  }

  /// What has come of it.
  func finish() -> Said {
    state.withLock { state in
      try? state.log?.close()
      let lines = state.lines[.errors] ?? state.lines[.standard] ?? []
      let words = lines.map { SafeText.quotation($0, limit: Self.shown) }.filter { !$0.isEmpty }
      return Said(
        progress: state.progress,
        lastWords: words.isEmpty ? "; it said nothing" : ": " + words.joined(separator: " | "))
    }
  }
}
