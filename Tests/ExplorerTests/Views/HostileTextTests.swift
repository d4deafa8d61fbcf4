import Canvas
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("Hostile text")
struct HostileTextTests {
  private static let texts: [(name: String, bytes: [UInt8])] = [
    ("escapes", Array("\u{1B}[2J\u{1B}]52;c;aGk=\u{7}\u{9B}31m red \u{1B}Pq\u{1B}\\".utf8)),
    ("controls", Array(0...31) + [127]), ("c1", Array((0x80...0x9F).flatMap { [0xC2, UInt8($0)] })),
    ("direction", Array("\u{202E}abc\u{2066}def\u{200F}\u{200D}\u{FEFF}".utf8)),
    ("broken", [0xFF, 0xFE, 0xC3, 0x28, 0xE2, 0x82, 0xF0, 0x9F]),
    ("marks", Array(("e" + String(repeating: "\u{301}", count: 500)).utf8)),
    ("long", Array(repeating: UInt8(ascii: "x"), count: 1_048_576)),
    ("wide", Array("👨‍👩‍👧‍👦 日本語 🇫🇷".utf8)),
  ]

  @Test("No control reaches a cell, on any panel or popup", arguments: texts.map(\.name))
  func safe(name: String) throws {
    let bytes = try #require(Self.texts.first { $0.name == name }).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    var header = FakeDriver.header()
    header.problem = Problem(id: text.isEmpty ? "x" : text, question: text, answer: text)
    header.models = ["policy": text]
    header.critics.append(CriticWeight(name: text, weight: 1, scope: .everyNode))
    var person = FakeDriver(size: Size(columns: 120, rows: 40), header: header, themes: [text])
    person.world.lines[0] = [text + "\n", "plain\n"]
    person.press("s s j")
    try person.search.intervene(
      .insert(node: NodeID(1), option: SearchOption(bytes: bytes, termination: .person)))
    person.press("s j")
    for script in ["", "?", "v", "w", ",", "c", "t", "Tab", "Tab", "G"] {
      person.press("Escape \(script)")
      person.act(.notice(text))
      check(person.frame())
      check(person.frame(Size(columns: 80, rows: 24)))
      check(person.frame(Size(columns: 40, rows: 10)))
    }
    var list = ExplorerState(
      size: Size(columns: 80, rows: 24),
      problems: [ProblemEntry(header.problem, tier: text, progress: text)])
    _ = list.reduce(.failure(text))
    check(list.view(size: list.size, theme: .monochrome, glyphs: .unicode))
  }

  private func check(_ frame: Frame) {
    let unsafe = (0..<frame.height).filter { y in
      !frame.row(y).allSatisfy { $0.text.unicodeScalars.allSatisfy(FrameCheck.isSafe) }
    }
    #expect(unsafe == [])
  }

  @Test("A row shows the beginning of a line of a megabyte, and the node panel says how much is left out")
  func long() throws {
    var person = FakeDriver(size: Size(columns: 120, rows: 40))
    person.press("s s j")
    try person.search.intervene(
      .insert(
        node: NodeID(1),
        option: SearchOption(bytes: Array(repeating: UInt8(ascii: "x"), count: 1_000_000), termination: .person)))
    person.press("s l l Tab G")
    #expect(person.screen().contains { $0.contains("xxxxxxxx") && $0.contains("…") })
    let look = Look(theme: .monochrome, glyphs: .unicode)
    let panel = NodePanel(run: try #require(person.state.run), look: look)
    let text = panel.lines(width: 100).joined().map(\.text).joined()
    let isAnnounced = text.contains("[983616 more")
    #expect(isAnnounced)
  }
}
