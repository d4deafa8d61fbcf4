import Canvas
import Testing

@testable import Recorder

/// The small terminal that recordings are watched with.
struct ScreenModelTests {
  private func shown(_ output: String..., columns: Int = 10, rows: Int = 4) -> [String] {
    var screen = ScreenModel(columns: columns, rows: rows)
    for part in output { screen.feed(part) }
    return screen.lines
  }

  @Test func textRunsOnAndScrolls() {
    #expect(shown("abc\r\ndef") == ["abc", "def", "", ""])
    #expect(shown("0123456789AB") == ["0123456789", "AB", "", ""])
    #expect(shown("1\r\n2\r\n3\r\n4\r\n5") == ["2", "3", "4", "5"])
    #expect(shown("ab\u{8}c\td") == ["ac      d", "", "", ""])
  }

  @Test func theCursorIsMoved() {
    #expect(shown("\u{1B}[2;3Hx\u{1B}[Ay\u{1B}[4dz\u{1B}[1Gw") == ["   y", "  x", "", "w   z"])
    #expect(shown("\u{1B}7ab\u{1B}8c") == ["cb", "", "", ""])
  }

  @Test func partsAreErased() {
    #expect(shown("abcdef\u{1B}[3G\u{1B}[K") == ["ab", "", "", ""])
    #expect(shown("abcdef\u{1B}[3G\u{1B}[1K") == ["   def", "", "", ""])
    #expect(shown("abcdef\u{1B}[3G\u{1B}[2X") == ["ab  ef", "", "", ""])
    #expect(shown("ab\r\ncd\u{1B}[H\u{1B}[J") == ["", "", "", ""])
    #expect(shown("abcdef\u{1B}[3G\u{1B}[2P") == ["abef", "", "", ""])
    #expect(shown("abef\u{1B}[3G\u{1B}[2@cd") == ["abcdef", "", "", ""])
  }

  @Test func linesAreInsertedRemovedAndScrolledInARegion() {
    #expect(shown("1\r\n2\r\n3\r\n4\u{1B}[2;1H\u{1B}[L") == ["1", "", "2", "3"])
    #expect(shown("1\r\n2\r\n3\r\n4\u{1B}[2;1H\u{1B}[M") == ["1", "3", "4", ""])
    #expect(shown("1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[3;1H\n") == ["1", "3", "", "4"])
    #expect(shown("1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[2;1H\u{1B}M") == ["1", "", "2", "4"])
  }

  @Test func repetitionWideTextAndMarks() {
    #expect(shown("a\u{1B}[3b") == ["aaaa", "", "", ""])
    #expect(shown("日本e\u{301}x") == ["日本e\u{301}x", "", "", ""])
    #expect(shown("123456789日") == ["123456789", "日", "", ""])
  }

  @Test func numbersThatNoScreenHasDoNoHarm() {
    let most = "9223372036854775807"
    #expect(shown("\u{1B}[\(most)Bx\u{1B}[\(most)Cy") == ["", "", "", "x        y"])
    #expect(shown("ab\u{1B}[1G\u{1B}[\(most)X\u{1B}[38;5;\(most)mc") == ["c", "", "", ""])
    // A region of one row, and one that begins behind its end, are none.
    #expect(shown("\u{1B}[3;3r1\r\n2\r\n3\r\n4\r\n5") == ["2", "3", "4", "5"])
    #expect(shown("\u{1B}[9;2r1\r\n2\r\n3\r\n4\r\n5") == ["2", "3", "4", "5"])
  }

  @Test func sequencesMayBeCutAnywhereAndStringsSayNothing() {
    #expect(shown("a\u{1B}", "[2;", "2Hb") == ["a", " b", "", ""])
    #expect(shown("\u{1B}]2;a title\u{7}x\u{1B}[?25l\u{1B}P1;2q\u{1B}\\y\u{1B}(Bz") == ["xyz", "", "", ""])
  }

  @Test func theSelectedRowsMarkIsTheOneOnAGroundOfItsOwn() {
    var screen = ScreenModel(columns: 8, rows: 4)
    screen.feed("a v 1 >\r\n\u{1B}[48;5;235ma > 2\u{1B}[m\r\na v 3\r\na - 4")
    #expect(screen.lone("v>") == ">")
    screen.feed("\u{1B}[2;1H\u{1B}[48;5;235ma v 2\u{1B}[m")
    #expect(screen.lone("v>") == "v")
    #expect(screen.lone("-") == "-")
    #expect(screen.lone("+") == nil)
  }

  @Test func coloursAreReadAtEveryDepth() {
    var screen = ScreenModel(columns: 8, rows: 1)
    screen.feed("\u{1B}[1;31ma\u{1B}[0;38;5;196mb\u{1B}[48;5;235mc\u{1B}[38;2;1;2;3md\u{1B}[me\u{1B}[7;92mf")
    let frame = screen.picture
    let styles = (0..<6).compactMap { frame.cell(x: $0, y: 0)?.style }
    #expect(styles[0] == Style(foreground: .ansi(1), modifiers: .bold))
    #expect(styles[1] == Style(foreground: .rgb(255, 0, 0)))
    #expect(styles[2] == Style(foreground: .rgb(255, 0, 0), background: .rgb(38, 38, 38)))
    #expect(styles[3] == Style(foreground: .rgb(1, 2, 3), background: .rgb(38, 38, 38)))
    #expect(styles[4] == .plain)
    #expect(styles[5] == Style(foreground: .ansi(10), modifiers: .reverse))
  }
}
