/// Why there is no screen, in one line; the program ends with status 2.
public enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal(String)
  /// TERM is missing.
  case noTerm
  /// No description for this TERM.
  case unknownTerm(String)
  /// The terminal cannot move its cursor.
  case noCursorMovement(String)
  /// There is a screen already.
  case alreadyStarted
  /// The terminal cannot be opened.
  case cannotOpen

  /// One line that says what to do.
  public var description: String {
    switch self {
    case .notATerminal(let stream):
      "\(stream) is not a terminal; the explorer needs one (use a subcommand such as search for scripts)"
    case .noTerm: "TERM is not set; set it to your terminal's type, for example xterm-256color"
    case .unknownTerm(let name):
      "no description of terminal type “\(name)” (TERM); install it or try TERM=xterm-256color"
    case .noCursorMovement(let name):
      "terminal type “\(name)” (TERM) cannot move its cursor; the screen needs that: use explore --plain"
    case .alreadyStarted: "the screen is already in use"
    case .cannotOpen: "the terminal cannot be opened"
    }
  }
}
