import Foundation

/// A progress bar on standard error; silent where that is no terminal.
struct ProgressBar {
  private let total: Int
  private let isShown = isatty(2) == 1
  private var lastLength = 0

  init(total: Int) { self.total = total }

  /// Shows that `done` of the total are finished.
  mutating func show(_ done: Int, _ note: String) {
    guard isShown else { return }
    let width = 24
    let filled = total > 0 ? width * done / total : width
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let text = "[\(bar)] \(done)/\(total)  \(note)"
    let padding = String(repeating: " ", count: max(0, lastLength - text.count))
    StandardError.text("\r\(text)\(padding)")
    lastLength = text.count
  }

  /// Clears the line.
  mutating func finish() {
    guard isShown, lastLength > 0 else { return }
    StandardError.text("\r\(String(repeating: " ", count: lastLength))\r")
    lastLength = 0
  }
}
