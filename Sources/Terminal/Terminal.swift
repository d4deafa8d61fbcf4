import CNcurses
import Canvas
import Dispatch
import Foundation

/// The person's terminal: events come out, frames go in, and whatever happens it is left as it was found.
///
/// One at a time in a process. `start` takes the screen; `stop`, an exit, a crash and ^Z give it back.
@MainActor
public final class Terminal {
  /// What the terminal can do.
  public let facts: TerminalFacts
  /// Keys, mouse, pasted text, sizes and signals, for one reader. Ends after `stop`.
  public let events: AsyncStream<TerminalEvent>

  /// Turns at a processor that are asked for, in nanoseconds: a key waits for no other program's turn of some milliseconds.
  private static let turn: UInt64 = 200_000

  private let description: TerminalDescription
  private let input: Int32
  private let output: Int32
  private let continuation: AsyncStream<TerminalEvent>.Continuation
  private var decoder = InputDecoder()
  private var painter: Painter?
  private var capture: ErrorCapture?
  private var signals: SignalPipe?
  private var source: (any DispatchSourceRead)?
  private var parent: ParentWatch?
  private let clipboard: ClipboardRequest
  private var isLent = false

  /// How many colours painting uses. RGB themes need `.palette256`; below, pastel colours become one and the same, and a
  /// theme of the terminal's own colours is the right choice, or `Theme.monochrome` for `.mono`.
  public private(set) var colorDepth: ColorDepth

  /// Whether the locale is UTF-8; if not, everything else is painted as `?`, and `GlyphSet.ascii` is the right choice.
  public var supportsUnicode: Bool { facts.supportsUnicode }

  /// Looks whether there is a usable terminal; touches nothing yet.
  /// - Parameters:
  ///   - environment: Where TERM and NO_COLOR are read.
  ///   - allowsColor: true or false overrules NO_COLOR; nil follows it.
  ///   - input: A terminal to read from.
  ///   - output: A terminal to paint on.
  /// - Throws: `TerminalError`, one line each.
  public init(
    environment: [String: String] = ProcessInfo.processInfo.environment, allowsColor: Bool? = nil, input: Int32 = 0,
    output: Int32 = 1
  ) throws(TerminalError) {
    guard isatty(input) == 1 else { throw .notATerminal("standard input") }
    guard isatty(output) == 1 else { throw .notATerminal("standard output") }
    var adjusted = environment
    if let allowsColor { adjusted["NO_COLOR"] = allowsColor ? nil : "1" }
    guard let description = TerminalDescription(environment, output) else { throw .noTerm }
    self.description = description
    facts = TerminalFacts.current(description, adjusted, input, output)
    guard facts.isKnown else { throw .unknownTerm(facts.name ?? "") }
    guard facts.canMoveCursor else { throw .noCursorMovement(facts.name ?? "") }
    clipboard = ClipboardRequest(environment: environment)
    self.input = input
    self.output = output
    colorDepth = facts.colorDepth
    (events, continuation) = AsyncStream.makeStream()
  }

  /// Columns and rows of the screen; (0, 0) before `start`.
  public var size: (width: Int, height: Int) {
    var width: Int32 = 0
    var height: Int32 = 0
    nc_size(&width, &height)
    return (Int(width), Int(height))
  }

  /// Lets all threads take memory in large steps: a sixteenth of the time to a first frame goes into asking for it piece by piece. For
  /// the beginning of a program, before there is anything.
  public nonisolated static func takesMemoryInLargeSteps() { nc_take_memory_in_large_steps() }

