import Testing
import Vocabulary

@testable import Canvas

@Suite("Clusters and widths")
struct ClusterTests {
  @Test(
    "columns of text",
    arguments: [
      ("", 0), ("a", 1), ("tree", 4), ("η", 1), ("가", 2), ("漢字", 4), ("ｆ", 2), ("🍎", 2), ("e\u{301}", 1), ("é", 1),
      ("½±≈", 3), ("─│╭█▏", 5), ("\u{A0}", 1), ("한글 text", 9), ("กำ", 2), ("ﷺ", 1), ("\u{3000}", 2),
      ("\u{1100}\u{1161}\u{11A8}", 2),
    ])
  func columns(text: String, expected: Int) {
    #expect(TextWidth.columns(text) == expected)
  }

  @Test("a joined family is shown as its parts: 2 + 2 + 2 columns")
  func family() {
    let parts = Clusters("👨\u{200D}👩\u{200D}👧").map(\.text)
    #expect(parts == ["👨", "👩", "👧"])
    #expect(TextWidth.columns(Character("👨\u{200D}👩\u{200D}👧")) == 6)
    // Where nothing is joined, a joiner hides something.
    #expect(Clusters("a\u{200D}b").map(\.text) == ["a", "\u{FFFD}", "b"])
    #expect(Clusters("👨\u{200D}b").map(\.text) == ["👨", "\u{FFFD}", "b"])
    #expect(Clusters("👨\u{200D}").map(\.text) == ["👨", "\u{FFFD}"])
  }

  @Test("flags, whose widths differ between terminals, become signs; tones and selectors of an emoji are left out")
  func disputed() {
    #expect(Clusters("🇰🇷").map(\.text) == ["\u{FFFD}", "\u{FFFD}"])
    #expect(Clusters("👍🏽!").map(\.text) == ["👍", "!"])
    #expect(Clusters("❤\u{FE0F}x").map(\.text) == ["❤", "x"])
    #expect(Clusters("a\u{FE0F}x🏽").map(\.text) == ["a", "\u{FFFD}", "x", "\u{FFFD}"])
    #expect(TextWidth.columns("👩🏽\u{200D}🚀 ❤\u{FE0F}") == 6)
  }

  @Test("what is unsafe is hidden, and beside it flags and skin tones alone")
  func everyScalar() {
    for scalar in (UInt32(0)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init) {
      let hasNoWidth = (0x1F1E6...0x1F1FF).contains(scalar.value) || (0x1F3FB...0x1F3FF).contains(scalar.value)
      let kind = ScalarKind(scalar)
      guard kind == ScalarKind(lookedUp: scalar), (kind == .hidden) == (SafeText.isUnsafe(scalar) || hasNoWidth) else {
        Issue.record("U+\(String(scalar.value, radix: 16))")
        return
      }
    }
  }

  @Test("combining marks stay on their base up to the limit, and one sign stands for the rest")
  func marks() {
    let zalgo = "a" + String(repeating: "\u{301}", count: 1000) + "b"
    #expect(Clusters(zalgo).map(\.text) == ["a\u{301}\u{301}\u{301}", "\u{FFFD}", "b"])
    #expect(Clusters("\u{301}\u{302}x").map(\.text) == ["\u{FFFD}", "x"])
  }

  @Test("a Hangul vowel joins Hangul only")
  func vowels() {
    #expect(Clusters("\u{1100}\u{1161}").map(\.text) == ["\u{1100}\u{1161}"])
    #expect(Clusters("a\u{1161}").map(\.text) == ["a", "\u{FFFD}"])
  }

  @Test("the table of wide scalars is in order, so that halving it finds everything")
  func tableOrder() {
    for (lower, upper) in zip(WideScalars.ranges, WideScalars.ranges.dropFirst()) {
      #expect(lower.upperBound < upper.lowerBound)
    }
    #expect(WideScalars.contain(0xAC00) && WideScalars.contain(0xD7A3) && !WideScalars.contain(0xD7A4))
    #expect(WideScalars.contain(0x1100) && !WideScalars.contain(0x10FF) && !WideScalars.contain(0x40000))
  }

  @Test("truncation keeps the width and marks the cut")
  func truncation() {
    #expect(TextWidth.truncated("abcdef", to: 6) == "abcdef")
    #expect(TextWidth.truncated("abcdef", to: 5) == "abcd…")
    #expect(TextWidth.truncated("가나다", to: 5) == "가나…")
    #expect(TextWidth.truncated("가나다", to: 4) == "가…")
    #expect(TextWidth.truncated("가나다", to: 1) == "…")
    #expect(TextWidth.truncated("abc", to: 0) == "")
    #expect(TextWidth.truncated("abc", to: -3) == "")
    #expect(TextWidth.padded("가", to: 4) == "가  ")
    #expect(TextWidth.rightAligned("12", to: 5) == "   12")
    #expect(TextWidth.prefix("가나다", columns: 3) == "가")
  }
}
