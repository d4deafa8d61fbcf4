import Testing

@testable import Critics

@Suite("Calculator critic")
struct CalculatorCriticTests {
  private func state(_ options: [String]) -> JudgedState {
    JudgedState(question: "?", tokens: [1], optionTexts: options, isComplete: false)
  }

  @Test("only the newest option counts")
  func newest() async throws {
    let verdicts = try await CalculatorCritic().score([
      state(["1 + 1 = 3\n", "2 + 2 = 4\n"]), state(["2 + 2 = 4\n", "1 + 1 = 3\n"]), state([]),
    ])
    #expect(verdicts.map(\.score) == [1, 0, nil])
    #expect(verdicts.map(\.note) == ["checked: 2 + 2 = 4", "1 + 1 = 3 contradicts 2", "nothing to check"])
  }

  @Test("one wrong claim among right ones is a contradiction")
  func mixed() {
    let verdict = CalculatorCritic.verdict(on: "2 + 2 = 4, so 4 * 5 = 20 and 20 - 1 = 18")
    #expect(verdict == Verdict(score: 0, note: "20 - 1 = 18 contradicts 19"))
  }

  @Test("several claims are listed, then counted")
  func listed() {
    #expect(CalculatorCritic.verdict(on: "1+1=2; 1+2=3").note == "checked: 1 + 1 = 2, 1 + 2 = 3")
    #expect(
      CalculatorCritic.verdict(on: "1+1=2; 1+2=3; 1+3=4; 1+4=5; 1+5=6").note
        == "checked: 1 + 1 = 2, 1 + 2 = 3, 1 + 3 = 4 and 2 more")
  }

  @Test("a final answer that is not the last result is mentioned, not judged")
  func answer() {
    let lines = ["Ana has 3 + 4 = 7 apples.\n"]
    #expect(
      CalculatorCritic.verdict(on: "#### 8\n", earlier: lines[...])
        == Verdict(score: nil, note: "the answer 8 is not the last result 7"))
    #expect(
      CalculatorCritic.verdict(on: "#### 7\n", earlier: lines[...]) == Verdict(score: nil, note: "nothing to check"))
    #expect(CalculatorCritic.verdict(on: "#### 7\n") == Verdict(score: nil, note: "nothing to check"))
  }

  @Test("a megabyte in one line, of any kind, costs bounded work")
  func megabyte() {
    for unit in [
      "1 + 1 = 2 ", "((((((((", "9", "= ", "1 + ", "- ", "a ", "5 apples ", "1/", "2^", ")", "\u{301}", "1,000,",
    ] {
      let text = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
      let claims = ArithmeticClaims.all(in: text.unicodeScalars)
      #expect(claims.count <= ArithmeticClaims.maximumClaims)
    }
    let deep = String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60)
    #expect(CalculatorCritic.verdict(on: "\(deep) + 1 = 3").score == nil)
  }

  @Test("random text of arithmetic's characters is read without a trap and judged the same twice")
  func fuzz() {
    var generator = SystemlessGenerator(state: 20_240_411)
    let alphabet = Array("0123456789+-*/^=().,%$ x×÷\u{2212}of ab\n#<>!~\\'e\u{0}\u{202E}".unicodeScalars)
    for _ in 0..<4000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...60, using: &generator) {
        text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
      }
      let verdict = CalculatorCritic.verdict(on: String(text))
      #expect(verdict == CalculatorCritic.verdict(on: String(text)))
      #expect(verdict.score == nil || verdict.score == 0 || verdict.score == 1)
      #expect(verdict.note.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }
  }

  @Test("random bytes")
  func bytes() {
    var generator = SystemlessGenerator(state: 7)
    for _ in 0..<1000 {
      let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let verdict = CalculatorCritic.verdict(on: String(decoding: bytes, as: UTF8.self))
      #expect(verdict.note.count < 600)
    }
  }

  @Test("random sums and products, right and off by one, against integer arithmetic")
  func agreesWithIntegers() {
    var generator = SystemlessGenerator(state: 99)
    for _ in 0..<500 {
      let (a, b, c) = (
        Int.random(in: -99...99, using: &generator), Int.random(in: 1...99, using: &generator),
        Int.random(in: 1...99, using: &generator)
      )
      let value = a + b * c - (a - c)
      let left = "\(a) + \(b) * \(c) - (\(a) - \(c))"
      #expect(CalculatorCritic.verdict(on: "\(left) = \(value)").score == 1, "\(left)")
      #expect(CalculatorCritic.verdict(on: "\(left) = \(value + 1)").score == 0, "\(left)")
    }
  }
}

/// A seeded generator (xorshift64*), so that a failing case can be found again.
struct SystemlessGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}
