import Testing
import Vocabulary

@testable import Canvas

/// Categories that may never reach a terminal.
func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator: true
  default: scalar.properties.isDefaultIgnorableCodePoint
  }
}

@Suite("Sanitizing hostile text")
struct SanitizerTests {
  @Test(
    "what acts on a terminal becomes a sign",
    arguments: [
      ("\u{1B}[2J", "\u{FFFD}[2J"),  // clear the screen
      ("\u{1B}]52;c;cm0=\u{07}", "\u{FFFD}]52;c;cm0=\u{FFFD}"),  // OSC 52 writes the clipboard
      ("\u{9B}31m", "\u{FFFD}31m"),  // CSI as one C1 control
      ("a\u{202E}b\u{2066}c\u{200F}d\u{61C}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}"),  // bidi
      ("\u{0}\u{7F}\u{8}", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("x\u{2028}y\u{2029}", "x\u{FFFD}y\u{FFFD}"),
      ("\u{E0041}\u{E000}\u{FEFF}\u{AD}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),  // tag, private use, BOM, soft hyphen
      ("a\tb", "a  b"), ("a\nb\r\nc\rd", "a⏎b⏎c⏎d"), ("plain 가 text", "plain 가 text"),
    ])
  func replaced(text: String, expected: String) {
    #expect(Sanitizer().text(text) == expected)
  }

  @Test("line ends are kept, made spaces or dropped on request")
  func lineEnds() {
    #expect(Sanitizer(lineEnd: .kept).text("a\r\nb\n") == "a\nb\n")
    #expect(Sanitizer(lineEnd: .space).text("a\r\nb") == "a b")
    #expect(Sanitizer(lineEnd: .removed).text("a\nb") == "ab")
    #expect(Sanitizer(lineEnd: .shown("$")).text("a\nb") == "a$b")
    #expect(Sanitizer(lineEnd: .shown("\u{1B}")).text("a\nb") == "a\u{FFFD}b")
  }

  @Test("broken UTF-8 becomes signs and the rest stays readable")
  func brokenBytes() {
    #expect(Sanitizer().text([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    #expect(Sanitizer().text([0xEA, 0xB0]) == "\u{FFFD}")
    #expect(Sanitizer().text([UInt8](repeating: 0xC0, count: 3)) == "\u{FFFD}\u{FFFD}\u{FFFD}")
  }

  @Test("a line of a million bytes is cut with a note of what is missing")
  func longLine() {
    let text = Sanitizer(limit: 1000).text(String(repeating: "a", count: 1_000_000))
    #expect(text == String(repeating: "a", count: 1000) + "… [999000 more bytes]")
    #expect(Sanitizer(limit: 3).text("abc") == "abc")
    #expect(Sanitizer(limit: 0).text("가") == "… [3 more bytes]")
  }

  @Test("random scalars: nothing dangerous is left, and a second pass changes nothing")
  func randomScalars() {
    var random = SplitMix(seed: 11)
    for _ in 0..<300 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.below(80) { text.append(random.scalar()) }
      let clean = Sanitizer().text(String(text))
      #expect(!clean.unicodeScalars.contains(where: isDangerous))
      #expect(Sanitizer().text(clean).unicodeScalars.elementsEqual(clean.unicodeScalars))
    }
  }

  @Test("random bytes: nothing dangerous is left")
  func randomBytes() {
    var random = SplitMix(seed: 12)
    for _ in 0..<300 {
      let bytes = (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
      #expect(!Sanitizer().text(bytes).unicodeScalars.contains(where: isDangerous))
    }
  }
}
