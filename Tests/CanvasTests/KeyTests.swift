import Testing

@testable import Canvas

@Suite("Key names")
struct KeyTests {
  @Test("the printed form reads back")
  func roundTrip() {
    var keys: [Key] = [
      .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .backspace, .delete,
      .insert, .character(" "), .character("a"), .character("A"), .character("<"), .character("^"), .character("가"),
      .control("d"), .control("z"), .control("@"),
    ]
    keys += (1...63).map { .function($0) }
    for key in keys { #expect(Key(name: key.description) == key, "\(key)") }
    #expect(Set(keys.map(\.description)).count == keys.count)
  }

  @Test("names are read in any case, characters are not")
  func reading() {
    #expect(Key(name: "enter") == .enter)
    #expect(Key(name: "SPACE") == .character(" "))
    #expect(Key(name: "^D") == .control("d"))
    #expect(Key(name: "f5") == .function(5))
    #expect(Key(name: "F") == .character("F"))
    #expect(Key(name: "^") == .character("^"))
    #expect(Key.control("d").description == "^d")
    #expect(Key.character(" ").description == "Space")
  }

  @Test(
    "what is no key is refused",
    arguments: ["", " ", "ab", "F0", "F64", "F+5", "F٥", "^i", "^m", "^!", "^^^", "Retur", "\u{1B}", "\u{301}"])
  func refused(name: String) {
    #expect(Key(name: name) == nil)
  }

  @Test("only characters can be typed into a field")
  func typed() {
    #expect(Key.character("x").typed == "x")
    #expect(Key.enter.typed == nil && Key.control("d").typed == nil)
  }
}
