import Lab
import Vocabulary
import Workspace

/// Shows how rounds go: one line of progress on a terminal and a line for every finished stage, or all of it as JSON Lines.
struct RoundWatch: Sendable {
  private let bar = ProgressBar(total: 0)
  private let interruption = Interruption()
  private let isJSON: Bool

  init(json: Bool) { isJSON = json }

  /// What a round is driven with.
  var control: RoundControl {
    var control = RoundControl()
    control.isInterrupted = { [interruption] in interruption.wasRaised }
    control.progress = { [bar, isJSON] progress in
      if isJSON {
        Self.json(Line(progress: progress))
      } else {
        bar.show(progress.done, of: progress.all, "\(progress.stage.rawValue)  \(progress.note)".printable)
      }
    }
    control.event = { [bar, isJSON] event in
      if isJSON { return Self.json(Line(event: event)) }
      bar.finish()
      if let line = Self.words(event) { StandardError.line(line) }
    }
    return control
  }

  /// True after a signal.
  var wasInterrupted: Bool { interruption.wasRaised }

  /// Nothing more is shown.
  func finish() { bar.finish() }

  /// A line of `--json`: one of the two.
  private struct Line: Encodable {
    var progress: RoundProgress?
    var event: RoundEvent?
  }

  private static func json(_ line: Line) { try? StandardOutput().json(line) }

  /// What is worth a line when it happens.
  private static func words(_ event: RoundEvent) -> String? {
    switch event.content {
    case .ended(let stage, let report):
      let figures = report.figures.prefix(6).map { "\($0.name) \($0.words)" }
      return "\(stage.rawValue): " + (figures + [RoundText.seconds(report.seconds)]).joined(separator: ", ")
    case .failed(let stage, let message): return "\(stage.rawValue) failed: \(message)"
    case .began, .decided, .approved, .rejected, .signed, .trained: return nil
    }
  }
}
