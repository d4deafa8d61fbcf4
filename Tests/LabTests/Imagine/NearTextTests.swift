import Testing
import Vocabulary

@testable import Lab

/// The text most like another is found, however many there are.
struct NearTextTests {
  private func runs(_ text: String) -> [UInt64] { NearTexts.runs(of: TextWords(text)) }

  /// Seven words have four runs of four; with one word changed in the middle none of them is left, at an end three.
  @Test func likenessIsTheShareOfRuns() {
    let text = runs("one two three four five six seven")
    #expect(text.count == 4)
    #expect(NearTexts.likeness(text, text) == 1)
    #expect(NearTexts.likeness(text, runs("one two three other five six seven")) == 0)
    #expect(NearTexts.likeness(text, runs("one two three four five six other")) == 3.0 / 5)
    #expect(NearTexts.likeness(text, runs("other")) == 0)
    #expect(NearTexts.likeness([], []) == 0)
  }

  @Test func namesAreMaskedAndNumbersStay() {
    let text = TextWords("Tom has 5 pens. Ten of Ann's are Tom's. How odd! how many has Ann?")
    #expect(
      text.masked == [
        "§0", "has", "5", "pens", "ten", "of", "§1", "s", "are", "§0", "s", "how", "odd", "how", "many", "has", "§1",
      ])
    #expect(runs("Tom has 5 pens and Ann has 7.") == runs("Zoe has 5 pens and Bob has 7."))
    #expect(runs("Tom has 5 pens and Ann has 7.") != runs("Tom has 5 pens and Ann has 8."))
  }

  /// By brute force over texts of few words, whatever the seed.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func theNearestIsTheNearestOfAll(_ seed: UInt64) {
    var generator = SplitMix(seed: seed)
    func text() -> [UInt64] { runs((0..<12).map { _ in "w\(generator.below(3))" }.joined(separator: " ")) }
    var near = NearTexts()
    let texts = (0..<40).map { _ in text() }
    for (index, runs) in texts.enumerated() { near.add(runs, id: "\(index)") }
    for _ in 0..<40 {
      let own = text()
      let best = texts.map { NearTexts.likeness(own, $0) }.max() ?? 0
      let found = near.nearest(to: own)
      #expect(best == 0 || found != nil, "seed \(seed)")
      // Candidates are those that share most runs: with texts of one length that is nearly the order of likeness.
      if let found { #expect(1 - found.distance >= best - 0.1, "seed \(seed)") }
    }
  }
}
