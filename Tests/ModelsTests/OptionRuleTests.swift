import Testing
import Vocabulary

@testable import Models

/// The termination rule β on texts, without a model.
@Suite("Option rules")
struct OptionRuleTests {
  @Test(
    "formulas",
    arguments: [
      ("so $x+1$ holds", true), ("$$x$$", true), ("it costs $5 and $6 more", false), ("it costs $5", false),
      ("<<3*4=12>>", true), ("<<>>", false), ("a << b", false), (">> then <<", false), ("3 * 4 = 12", true),
      ("3*4=12", true), ("1 + 3 + 4 = 8", true), ("(2 + 3) × 4.5 = 22.5", true), ("20% * 50 = 10", true),
      ("7 − 9 = -2", true), ("$3 + $4 = $7", true), ("x = 12", false), ("3 = 3", false), ("3 + = 4", false),
      ("+ 4 = 4", false), ("3 * 4 =", false), ("3 * 4 = x", false), ("", false),
    ])
  func formulas(_ text: String, _ isFormula: Bool) {
    #expect(FormulaFinder.holdsFormula(Array(text.utf8)) == isFormula, "\(text)")
  }

  @Test("a text of signs is read in linear time")
  func long() {
    #expect(!FormulaFinder.holdsFormula(Array(repeating: UInt8(ascii: "="), count: 200_000)))
    #expect(!FormulaFinder.holdsFormula(Array(String(repeating: "$ ", count: 100_000).utf8)))
    #expect(!FormulaFinder.holdsFormula(Array(String(repeating: "1 = ", count: 50_000).utf8)))
  }

  @Test(
    "word boundaries",
    arguments: [
      ("two", " words", true), ("two", "\n", true), ("two ", "words", true), ("two\n", "words", true),
      ("wo", "rds", false), ("end.", "Next", false), ("end.", " Next", true), ("(", "a", true), ("3.", "14", false),
      ("don'", "t", false), ("stop!", "\"", true), ("…", "x", true), ("x=", "3", false), ("x", "", false),
      ("", "x", false),
      ("x ", "", true), ("naïve", "té", false),
    ])
  func boundaries(_ text: String, _ next: String, _ isBoundary: Bool) {
    #expect(WordBoundary.lies(between: Array(text.utf8), and: Array(next.utf8)) == isBoundary, "\(text)|\(next)")
  }

  @Test("half a character is no boundary, on either side")
  func halves() {
    let dash = Array("—".utf8)  // punctuation of three bytes
    #expect(WordBoundary.lies(between: dash, and: [0x20]))
    #expect(!WordBoundary.lies(between: Array(dash.dropLast()), and: [0x20]))
    #expect(!WordBoundary.lies(between: Array("a".utf8), and: Array(dash.prefix(2))))
    #expect(!WordBoundary.lies(between: Array("a-".utf8), and: [0xC3]))
  }

  /// Feeds `pieces` as tokens; the ending and how many were taken.
  private func fed(_ end: OptionEnd, _ pieces: [String]) -> (ending: Termination?, taken: Int) {
    var progress = OptionProgress(end)
    for (i, piece) in pieces.enumerated() {
      if let ending = progress.append(Array(piece.utf8)) { return (ending, i + 1) }
    }
    return (nil, pieces.count)
  }

  @Test("a stop text ends the option with the token that completes it")
  func stops() {
    let blankLine = OptionEnd(stops: [Array("\n\n".utf8)])
    #expect(fed(blankLine, ["a\n", "b", "\n", "\n", "c"]) == (.stopText, 4))
    #expect(fed(blankLine, ["a\n\nb", "c"]) == (.stopText, 1))
    #expect(fed(blankLine, ["a", "\n", "b", "\n"]) == (nil, 4))
    let several = OptionEnd(stops: [Array("So".utf8), Array(". ".utf8)])
    #expect(fed(several, ["1", ".", " S", "o"]) == (.stopText, 3))
    #expect(fed(several, ["S", "o"]) == (.stopText, 2))
    #expect(fed(OptionEnd(), ["a", "\n", "\n"]) == (nil, 3))
  }

  @Test("without a formula one stop text is passed over, never two, and none is counted twice")
  func formulaGate() {
    let gated = OptionEnd(stops: [Array("\n\n".utf8)], needsFormula: true)
    #expect(fed(gated, ["1 + 1 = 2", "\n\n", "x"]) == (.formula, 2))
    #expect(fed(gated, ["word", "\n\n", "$x$", "\n\n"]) == (.formula, 4))
    #expect(fed(gated, ["word", "\n\n", "word", "\n\n", "word"]) == (.stopText, 4))
    // The third line break belongs to the second stop text, not to the first as well.
    #expect(fed(gated, ["word", "\n\n", "\n", "x", "\n", "\n"]) == (.stopText, 6))
  }

  @Test("uncertainty ends no blank option and cuts no word")
  func thresholds() {
    var progress = OptionProgress(OptionEnd(entropy: 1.5))
    #expect(progress.threshold(before: [0x20]) == nil)
    _ = progress.append([0x20])
    #expect(progress.threshold(before: [0x61]) == nil)
    _ = progress.append(Array("wo".utf8))
    #expect(progress.threshold(before: Array("rd".utf8)) == nil)
    #expect(progress.threshold(before: Array(" x".utf8)) == 1.5)
    var never = OptionProgress(OptionEnd())
    _ = never.append(Array("word ".utf8))
    #expect(never.threshold(before: Array("x".utf8)) == nil)
  }
}
