import Testing
import Vocabulary

@testable import Canvas

@Suite("Wrapping")
struct WrapTests {
  @Test(
    "breaks at spaces, inside long words and at line ends",
    arguments: [
      ("", 5, [""]), ("one two", 7, ["one two"]), ("one two", 6, ["one", "two"]), ("one two", 3, ["one", "two"]),
      ("one two", 2, ["on", "e", "tw", "o"]), ("a    b", 2, ["a", "b"]), ("a\nb\r\nc", 9, ["a", "b", "c"]),
      ("a\n", 9, ["a", ""]), ("가나다", 4, ["가나", "다"]), ("가", 1, ["\u{FFFD}"]), ("  x", 5, ["  x"]),
      (" 가b나", 4, ["", "가b", "나"]), ("bbbbbb a", 4, ["bbbb", "bb a"]), ("a bbbbbb", 4, ["a", "bbbb", "bb"]),
    ])
  func wraps(text: String, width: Int, lines: [String]) {
    #expect(wrap(text, width: width) == lines)
  }

  @Test("no width, no lines")
  func noWidth() {
    #expect(wrap("abc", width: 0).isEmpty)
    #expect(wrap("abc", width: -1).isEmpty)
  }

  @Test("spans keep their styles across line ends")
  func spans() {
    let red = Style(foreground: .ansi(1))
    let lines = wrap([Span("one "), Span("two three", red)], width: 7)
    #expect(lines == [[Span("one "), Span("two", red)], [Span("three", red)]])
  }

  @Test("random text: no line is too wide and no character but spaces is lost")
  func randomText() {
    var random = SplitMix(seed: 5)
    let alphabet: [Character] = ["a", "b", " ", " ", "가", "e\u{301}", "\n", "🍎", "-"]
    for _ in 0..<400 {
      let text = String((0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] })
      let width = 2 + random.below(12)
      let lines = wrap(text, width: width)
      #expect(lines.allSatisfy { TextWidth.columns($0) <= width })
      let kept = text.filter { $0 != " " && $0 != "\n" }
      #expect(lines.joined().filter { $0 != " " } == kept)
    }
  }
}
