import Testing

@testable import Workspace

@Suite struct TextSafeTests {
  @Test func everyControlBecomesVisible() {
    #expect("a\u{1B}[2J\u{7F}\r\n\0".printable == "a␛[2J␡␍␊␀")
    #expect("x\u{9B}31m\u{202E}y\u{2066}\u{2028}\u{FEFF}".printable == "x\u{FFFD}31m\u{FFFD}y\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect("héllo – 学 👩‍👩‍👧".printable == "héllo – 学 👩‍👩‍👧")
  }
}
