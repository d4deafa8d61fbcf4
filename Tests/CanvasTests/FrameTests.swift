import Testing
import Vocabulary

@testable import Canvas

@Suite("Drawing on frames")
struct FrameTests {
  @Test("put says how many columns it used and clips at every edge")
  func put() {
    var frame = Frame(width: 6, height: 1)
    #expect(frame.put("ab가", x: 0, y: 0) == 4)
    #expect(FrameText.lines(frame) == ["ab가"])
    #expect(frame.put("xyz", x: 5, y: 0) == 1)
    #expect(FrameText.lines(frame) == ["ab가 x"])
    #expect(frame.put("12345", x: -3, y: 0) == 5)
    #expect(FrameText.lines(frame) == ["45가 x"])
    #expect(frame.put("no", x: 0, y: 1) == 0)
    #expect(frame.put("no", x: 0, y: -1) == 0)
    #expect(frame.put("no", x: 6, y: 0) == 0)
    #expect(frame.put("abc", x: 0, y: 0, maxWidth: 2) == 2)
    #expect(frame.put("abc", x: 0, y: 0, maxWidth: 0) == 0)
    #expect(FrameText.lines(frame) == ["ab가 x"])
  }

  @Test("a wide character that would stick out becomes a space")
  func wideAtEdges() {
    var frame = Frame(width: 3, height: 1)
    #expect(frame.put("a가나", x: 0, y: 0) == 3)
    #expect(FrameText.lines(frame) == ["a가"])
    #expect(frame.put("ab가", x: 0, y: 0) == 3)
    #expect(FrameText.lines(frame, trimmed: false) == ["ab "])
    frame.put("가x", x: -1, y: 0)
    #expect(FrameText.lines(frame, trimmed: false) == [" x "])
  }

  @Test("half of a wide character never stays behind")
  func halves() {
    var frame = Frame(width: 4, height: 1)
    frame.put("가나", x: 0, y: 0)
    frame.put("x", x: 1, y: 0)
    #expect(FrameText.lines(frame, trimmed: false) == [" x나"])
    frame.put("y", x: 2, y: 0)
    #expect(FrameText.lines(frame, trimmed: false) == [" xy "])
    frame.put("가나", x: 0, y: 0)
    frame.fill(Rect(x: 1, y: 0, width: 2, height: 1), style: .plain, character: "-")
    #expect(FrameText.lines(frame, trimmed: false) == [" -- "])
    frame.put("가나", x: 0, y: 0)
    frame.put("다", x: 1, y: 0)
    #expect(FrameText.lines(frame, trimmed: false) == [" 다 "])
  }

