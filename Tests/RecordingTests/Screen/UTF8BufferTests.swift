import Testing

@testable import Recorder

/// Text that arrives in pieces.
struct UTF8BufferTests {
  @Test func whereverItIsCutTheTextIsTheSame() {
    let text = "aη한🍎e\u{301} b"
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var buffer = UTF8Buffer()
      #expect(buffer.take(Array(bytes[..<cut])) + buffer.take(Array(bytes[cut...])) == text, "cut at \(cut)")
    }
    var buffer = UTF8Buffer()
    #expect(bytes.map { buffer.take([$0]) }.joined() == text)
  }
}