  /// Takes the screen.
  /// - Parameters:
  ///   - mouse: Whether clicks and the wheel are reported; the terminal's own selection then needs Shift.
  ///   - errors: An open file that takes standard error meanwhile, or nil to hold it back until the screen is gone.
  public func start(mouse: Bool = true, errors: Int32? = nil) throws(TerminalError) {
    switch Int(description.use { nc_start($0, input, output, mouse ? 1 : 0) }) {
    case NC_OK: break
    case NC_ALREADY_STARTED: throw .alreadyStarted
    case NC_UNKNOWN_TERM: throw .unknownTerm(facts.name ?? "")
    default: throw .cannotOpen
    }
    nc_guard()
    nc_ask_for_short_turns(Self.turn)
    if colorDepth != .mono { colorDepth = ColorDepth(colors: Int(nc_colors())) }
    painter = Painter(depth: colorDepth, supportsUnicode: supportsUnicode)
    capture = ErrorCapture(to: errors)
    capture?.begin()
    signals = SignalPipe { [weak self] number in self?.received(signal: number) }
    let source = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
    source.setEventHandler { [weak self] in
      MainActor.assumeIsolated { self?.readInput() }
    }
    source.resume()
    self.source = source
    // A shell that is killed hands its terminal to the next one up and tells nobody.
    parent = ParentWatch { [weak self] in self?.continuation.yield(.hangup) }
  }

  /// Gives the screen back, shows the messages that were held back and ends `events`. A second call does nothing.
  public func stop() {
    guard painter != nil else { return }
    source?.cancel()
    source = nil
    parent?.close()
    parent = nil
    signals?.close()
    signals = nil
    nc_stop()
    capture?.close()
    capture = nil
    painter = nil
    continuation.finish()
  }

  /// Paints what differs from the frame before. Does nothing while the screen is not ours.
  public func paint(_ frame: Frame) {
    guard !isLent else { return }
    painter?.paint(frame)
  }

  /// What ^Z does: gives the screen back, stops the process, and takes the screen again when it goes on.
  public func suspend() {
    guard painter != nil, !isLent else { return }
    giveBack()
    nc_stop_process()
    takeAgain()
  }

  /// Lends the screen to another program, such as an editor, for as long as `body` runs.
  public func lend<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    guard painter != nil, !isLent else { return try await body() }
    isLent = true
    source?.suspend()
    giveBack()
    defer {
      isLent = false
      takeAgain()
      source?.resume()
    }
    return try await body()
  }

  /// Switches mouse reports on or off.
  public func setMouse(_ isOn: Bool) {
    if painter != nil { nc_set_mouse(isOn ? 1 : 0) }
  }

  /// Sounds the bell.
  public func beep() {
    if painter != nil { nc_beep() }
  }

  /// Names the window, where the terminal takes titles; its own title comes back with the screen.
  public func setTitle(_ text: String) {
    if painter != nil { nc_title(TextWidth.prefix(Sanitizer(lineEnd: .space, limit: 256).text(text), columns: 60)) }
  }

  /// Asks the terminal to put text on the clipboard (OSC 52), through tmux or screen where one is in between; there is no
  /// answer, and some terminals refuse.
  /// - Returns: false when the text is too long for terminals to take (74 994 bytes, xterm's limit).
  public func copyToClipboard(_ text: String) -> Bool {
    guard painter != nil, let request = clipboard.bytes(for: text) else { return false }
    nc_send(request, request.utf8.count)
    return true
  }

  private func giveBack() {
    nc_suspend()
    capture?.end()
  }

  private func takeAgain() {
    capture?.begin()
    nc_resume()
    painter?.forget()
    continuation.yield(.resumed)
  }

  private func readInput() {
    guard painter != nil else { return }
    if nc_hung_up(input) == 1 {
      // Without this the source would fire forever, and a closed window would cost a whole processor.
      source?.cancel()
      source = nil
      continuation.yield(.hangup)
      return
    }
    for event in decoder.events(CursesInput.drain()) { continuation.yield(event) }
  }

  private func received(signal number: Int32) {
    guard painter != nil else { return }
    switch number {
    case SIGWINCH:
      var width: Int32 = 0
      var height: Int32 = 0
      nc_tty_size(output, &width, &height)
      nc_resize(width, height)
      painter?.forget()
      let size = self.size
      continuation.yield(.resize(width: size.width, height: size.height))
    case SIGTSTP: suspend()
    case SIGCONT where !isLent: takeAgain()  // stopped from outside: whoever ran meanwhile may have left anything
    case SIGTERM: continuation.yield(.terminate)
    case SIGINT: continuation.yield(.interrupt)
    case SIGHUP: continuation.yield(.hangup)
    default: break
    }
  }
}

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
