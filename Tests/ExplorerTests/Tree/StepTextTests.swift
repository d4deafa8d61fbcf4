import Canvas
import Testing
import TreeSearch
import TreeSearchTesting

@testable import Explorer

@Suite("Room for steps")
struct StepTextTests {
  private static let (plain, lit) = (Style.plain, Style(modifiers: .bold))

  private func spans(_ text: String, beside sibling: String?, width: Int) -> [Span] {
    StepText(text, beside: sibling).spans(width: width, Self.plain, lit: Self.lit, ellipsis: "…")
  }

  @Test("What tells siblings apart is lit")
  func own() {
    let parts = spans("Finn has 13 - 3 = 10 marbles.", beside: "Finn has 13 + 7 = 20 marbles.", width: 60)
    #expect(parts.map(\.text) == ["Finn has 13 ", "- 3 = 10 ", "marbles."])
    #expect(parts.map { $0.style == Self.lit } == [false, true, false])
    #expect(spans("one two", beside: "one three", width: 20).map(\.style) == [Self.plain], "one word says nothing")
    #expect(spans("the same", beside: "the same", width: 20).map(\.style) == [Self.plain])
    #expect(spans("alone", beside: nil, width: 20).map(\.text) == ["alone"])
  }

  @Test("Two siblings with a long beginning in common never read the same", arguments: 20...60)
  func different(width: Int) {
    let (a, b) = (
      "Together Lena and Nora have 49 - 16 = 33 stamps left now.",
      "Together Lena and Nora have 49 + 16 = 65 stamps left now."
    )
    let (first, second) = (spans(a, beside: b, width: width), spans(b, beside: a, width: width))
    let (x, y) = (first.map(\.text).joined(), second.map(\.text).joined())
    #expect(x != y)
    #expect(TextWidth.columns(x) <= width && TextWidth.columns(y) <= width)
    #expect(first.contains { $0.style == Self.lit })
  }

  @Test("A step that does not fit keeps its result")
  func result() {
    let text = "After all of that there are 13 + 9 = 22 apples."
    let shown = spans(text, beside: nil, width: 30).map(\.text).joined()
    #expect(TextWidth.columns(shown) == 30)
    #expect(shown.hasPrefix("After all of that") && shown.hasSuffix(" 22 apples."))
    for width in 0...50 {
      #expect(TextWidth.columns(spans(text, beside: nil, width: width).map(\.text).joined()) <= width)
      #expect(TextWidth.columns(spans("雨雨雨雨雨雨雨雨", beside: "雨雨雨 雨", width: width).map(\.text).joined()) <= width)
    }
  }

  @Test("The text comes first, columns by rank, and a person's wish before both")
  func columns() throws {
    let critics: [CriticWeight] = [.value, .prm, .orm]
    func ids(_ width: Int, _ wanted: [String: Bool] = [:]) -> [String] {
      TreeColumns(width: width, critics: critics, wanted: wanted).columns.map(\.column.id)
    }
    #expect(ids(40) == ["n", "q"])
    #expect(ids(72) == ["n", "q", "bar", "prm"])
    #expect(ids(80) == ["n", "q", "bar", "v", "prm", "orm"])
    #expect(ids(72, ["bar": false]) == ["n", "q", "v", "prm"])
    #expect(ids(72, ["orm": true, "n": false]) == ["q", "bar", "v", "prm", "orm"])
    #expect(TreeColumns(width: 72, critics: [.value]).columns.map(\.column.id) == ["n", "q", "bar", "v"])
    for width in 40...200 {
      let placed = TreeColumns(width: width, critics: critics)
      let isLeast = placed.columns.count == 2
      #expect(placed.textWidth >= TreeColumns.leastText || isLeast, "\(width)")
      #expect(placed.columns.map { $0.x + $0.width }.max() == width - 1)
      for (a, b) in zip(placed.columns, placed.columns.dropFirst()) { #expect(a.x + a.width < b.x) }
      #expect(placed.columns.allSatisfy { $0.x > placed.textWidth - 1 })
    }
    #expect(Set(TreeColumn.all.map(\.id)).count == TreeColumn.all.count)
  }

  @Test("* chooses columns: always, never, where there is room")
  func chosen() {
    var person = FakeDriver()
    person.press("s s s")
    let before = person.screen()[1]
    #expect(before.contains("ORM"))
    person.press("* g g Escape")
    #expect(person.state.arrangement.columns == ["orm": false])
    #expect(!person.screen()[1].contains("ORM"))
    person.press("* g Escape")
    #expect(person.state.arrangement.columns.isEmpty)
    #expect(person.screen()[1] == before)
  }

  @Test("Rows fill the screen until somebody folds")
  func filled() throws {
    let chain = try GrownTree.make(count: 12) { $0 - 1 }
    var folds = Folds()
    folds.fill(8, with: chain)
    #expect(folds.openDepth == 7, "eight rows: the root and seven levels")
    folds.fill(40, with: chain)
    #expect(folds.openDepth == 11)
    var closed = Folds()
    closed.close(NodeID(2))
    closed.fill(40, with: chain)
    #expect(closed.openDepth == 3)
    let wide = try GrownTree.make(count: 100) { $0 < 50 ? 0 : $0 - 49 }
    var full = Folds()
    full.fill(20, with: wide)
    #expect(full.openDepth == 3, "what does not fit is no deeper than before")
  }

  @Test("Formulas and emphasis are read, and their source is one key away")
  func rich() throws {
    var person = FakeDriver()
    person.press("i")
    _ = person.state.reduce(.paste(#"So **half** is $\frac{1}{2}$"#))
    person.press("Enter")
    #expect(person.screen().contains { $0.contains("So half is ½") })
    #expect(person.screen(glyphs: .ascii).contains { $0.contains(#"So **half** is $\frac{1}{2}$"#) })
    person.press("$")
    #expect(person.screen().contains { $0.contains(#"So **half** is $\frac{1}{2}$"#) })
    let look = Look(theme: .monochrome, glyphs: .unicode)
    let spans = RichText(look: look, isRaw: false).spans("2 ** 3 and **so** it is", .plain)
    #expect(spans.map(\.text) == ["2 ", "**", " 3 and ", "so", " it is"])
    #expect(spans.map { $0.style.modifiers.contains(.bold) } == [false, false, false, true, false])
    #expect(RichText.line("```x^2```y^2", look: look, isRaw: false) == "```x^2```y²")
  }
}
