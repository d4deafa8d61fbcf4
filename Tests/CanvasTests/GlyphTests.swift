import Testing

@testable import Canvas

@Suite("Glyphs and bars")
struct GlyphTests {
  @Test("every glyph has its width in both tables, none is wide or braille, and ASCII is ASCII")
  func widths() {
    let widths = ["treeBranch": 3, "treeLast": 3, "treeVertical": 3, "treeSpace": 3]
    for (name, glyph) in GlyphSet.unicode.all {
      #expect(TextWidth.columns(glyph) == widths[name] ?? 1, "\(name)")
      #expect(!glyph.unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) }, "\(name)")
      #expect(Clusters(glyph).map(\.text).joined() == glyph, "\(name)")
    }
    for (name, glyph) in GlyphSet.ascii.all {
      #expect(TextWidth.columns(glyph) == (["plusMinus", "becomes"].contains(name) ? 2 : widths[name] ?? 1), "\(name)")
      #expect(glyph.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(name)")
    }
    #expect(GlyphSet.unicode.all.count > 40)
  }

  @Test("node states differ from each other in both tables, so that colour is not needed")
  func distinct() {
    for glyphs in [GlyphSet.unicode, .ascii] {
      let states = [
        glyphs.nodeOpen, glyphs.nodeTerminal, glyphs.answerOK, glyphs.contradicted, glyphs.pruned, glyphs.inserted,
        glyphs.overridden, glyphs.merged, glyphs.failed, glyphs.running, glyphs.bookmark, glyphs.best,
      ]
      #expect(Set(states).count == states.count)
    }
  }

  @Test(
    "bars in eighths",
    arguments: [
      (0.0, 4, "    "), (1.0, 4, "████"), (0.5, 4, "██  "), (0.5, 3, "█▌ "), (1.0 / 32, 4, "▏   "), (2.0, 2, "██"),
      (-1.0, 2, "  "), (Double.nan, 2, "  "), (Double.infinity, 2, "██"), (0.5, 0, ""), (0.5, -1, ""),
    ])
  func bars(fraction: Double, columns: Int, expected: String) {
    #expect(Bar.text(fraction, columns: columns, glyphs: .unicode) == expected)
  }

  @Test("bars in ASCII round to whole columns")
  func asciiBars() {
    #expect(Bar.text(0.5, columns: 4, glyphs: .ascii) == "##..")
    #expect(Bar.text(0.4, columns: 4, glyphs: .ascii) == "##..")
    #expect(Bar.text(0.3, columns: 4, glyphs: .ascii) == "#...")
  }
}
