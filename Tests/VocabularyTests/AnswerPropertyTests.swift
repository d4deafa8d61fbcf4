import Testing
import Vocabulary

/// What holds for values and spellings drawn at random.
struct AnswerPropertyTests {
  /// A fraction p/q with q a divisor of a power of ten, and spellings of it.
  private static func spellings(_ p: Int, _ q: Int) -> [String] {
    var all = [
      "\(p)/\(q)", "\\frac{\(p)}{\(q)}", "\\dfrac{\(2 * p)}{\(2 * q)}", "$\\frac{\(p)}{\(q)}$", " \(p) / \(q). ",
      "x = \(p)/\(q)",
    ]
    let thousandths = p * 1000 / q
    let sign = thousandths < 0 ? "-" : ""
    let (whole, rest) = (abs(thousandths) / 1000, String(1000 + abs(thousandths) % 1000).dropFirst())
    all += [
      "\(sign)\(whole).\(rest)", "\(sign)$\(whole).\(rest)", "\(sign)\(whole).\(rest)0 dollars",
      "**\(sign)\(whole).\(rest)**",
    ]
    if p % q == 0 {
      let n = p / q
      all += ["\(n)", "\(n).0", "\(n) dollars", "\(n)^1", "\\boxed{\(n)}", "\(n)e0"]
      if abs(n) >= 1000 { all.append("\(sign)\(abs(n) / 1000),\(String(1000 + abs(n) % 1000).dropFirst())") }
    } else if p > q {
      all += ["\(p / q) \(p % q)/\(q)", "\(p / q)\\frac{\(p % q)}{\(q)}"]
    }
    return all
  }

  private static func value(_ spelling: String) -> AnswerValue? {
    AnswerValue(StatedAnswer.last(in: spelling)?.text ?? spelling)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func spellingsOfAValueAreEqualAndOfOthersAreNot(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<30 {
      let q = [1, 1, 2, 4, 5, 8, 10, 20, 25].randomElement(using: &random) ?? 1
      let p = Int.random(in: -9999...9999, using: &random)
      let all = Self.spellings(p, q)
      for spelling in all {
        let value = try #require(Self.value(spelling), "seed \(seed): \(spelling) says nothing")
        #expect(value.says(value), "seed \(seed): \(spelling) is not itself")
        let other = try #require(all.randomElement(using: &random))
        let same = try #require(Self.value(other))
        #expect(value.says(same) && same.says(value), "seed \(seed): \(spelling) and \(other)")
        let more = try #require(Self.spellings(p + 1, q).randomElement(using: &random))
        let different = try #require(Self.value(more))
        #expect(!value.says(different) && !different.says(value), "seed \(seed): \(spelling) and \(more)")
      }
    }
  }

  /// Any text at all is read without a trap, says the same as itself, and does so whichever side it stands on.
  @Test(arguments: [11, 12] as [UInt64])
  func hostileTextsAreReadAndEqualThemselves(_ seed: UInt64) {
    var random = SplitMix(seed: seed)
    let pieces = [
      "\\frac", "{", "}", "(", ")", "[", "]", "^", "_", "\\sqrt", "1", "23", ",", ".", "x", "=", "+", "-", "*", "/",
      "%", "$", "\\text{",
      "\\boxed{", "####", "\n", " ", "é", "١", "½", "\u{E000}", "\u{202E}", "\u{0}", "😀", "!", "|", "&", "\\\\",
      "\\cup", "<", "\\begin{matrix}",
      "and", "answer is", "**", "9999999999", "^{99999}",
    ]
    var earlier: AnswerValue?
    for _ in 0..<1500 {
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let stated = StatedAnswer.last(in: text)
      if let stated { #expect(!stated.text.isEmpty && text.contains(stated.text.prefix(1)), "seed \(seed): \(text)") }
      guard let value = AnswerValue(stated?.text ?? text) else { continue }
      #expect(value.says(value), "seed \(seed): \(text)")
      if let earlier { #expect(value.says(earlier) == earlier.says(value), "seed \(seed): \(text)") }
      earlier = value
    }
  }

  @Test func longTextsEndInReasonableWork() {
    let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
    let power = "9^{9^{9^{9}}}"
    let product = (0..<60).map { "(x_\($0)+1)" }.joined()
    for text in [
      deep, power, product, String(repeating: "1,", count: 4000), String(repeating: "\\boxed{", count: 4000),
    ] {
      let stated = StatedAnswer.last(in: text)
      #expect(stated == nil || stated?.text.isEmpty == false)
      if let value = AnswerValue(text) { #expect(value.says(value)) }
    }
  }
}
