import CNcurses
import Foundation

/// The terminal description to paint by: that of TERM, or of the same terminal with direct colour where COLORTERM promises it.
struct TerminalDescription {
  /// TERM.
  let term: String
  /// What the description is called.
  private var name: String
  /// The description itself, where the machine has none of that name: as ncurses takes it instead of a folder.
  private var terminfo: String?

  /// Looks for the description of TERM; nil where that is not set. Without a better one it is TERM's own, known or not.
  @MainActor
  init?(_ environment: [String: String], _ output: Int32) {
    guard let term = environment["TERM"], !term.isEmpty else { return nil }
    self.init(term, named: term)
    let promise = environment["COLORTERM"] ?? ""
    let ending = "-256color"
    guard ["truecolor", "24bit"].contains(promise), term.hasSuffix(ending) else { return }
    let direct = TerminalDescription(term, named: term.dropLast(ending.count) + "-direct")
    if direct.isDirect(output) {
      self = direct
      return
    }
    guard let entry = TerminfoEntry.find(term, environment)?.direct(named: direct.name) else { return }
    let digits = Array("0123456789ABCDEF".utf8)
    let hex = entry.bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    let made = TerminalDescription(term, named: direct.name, as: "hex:" + String(decoding: hex, as: UTF8.self))
    if made.isDirect(output) { self = made }
  }

  private init(_ term: String, named name: some StringProtocol, as terminfo: String? = nil) {
    self.term = term
    self.name = String(name)
    self.terminfo = terminfo
  }

  @MainActor
  private func isDirect(_ output: Int32) -> Bool {
    var colors: Int32 = 0
    return use { nc_term_known($0, output, &colors) } == 1 && colors > 256
  }

  /// Calls `body` with the name while curses finds the description by it. Programs that are started at other times see nothing of it.
  @MainActor
  func use<Result>(_ body: (String) -> Result) -> Result {
    guard let terminfo else { return body(name) }
    let before = getenv("TERMINFO").map { String(cString: $0) }
    setenv("TERMINFO", terminfo, 1)
    defer { if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") } }
    return body(name)
  }
}
