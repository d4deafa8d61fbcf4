import Canvas
import Foundation
import Testing

@testable import Terminal

@Suite("The terminal itself", .serialized)
@MainActor
struct TerminalTests {
  @Test("a pipe is not a terminal, and the message is one line")
  func pipes() throws {
    let pipe = Pipe()
    let end = pipe.fileHandleForReading.fileDescriptor
    #expect(throws: TerminalError.notATerminal("standard input")) { try Terminal(input: end, output: end) }
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    #expect(throws: TerminalError.notATerminal("standard output")) { try Terminal(input: pty.inside, output: end) }
    #expect(!TerminalError.notATerminal("standard input").description.contains("\n"))
  }

  @Test("a missing or unknown TERM is an error, not the end of the process")
  func badTerm() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    for environment in [[:], ["TERM": ""]] {
      #expect(throws: TerminalError.noTerm) {
        try Terminal(environment: environment, input: pty.inside, output: pty.inside)
      }
    }
    #expect(throws: TerminalError.unknownTerm("no-such\u{FFFD}")) {
      try Terminal(environment: ["TERM": "no-such\u{1B}"], input: pty.inside, output: pty.inside)
    }
  }

  @Test("a terminal that cannot move its cursor is refused with its name")
  func dumb() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    #expect(throws: TerminalError.noCursorMovement("dumb")) {
      try Terminal(environment: ["TERM": "dumb"], input: pty.inside, output: pty.inside)
    }
  }

  @Test("NO_COLOR and the flag decide whether there are colours")
  func noColor() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    func depth(_ environment: [String: String], _ allowsColor: Bool? = nil) throws -> ColorDepth {
      let all = environment.merging(["TERM": "xterm-256color"]) { first, _ in first }
      return try Terminal(environment: all, allowsColor: allowsColor, input: pty.inside, output: pty.inside).colorDepth
    }
    #expect(try depth([:]) == .palette256)
    #expect(try depth(["NO_COLOR": "1"]) == .mono)
    #expect(try depth(["NO_COLOR": ""]) == .palette256)
    #expect(try depth(["NO_COLOR": "1"], true) == .palette256)
    #expect(try depth([:], false) == .mono)
    #expect(try depth(["TERM": "vt100"]) == .mono)
  }

  @Test("direct colour is used where it is promised, described or not, and nowhere else")
  func directColor() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    func depth(_ environment: [String: String]) throws -> ColorDepth {
      try Terminal(environment: environment, input: pty.inside, output: pty.inside).colorDepth
    }
    let promised = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]
    #expect(try depth(promised) == .direct)
    #expect(try depth(promised.merging(["NO_COLOR": "1"]) { $1 }) == .mono)
    #expect(try depth(["TERM": "xterm-256color", "COLORTERM": "yes"]) == .palette256)
    #expect(try depth(["TERM": "xterm", "COLORTERM": "truecolor"]) == .eight)
  }

  @Test("direct colours reach the terminal as they are, and nobody else finds the description made for it")
  func directPainting() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    let environment = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]
    let terminal = try Terminal(environment: environment, input: pty.inside, output: pty.inside)
    try terminal.start()
    var frame = Frame(width: 20, height: 4)
    frame.put("hello", x: 2, y: 1, style: Style(foreground: .rgb(18, 52, 86), background: .rgb(254, 220, 186)))
    frame.put("own", x: 2, y: 2, style: Style(foreground: .ansi(2)))
    terminal.paint(frame)
    let painted = pty.received().replacing(";", with: ":")
    terminal.stop()
    // xterm-direct says so with one colon more or less.
    #expect(
      painted.contains(#/38:2::?18:52:86/#) && painted.contains(#/48:2::?254:220:186/#), "\(painted.debugDescription)")
    #expect(painted.contains("[32m"), "the terminal's own colours stay its own")
    #expect(getenv("TERMINFO").map { !String(cString: $0).hasPrefix("hex:") } ?? true)
  }

  @Test("on a real terminal: the size, only changed cells are sent, and the modes come back")
  func painting() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    let before = pty.modes
    let terminal = try Terminal(environment: ["TERM": "xterm-256color"], input: pty.inside, output: pty.inside)
    try terminal.start()
    #expect(terminal.size == (20, 4))
    #expect(throws: TerminalError.alreadyStarted) { try terminal.start() }
    var frame = Frame(width: 20, height: 4)
    frame.put("hello", x: 2, y: 1, style: Style(foreground: .rgb(255, 0, 0)))
    terminal.paint(frame)
    let first = pty.received()
    #expect(first.contains("hello"))
    #expect(first.contains("\u{1B}[38;5;196m"))
    #expect(first.contains("\u{1B}[?1049h"))
    #expect(first.contains("\u{1B}[?2004h"))
    terminal.paint(frame)
    #expect(pty.received() == "")
    frame.put("j", x: 2, y: 1)
    terminal.paint(frame)
    let second = pty.received()
    #expect(second.contains("j") && !second.contains("ello"))
    #expect(pty.modes != before)
    terminal.stop()
    terminal.stop()
    let end = pty.received()
    #expect(end.contains("\u{1B}[?1049l") && end.contains("\u{1B}[?2004l") && end.contains("\u{1B}[?1002l"))
    #expect(pty.modes == before)
    #expect(terminal.size == (0, 0))
    terminal.paint(frame)
    #expect(pty.received() == "")
  }

  @Test("messages on standard error wait until the screen is gone, without what a terminal would obey")
  func errors() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    let real = dup(STDERR_FILENO)
    let file = try #require(tmpfile())
    defer {
      dup2(real, STDERR_FILENO)
      close(real)
      fclose(file)
    }
    dup2(fileno(file), STDERR_FILENO)
    let terminal = try Terminal(environment: ["TERM": "xterm-256color"], input: pty.inside, output: pty.inside)
    try terminal.start()
    _ = pty.received()
    let message = Array("a warning\u{1B}[31m\n".utf8)
    #expect(write(STDERR_FILENO, message, message.count) == message.count)
    // Other tests of this process write to standard error as well.
    func written() -> String {
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = pread(fileno(file), &bytes, bytes.count, 0)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
    #expect(pty.received().isEmpty && !written().contains("a warning"))
    terminal.stop()
    #expect(written().contains("a warning[31m\n"))
    #expect(!pty.received().contains("a warning"))
  }

  @Test("a frame of another size is clipped, and hostile text sends no control of its own")
  func hostile() throws {
    let pty = try PseudoTerminal(columns: 10, rows: 2)
    let terminal = try Terminal(environment: ["TERM": "vt100"], input: pty.inside, output: pty.inside)
    try terminal.start(mouse: false)
    var frame = Frame(width: 60, height: 9)
    frame.put("\u{1B}]0;owned\u{7}\u{9B}31m", x: 0, y: 0)
    frame.put("below the last row", x: 0, y: 8)
    terminal.paint(frame)
    terminal.stop()
    let sent = pty.received()
    #expect(
      !sent.contains("\u{1B}]") && !sent.unicodeScalars.contains("\u{7}") && !sent.unicodeScalars.contains("\u{9B}"))
    #expect(sent.contains("]0;owned") && !sent.contains("below"))
  }

  @Test("keys typed on the other side arrive as events, and a hang-up ends it")
  func keys() async throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    let terminal = try Terminal(environment: ["TERM": "xterm-256color"], input: pty.inside, output: pty.inside)
    try terminal.start()
    pty.type("j\u{1B}OA\u{1B}[200~q\rc\u{1B}[201~\u{4}")
    var events = terminal.events.makeAsyncIterator()
    var got: [TerminalEvent] = []
    while got.count < 4, let event = await events.next() { got.append(event) }
    #expect(got == [.key(.character("j")), .key(.up), .paste("q\nc"), .key(.control("d"))])
    pty.hangUp()
    #expect(await events.next() == .hangup)
    terminal.stop()
    #expect(await events.next() == nil)
  }
}
