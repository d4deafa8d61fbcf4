import Foundation
import Testing

@testable import Vocabulary

@Suite("Safe text")
struct SafeTextTests {
  @Test("the table holds controls, directions, joiners, fillers, tags, and what has no meaning")
  func table() {
    let unsafe: [ClosedRange<UInt32>] = [
      0...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
      0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xE000...0xF8FF,
      0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0xFFFE...0xFFFF, 0xE0000...0x10FFFF,
    ]
    let harmless: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA0...0xAC, 0xAE...0x34E, 0x391...0x3A1, 0x5D0...0x5EA, 0x1100...0x115E, 0x2010...0x2027,
      0x2190...0x21FF, 0x2500...0x259F, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x1F300...0x1F64F,
    ]
    for value in unsafe.joined() {
      if let scalar = Unicode.Scalar(value) { #expect(SafeText.isUnsafe(scalar), "U+\(String(value, radix: 16))") }
    }
    for value in harmless.joined() {
      if let scalar = Unicode.Scalar(value) { #expect(!SafeText.isUnsafe(scalar), "U+\(String(value, radix: 16))") }
    }
  }

  @Test("whatever the policy, exactly the unsafe scalars are replaced, and by safe ones")
  func everyScalar() {
    for scalar in (UInt32(0)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init) {
      let text = String(Character(scalar))
      let isUnsafe = SafeText.isUnsafe(scalar)
      let lines = [
        text.printable, SafeText.line(text, replacing: .space), SafeText.line(text, replacing: .nothing),
        SafeText.quotation("a" + text, limit: 9),
      ]
      let isKept = [lines[0] == text, lines[1] == text, lines[2] == text, lines[3] == "a" + text]
      // A quotation has no space at its end; to the eye alone is a space like any other.
      let kept = scalar == " " ? [true, true, true, false] : .init(repeating: !isUnsafe, count: 4)
      guard isUnsafe == SafeText.isUnsafe(lookedUp: scalar), isKept == kept,
        lines.allSatisfy({ !$0.unicodeScalars.contains { SafeText.isUnsafe($0) } })
      else {
        Issue.record("U+\(String(scalar.value, radix: 16)): \(lines)")
        return
      }
    }
  }

  @Test func everyControlBecomesVisible() {
    #expect("a\u{1B}[2J\u{7F}\r\n\0".printable == "a␛[2J␡␍␊␀")
    #expect("x\u{9B}31m\u{202E}y\u{2066}\u{2028}\u{FEFF}".printable == "x\u{FFFD}31m\u{FFFD}y\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect("héllo – 学 👩".printable == "héllo – 学 👩")
    #expect("👩\u{200D}👧".printable == "👩\u{FFFD}👧", "what joins two signs hides where one ends")
  }

  @Test func textThatIsEditedHasSpacesForItsBreaksAndNothingUnseen() {
    #expect(SafeText.line("a\tb\nc\r\u{1B}[m\u{2028}d\u{200D}e", replacing: .nothing) == "a b c[m de")
  }

  @Test func aQuotationIsShortAndOnOneLine() {
    #expect(SafeText.quotation("\u{1B}[2J\u{7}evil \n words ", limit: 120) == "[2J evil words")
    #expect(
      SafeText.quotation(String(repeating: "x", count: 121), limit: 120) == String(repeating: "x", count: 117) + "...")
    #expect(SafeText.cut("abcdef", limit: 6) == "abcdef")
    #expect(SafeText.cut("abcdefg", limit: 6) == "abc...")
  }

  @Test("JSON says the same with every unsafe scalar escaped, those beyond sixteen bits by a pair")
  func json() throws {
    let text = "a\u{7F}\u{9B}31m\u{202E}\u{2066}\u{E0041}\u{10FFFD}é学👩\n\t\"\\"
    let json = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
    let safe = SafeText.json(json)
    #expect(safe.contains(#"a\u007f\u009b31m\u202e\u2066\udb40\udc41\udbff\udffdé学👩"#))
    #expect(!safe.unicodeScalars.contains { SafeText.isUnsafe($0) })
    #expect(try JSONDecoder().decode([String].self, from: Data(safe.utf8)) == [text])
    #expect(SafeText.json("{\n\t\"a\": 1 }") == "{\n\t\"a\": 1 }", "form is left alone")
  }
}
