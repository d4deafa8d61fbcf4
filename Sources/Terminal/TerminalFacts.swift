import CNcurses
import Canvas
import Foundation

/// What is known about the terminal without touching it, for `doctor` and for choosing glyphs and theme.
public struct TerminalFacts: Hashable, Sendable {
  /// TERM, cleaned; nil when it is not set.
  public let name: String?
  /// Whether there is a description for it.
  public let isKnown: Bool
  /// Whether it can move its cursor, without which there is no screen (`dumb` cannot).
  public let canMoveCursor: Bool
  /// Whether standard input and standard output are terminals.
  public let isTerminal: Bool
  /// What painting will use, NO_COLOR taken into account.
  public let colorDepth: ColorDepth
  /// Whether the locale (LC_ALL, LC_CTYPE, LANG) says UTF-8.
  public let supportsUnicode: Bool
  /// Whether its fonts can be trusted to have check marks, stars and the like: those of the Linux console have not.
  public var hasSigns: Bool { supportsUnicode && name?.hasPrefix("linux") != true }
  /// Columns, 0 when unknown.
  public let width: Int
  /// Rows, 0 when unknown.
  public let height: Int

  /// Looks at the environment and the terminal.
  @MainActor
  public static func current(
    environment: [String: String] = ProcessInfo.processInfo.environment, input: Int32 = 0, output: Int32 = 1
  ) -> TerminalFacts {
    current(TerminalDescription(environment, output), environment, input, output)
  }

  /// The same for who has looked for the description already; nil where TERM is not set.
  @MainActor
  static func current(
    _ description: TerminalDescription?, _ environment: [String: String], _ input: Int32, _ output: Int32
  ) -> TerminalFacts {
    var colors: Int32 = 0
    let answer = description?.use { nc_term_known($0, output, &colors) }
    var width: Int32 = 0
    var height: Int32 = 0
    nc_tty_size(output, &width, &height)
    return TerminalFacts(
      name: description.map { Sanitizer(lineEnd: .space, limit: 64).text($0.term) },
      isKnown: answer ?? 0 != 0,
      canMoveCursor: answer == 1,
      isTerminal: isatty(input) == 1 && isatty(output) == 1,
      colorDepth: forbidsColor(environment) ? .mono : ColorDepth(colors: Int(colors)),
      supportsUnicode: nc_set_locale("") == 1,
      width: Int(width),
      height: Int(height))
  }

  /// no-color.org: present and not empty, whatever its value.
  static func forbidsColor(_ environment: [String: String]) -> Bool {
    !(environment["NO_COLOR"] ?? "").isEmpty
  }
}
