import Testing

@testable import Recorder

/// Text that arrives in pieces.
struct UTF8BufferTests {
  @Test func whereverItIsCutTheTextIsTheSame() {
    let text = "aη한🍎e\u{301} b"
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var buffer = UTF8Buffer()
      #expect(buffer.feed(Array(bytes[..<cut])) + buffer.feed(Array(bytes[cut...])) == text, "cut at \(cut)")
    }
    var buffer = UTF8Buffer()
    #expect(bytes.map { buffer.feed([$0]) }.joined() == text)
  }
}
