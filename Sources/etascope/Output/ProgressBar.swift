import Foundation
import Synchronization

/// A progress bar on standard error; silent where that is no terminal.
final class ProgressBar: Sendable {
  private struct State {
    var total: Int
    var done = 0
    var note = ""
    /// What goes on meanwhile.
    var pulse = ""
    var lastLength = 0
  }

  private let isShown = isatty(2) == 1
  private let state: Mutex<State>

  init(total: Int) { state = Mutex(State(total: total)) }

  /// Shows that `done` of the total are finished.
  func show(_ done: Int, _ note: String) {
    draw {
      $0.done = done
      $0.note = note
    }
  }

  /// The same where the total has changed: another stage of the work began.
  func show(_ done: Int, of total: Int, _ note: String) {
    draw { ($0.total, $0.done, $0.note) = (total, done, note) }
  }

  /// Shows what goes on each second, until the task is cancelled.
  func beat(_ pulse: @Sendable () async -> String) async {
    while isShown, !Task.isCancelled {
      let words = await pulse()
      draw { $0.pulse = words }
      try? await Task.sleep(for: .seconds(1))
    }
  }

  /// Clears the line: something else is to be written, or all is done.
  func finish() {
    guard isShown else { return }
    state.withLock { state in
      guard state.lastLength > 0 else { return }
      StandardError.text("\r\(String(repeating: " ", count: state.lastLength))\r")
      state.lastLength = 0
    }
  }

  private func draw(_ change: (inout State) -> Void) {
    guard isShown else { return }
    state.withLock { state in
      change(&state)
      let width = 24
      let filled = state.total > 0 ? width * min(state.done, state.total) / state.total : width
      let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
      let words = [state.note, state.pulse].filter { !$0.isEmpty }.joined(separator: "  ")
      let text = "[\(bar)] \(state.done)/\(state.total)  \(words)"
      let padding = String(repeating: " ", count: max(0, state.lastLength - text.count))
      StandardError.text("\r\(text)\(padding)")
      state.lastLength = text.count
    }
  }
}