  @Test("text lies over what is there: open colours show through, modifiers add up, fill starts anew")
  func layers() {
    var frame = Frame(width: 2, height: 1)
    frame.fill(frame.bounds, style: Style(background: .rgb(1, 2, 3), modifiers: .bold))
    frame.put("x", x: 0, y: 0, style: Style(foreground: .ansi(2), modifiers: .underline))
    #expect(
      frame.cell(x: 0, y: 0)?.style
        == Style(foreground: .ansi(2), background: .rgb(1, 2, 3), modifiers: [.bold, .underline]))
    frame.restyle(frame.bounds, style: Style(modifiers: .reverse))
    #expect(frame.cell(x: 0, y: 0)?.text == "x")
    #expect(frame.cell(x: 0, y: 0)?.style == Style(modifiers: .reverse))
    frame.overlay(frame.bounds, style: Style(background: .ansi(4)))
    #expect(frame.cell(x: 1, y: 0)?.style == Style(background: .ansi(4), modifiers: .reverse))
  }

  @Test("a selection reverses the whole row evenly, or changes its background and keeps the colours of its parts")
  func highlight() {
    var frame = Frame(width: 2, height: 1)
    frame.put("x", x: 0, y: 0, style: Style(foreground: .ansi(2)))
    var reversed = frame
    reversed.highlight(frame.bounds, style: Style(modifiers: .reverse))
    #expect(reversed.row(0).map(\.style) == [Style(modifiers: .reverse), Style(modifiers: .reverse)])
    frame.highlight(frame.bounds, style: Style(foreground: .ansi(7), background: .ansi(4), modifiers: .bold))
    #expect(
      frame.row(0).map(\.style) == [
        Style(foreground: .ansi(2), background: .ansi(4), modifiers: .bold),
        Style(background: .ansi(4), modifiers: .bold),
      ])
    #expect(FrameText.lines(frame) == ["x"])
  }

  @Test("boxes, lines, right alignment, truncation, spans")
  func shapes() {
    var frame = Frame(width: 10, height: 4)
    let inside = frame.box(frame.bounds, title: "A title", glyphs: .unicode)
    #expect(inside == Rect(x: 1, y: 1, width: 8, height: 2))
    frame.put([Span("ab"), Span("가", Style(modifiers: .bold))], x: 1, y: 1)
    #expect(frame.putRight("12", right: 9, y: 1) == 2)
    #expect(frame.putTruncated("abcdefghij", x: 1, y: 2, maxWidth: 8) == 8)
    #expect(FrameText.lines(frame) == ["╭─ A ti…─╮", "│ab가  12│", "│abcdefg…│", "╰────────╯"])
  }

  @Test("drawing a frame into another clips both and moves the cursor")
  func blit() {
    var inner = Frame(width: 4, height: 1)
    inner.put("가나", x: 0, y: 0)
    inner.cursor = Frame.Cursor(x: 2, y: 0)
    var outer = Frame(width: 4, height: 2)
    outer.draw(inner, x: 1, y: 1)
    #expect(FrameText.lines(outer, trimmed: false) == ["    ", " 가 "])
    #expect(outer.cursor == Frame.Cursor(x: 3, y: 1))
    outer.draw(inner, x: -1, y: 0)
    #expect(FrameText.lines(outer, trimmed: false)[0] == " 나 ")
  }

  @Test("every drawing function at every size from 0 × 0 to 7 × 4 and any place keeps the frame whole")
  func everySize() {
    for width in -1...7 {
      for height in -1...4 {
        for x in -3...8 {
          var frame = Frame(width: width, height: height)
          let rect = Rect(x: x, y: x / 2, width: width + 1, height: height + 1)
          frame.put("가a나b", x: x, y: 0, maxWidth: height)
          frame.box(rect, title: "가나", glyphs: .unicode)
          frame.box(Rect(x: x, y: 0, width: height, height: width), title: "t", glyphs: .ascii)
          frame.fill(rect, style: .plain, character: "가")
          frame.putRight("가나", right: x, y: 1)
          frame.put([Span("가"), Span("나")], x: x, y: 1)
          frame.overlay(rect, style: .plain)
          frame.draw(frame, x: x, y: -1)
          expectWhole(frame)
        }
      }
    }
    var huge = Frame(width: .max, height: 1)
    #expect(huge.width == Frame.sizeLimit)
    huge.put("x", x: .max, y: .max, maxWidth: .max)
    huge.put("x", x: .min, y: 0, maxWidth: 3)
    huge.putRight("x", right: .min, y: 0)
  }

  @Test("fuzz: no cell ever holds a scalar that could act on a terminal")
  func fuzz() {
    var random = SplitMix(seed: 21)
    for _ in 0..<500 {
      var frame = Frame(width: random.below(20), height: 2)
      for _ in 0..<4 {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(30) { text.append(random.scalar()) }
        frame.put(String(text), x: random.below(24) - 4, y: random.below(2), maxWidth: random.below(20))
        frame.fill(
          Rect(x: random.below(20), y: 0, width: 2, height: 1), style: .plain, character: Character(random.scalar()))
      }
      expectWhole(frame)
    }
  }

  /// Each row is made of whole characters, as wide as they say, and nothing dangerous.
  private func expectWhole(_ frame: Frame, sourceLocation: SourceLocation = #_sourceLocation) {
    for y in 0..<frame.height {
      var x = 0
      while let cell = frame.cell(x: x, y: y) {
        #expect(cell.width == 1 || cell.width == 2, sourceLocation: sourceLocation)
        #expect(TextWidth.columns(cell.text) == Int(cell.width), sourceLocation: sourceLocation)
        #expect(!cell.text.unicodeScalars.contains(where: isDangerous), sourceLocation: sourceLocation)
        #expect(cell.text.unicodeScalars.count <= 1 + Cluster.markLimit, sourceLocation: sourceLocation)
        if cell.width == 2 {
          #expect(frame.cell(x: x + 1, y: y)?.isContinuation == true, sourceLocation: sourceLocation)
        }
        x += max(1, Int(cell.width))
      }
      #expect(x == frame.width, sourceLocation: sourceLocation)
    }
  }
}
