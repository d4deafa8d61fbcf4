import Canvas
import Foundation

/// A script cannot be played.
package struct RecordError: Error, CustomStringConvertible {
  /// One line for the user, and what the screen shows where that says why.
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// A script that is played against the program: what is typed and pressed, and what is waited for.
package struct RecordScript {
  /// A line of it.
  package enum Step: Equatable {
    /// Presses a key.
    case press(Key)
    /// Types a text as it is.
    case type(String)
    /// Waits until the screen shows a text.
    case wait(String)
    /// Lets the viewer look, in seconds.
    case pause(Double)
    /// A chapter of the recording.
    case mark(String)
  }

  package private(set) var columns = 80
  package private(set) var rows = 24
  package private(set) var title = ""
  /// Arguments of the program that is recorded.
  package private(set) var arguments: [String] = []
  /// With the line on which each stands.
  package private(set) var steps: [(line: Int, step: Step)] = []

  /// Reads `size COLUMNS ROWS`, `title TEXT`, `run ARGUMENTS`, `press KEY …`, `type TEXT`, `wait TEXT`, `pause SECONDS` and
  /// `mark TEXT`, one a line; lines that begin with # are remarks. Throws `RecordError` with file and line.
  package init(_ text: String, file: String) throws {
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let word = String(line.prefix { $0 != " " })
      let rest = line.dropFirst(word.count).trimmingCharacters(in: .whitespaces)
      func wrong(_ expected: String) -> RecordError { RecordError("\(file):\(index + 1): \(word): \(expected)") }
      if rest.isEmpty { throw wrong("expected something after it") }
      switch word {
      case "size":
        let numbers = rest.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 2, (20...300).contains(numbers[0]), (5...100).contains(numbers[1]) else {
          throw wrong("expected columns from 20 to 300 and rows from 5 to 100")
        }
        (columns, rows) = (numbers[0], numbers[1])
      case "title": title = rest
      case "run": arguments = rest.split(separator: " ").map(String.init)
      case "press":
        for name in rest.split(separator: " ") {
          guard let key = Key(name: String(name)), KeyBytes.of(key) != nil else {
            throw wrong("no key is called '\(name)'")
          }
          steps.append((index + 1, .press(key)))
        }
      case "type": steps.append((index + 1, .type(rest)))
      case "wait": steps.append((index + 1, .wait(rest)))
      case "mark": steps.append((index + 1, .mark(rest)))
      case "pause":
        guard let seconds = Double(rest), (0...60).contains(seconds) else { throw wrong("expected 0 to 60 seconds") }
        steps.append((index + 1, .pause(seconds)))
      default: throw wrong("expected size, title, run, press, type, wait, pause or mark")
      }
    }
    guard !arguments.isEmpty else { throw RecordError("\(file): run: expected the arguments of the program") }
  }
}

/// What a terminal of the type xterm sends for a key while its keypad is in application mode.
package enum KeyBytes {
  package static func of(_ key: Key) -> String? {
    switch key {
    case .character(let character): String(character)
    case .control(let letter): letter.asciiValue.map { String(UnicodeScalar($0 & 0x1F)) }
    case .enter: "\r"
    case .escape: "\u{1B}"
    case .tab: "\t"
    case .backTab: "\u{1B}[Z"
    case .up: "\u{1B}OA"
    case .down: "\u{1B}OB"
    case .right: "\u{1B}OC"
    case .left: "\u{1B}OD"
    case .home: "\u{1B}OH"
    case .end: "\u{1B}OF"
    case .pageUp: "\u{1B}[5~"
    case .pageDown: "\u{1B}[6~"
    case .insert: "\u{1B}[2~"
    case .delete: "\u{1B}[3~"
    case .backspace: "\u{7F}"
    case .function: nil
    }
  }
}
