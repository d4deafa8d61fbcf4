import Canvas
import Testing
import Vocabulary

@testable import Explorer

@Suite("Text fields")
struct TextFieldTests {
  @Test("Editing keys do what a shell's do")
  func editing() {
    var person = FakeDriver()
    person.press("s j i text:one_two_three ^w")
    #expect(person.state.overlay?.field?.text == "one two ")
    person.press("^a text:x Right Right text:y End Backspace Left Delete ^e text:!")
    #expect(person.state.overlay?.field?.text == "xonye tw!")
    person.press("Left Left ^k")
    #expect(person.state.overlay?.field?.text == "xonye t")
    person.press("Home Right ^u")
    #expect(person.state.overlay?.field?.text == "onye t")
  }

  @Test("Letters that are keys elsewhere are text here, and Esc closes")
  func letters() {
    var person = FakeDriver()
    person.press("s j i text:q?:tsx/")
    #expect(person.state.overlay?.field?.text == "q?:tsx/")
    #expect(person.takeEffects() == [])
    person.press("Escape")
    #expect(person.state.overlay == nil)
    #expect(person.tree.interventions.isEmpty)
  }

  @Test("A paste loses what could act on a terminal")
  func paste() {
    var person = FakeDriver()
    person.press("s j i")
    person.act(.paste("a\u{1B}[31mb\u{0}c\nd\u{202E}e\tf\u{7}"))
    #expect(person.state.overlay?.field?.text == "a[31mbc ⏎ de f")
    person.act(.paste(String(repeating: "x", count: 10_000)))
    #expect(person.state.overlay?.field?.text.count == TextField.limit)
  }

  @Test("Of all scalars a field keeps those that are safe to show, and a space for what parts lines and words")
  func everyScalar() {
    let breaks: Set<Unicode.Scalar> = ["\t", "\n", "\u{2028}", "\u{2029}"]
    for start in stride(from: UInt32(0), through: 0x10FFFF, by: 1024) {
      let all = (start..<start + 1024).compactMap(Unicode.Scalar.init)
      let kept = all.compactMap { breaks.contains($0) ? " " : SafeText.isUnsafe($0) ? nil : $0 }
      let field = TextField(String(String.UnicodeScalarView(all)))
      #expect(Array(field.text.unicodeScalars) == kept, "from U+\(String(start, radix: 16))")
    }
  }

  @Test("A paste without a field does nothing")
  func pasteElsewhere() {
    var person = FakeDriver()
    person.act(.paste("qqq"))
    #expect(person.takeEffects() == [])
  }

  @Test("The cursor is on the screen, however long the text is and wherever it stands")
  func longText() {
    var person = FakeDriver()
    person.press("s j i")
    person.act(.paste(String(repeating: "日本", count: 200)))
    for key in ["End", "Left", "Home", "^e"] {
      person.press(key)
      let cursor = person.frame().cursor
      #expect(cursor.map { (0..<80).contains($0.x) && (0..<24).contains($0.y) } == true)
    }
  }

  @Test("Every popup closes with Esc", arguments: ["?", ":", "e", "r", "i", "v", "f", "c", "w", "/", "t"])
  func escape(key: String) {
    var person = FakeDriver(themes: ["dusk"])
    person.press("s s j \(key)")
    #expect(person.state.overlay != nil)
    person.press("Escape")
    #expect(person.state.overlay == nil)
  }
}
