import Canvas
import Foundation

/// Plays a script against the program and keeps what it paints, as asciinema's version 2 has it: a header, then an event a
/// line with its time.
///
/// The times are the script's, not the machine's: a key a third of a second after the last, pauses as they are written,
/// and the program's own work as long as it takes while something is waited for.
package struct Recorder {
  private static let keyDelay = 0.35
  /// How long the screen may keep a `wait` waiting, in seconds.
  private static let patience = 60.0

  private let script: RecordScript
  private let file: String
  private let program: RecordedProgram
  private var screen: ScreenModel
  private var time = 0.0
  private var buffer = UTF8Buffer()
  private var hasEnded = false
  /// The recording, a line an event.
  package private(set) var lines: [String] = []

  /// Starts the program on a workspace of its own.
  package init(_ script: RecordScript, file: String, workspace: String) throws {
    self.script = script
    self.file = file
    screen = ScreenModel(columns: script.columns, rows: script.rows)
    program = try RecordedProgram(
      Bundle.main.executablePath ?? CommandLine.arguments[0], script.arguments + ["--workspace", workspace],
      columns: script.columns, rows: script.rows, environment: RecordedProgram.pinnedEnvironment)
    lines.append(
      Self.json([
        "version": 2, "width": script.columns, "height": script.rows, "title": script.title,
        "env": ["TERM": "xterm-256color"],
      ]))
  }

  /// The screen as a picture.
  package var picture: Frame { screen.picture }

  /// Plays the whole script. Throws `RecordError`, with file and line, where the screen never shows what is waited for.
  package mutating func play() throws {
    for (line, step) in script.steps {
      switch step {
      case .press(let key):
        time += Self.keyDelay
        program.type(KeyBytes.of(key) ?? "")
        untilQuiet()
      case .type(let text):
        for character in text {
          time += Self.keyDelay / 4
          program.type(String(character))
          untilQuiet()
        }
      case .wait(let words):
        let end = Date(timeIntervalSinceNow: Self.patience)
        while !shows(words) {
          guard !hasEnded, Date() < end else {
            throw RecordError(
              "\(file):\(line): wait: the screen never showed '\(words)'; it shows\n\(screen.lines.joined(separator: "\n"))"
            )
          }
          feed(program.read(within: 50))
        }
      case .pause(let seconds): time += seconds
      case .mark(let label): add("m", label)
      }
    }
    untilQuiet()
  }

  /// A text that is cut by the end of a row counts as shown.
  private func shows(_ words: String) -> Bool { screen.lines.contains { $0.contains(words) } }

  /// Takes what the program paints until it is quiet for a moment.
  private mutating func untilQuiet() {
    while let bytes = program.read(within: 120), !bytes.isEmpty { feed(bytes) }
  }

  private mutating func feed(_ bytes: [UInt8]?) {
    guard let bytes else {
      hasEnded = true
      return
    }
    guard !bytes.isEmpty else {
      time += 0.05
      return
    }
    let text = buffer.feed(bytes)
    screen.feed(text)
    add("o", text)
  }

  private mutating func add(_ kind: String, _ text: String) {
    let text = Self.json([text]).dropFirst().dropLast()
    lines.append("[\(String(format: "%.3f", time)), \"\(kind)\", \(text)]")
  }

  private static func json(_ value: Any) -> String {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    return (try? JSONSerialization.data(withJSONObject: value, options: options)).map {
      String(decoding: $0, as: UTF8.self)
    } ?? ""
  }
}
