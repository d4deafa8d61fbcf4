import Testing

@testable import Models

/// Where samples end, whatever the server does.
struct SampleAssemblerTests {
  private func assembled(
    _ texts: [String], after written: String = "", _ request: SampleRequest = SampleRequest(prefix: []),
    ends: [String] = ["\n\n"]
  ) -> SampleAssembler {
    var assembler = SampleAssembler(request, written: Array(written.utf8), ends: ends.map { Array($0.utf8) })
    for text in texts { assembler.feed(ServerToken(bytes: Array(text.utf8), logProbability: -1, native: 5)) }
    return assembler
  }

  private func text(_ assembler: SampleAssembler) -> String { String(decoding: assembler.bytes, as: UTF8.self) }

  @Test func aTextThatEndsTheSolutionIsCutOff() {
    let line = assembled(["a", " b.", "\n\n", "Question"])
    #expect((text(line), line.ending, line.tokens.count) == ("a b.", .endOfText, 2))
    let inside = assembled(["a", " b.\n\nQ"])
    #expect((text(inside), inside.ending) == ("a b.", .endOfText))
    #expect(inside.tokens.last?.native == nil, "it is no token of the server any more")
  }

  @Test func itMayBeginInWhatWasWrittenBefore() {
    let next = assembled(["\n", "x"], after: "a line.\n")
    #expect((text(next), next.ending) == ("", .endOfText))
    let other = assembled(["\n"], after: "a line.")
    #expect((text(other), other.ending) == ("\n", .newline))
  }

  @Test func itMaySpanTokens() {
    let whole = assembled(["a", "\n", "\n", "b"], SampleRequest(prefix: [], end: .text))
    #expect((text(whole), whole.ending, whole.tokens.count) == ("a", .endOfText, 1))
  }

  @Test func theLengthCapCountsTokens() {
    let capped = assembled(["a", "b", "c", "d"], SampleRequest(prefix: [], maximumTokens: 3))
    #expect((text(capped), capped.ending) == ("abc", .lengthCap))
  }

  @Test func anUncertainTokenIsLeftToTheNextOption() {
    let request = SampleRequest(prefix: [], end: .option(OptionEnd(entropy: 1)))
    var assembler = SampleAssembler(request, written: [], ends: [])
    for (text, entropy) in [("Ana", 2.0), (" has", 0.5), (" 3", 1.5)] {
      assembler.feed(ServerToken(bytes: Array(text.utf8), logProbability: -1, entropy: entropy))
    }
    #expect((text(assembler), assembler.ending) == ("Ana has", .uncertainty))
  }

  /// Two outcomes of a half and a quarter, and a rest of a quarter: 1.5 bits.
  @Test func entropyTakesTheRestAsOneOutcome() throws {
    let entropy = try #require(TokenLikelihood.entropy([-0.693_147_180_56, -1.386_294_361_12]))
    #expect(abs(entropy - 1.5 * 0.693_147_180_56) < 1e-9)
  }

  @Test func heldBackTokensAreRestoredOrGetTheStopText() async throws {
    var tail = TokenTail()
    #expect(tail.feed(ServerToken(bytes: [0x61], native: 1)).isEmpty)
    #expect(tail.feed(ServerToken(bytes: [0x2E], native: 2)).map(\.bytes) == [[0x61]])
    // The server cut ".\n" to "."; it knows its token 2.
    let told = try await tail.restored("\n", after: [0x61]) { $0 == 2 ? [0x2E, 0x0A] : nil }
    #expect(told.map(\.bytes) == [[0x2E, 0x0A]])
    let untold = try await tail.restored("\n", after: [0x61]) { _ in nil }
    #expect(untold == [ServerToken(bytes: [0x2E, 0x0A])])
    let nothing = try await TokenTail().restored("\n", after: []) { _ in nil }
    #expect(nothing == [ServerToken(bytes: [0x0A])])
  }

  /// A line that states the answer behind the prompt's own words ends a whole solution, as `#### 9` does.
  @Test func theAnswerBehindAMarkerEndsASolution() {
    func bytes(_ markers: [String]) -> String {
      let request = SampleRequest(prefix: [], maximumTokens: 50, end: .answer)
      var assembler = SampleAssembler(request, written: [], ends: [], markers: markers)
      for piece in ["4 + 5 = 9\n", "So: ", "9\n", "And more.\n"] {
        assembler.feed(ServerToken(bytes: Array(piece.utf8)))
      }
      return String(decoding: assembler.bytes, as: UTF8.self)
    }
    #expect(bytes(["So:"]) == "4 + 5 = 9\nSo: 9\n")
    #expect(bytes([]) == "4 + 5 = 9\nSo: 9\nAnd more.\n")
  }

  @Test func eventsAreReadHoweverTheyArrive() {
    let body = Array(
      ": hello\r\ndata: {\"a\":1}\r\n\r\ndata: one\ndata: two\n\nevent: x\ndata:three\n\ndata: last".utf8)
    for size in [1, 2, 3, 7, body.count] {
      var stream = EventStream()
      var events: [[UInt8]] = []
      for start in stride(from: 0, to: body.count, by: size) {
        events += stream.feed(body[start..<min(start + size, body.count)]).map(\.data)
      }
      if let last = stream.finish() { events.append(last.data) }
      #expect(events.map { String(decoding: $0, as: UTF8.self) } == ["{\"a\":1}", "one\ntwo", "three", "last"])
    }
  }
}
