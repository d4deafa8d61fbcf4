import Testing

@testable import TreeSearch

/// When two options count as alike: p_vM (AlphaLLM, section 4.3.2).
struct SimilarityPredicateTests {
  private func isAlike(_ predicate: SimilarityPredicate, _ a: String, _ b: String, belief: Double = 0) -> Bool {
    predicate.match(Array(a.utf8), among: [Array(b.utf8)], beliefs: [belief]) != nil
  }

  @Test func editDistanceBelowTheMinimum() {
    // "kitten" and "sitting" are 3 edits apart.
    #expect(isAlike(.edit(minimum: 4), "kitten", "sitting"))
    #expect(!isAlike(.edit(minimum: 3), "kitten", "sitting"))
    #expect(isAlike(.edit(minimum: 1), "same", "same"))
    #expect(!isAlike(.edit(minimum: 0), "same", "same"))
  }

  @Test func shareOfCommonWords() {
    // {tom, has, 3, apples} are common, {red, green} are not: 4/6 = .667. Case and punctuation count for nothing.
    let (a, b) = ("Tom has 3 red apples.", "tom has 3 green apples")
    #expect(WordOverlap.between(Array(a.utf8), Array(b.utf8)) == 4.0 / 6)
    #expect(isAlike(.tokens(share: 0.66), a, b))
    #expect(!isAlike(.tokens(share: 0.67), a, b))
    #expect(WordOverlap.between(Array("a a b".utf8), Array("b a".utf8)) == 1)
    #expect(WordOverlap.between([], []) == 1)
    #expect(WordOverlap.between(Array("a".utf8), []) == 0)
  }

  @Test func theSameEquations() {
    #expect(isAlike(.equations, "He has 3 + 4 = 7 apples.", "So 3+4=7!"))
    #expect(isAlike(.equations, "1,000 + 1 = 1,001 and 2*3=6", "2 * 3 = 6, then: 1000+1=1001"))
    #expect(!isAlike(.equations, "3 + 4 = 7", "4 + 3 = 7"))
    #expect(!isAlike(.equations, "3 + 4 = 7", "3 + 4 = 7; 7 * 2 = 14"))
    #expect(!isAlike(.equations, "no numbers", "none here"))
    #expect(!isAlike(.equations, "x = 7", "y = 7"))
  }

  @Test func theSameEquationsWhateverTheOrder() {
    #expect(isAlike(.commuted, "They have 15 + 6 = 21 pens.", "6 + 15 = 21 pens in all."))
    #expect(isAlike(.commuted, "2 * 3 + 4 = 10", "4 + 3*2 = 10"))
    #expect(isAlike(.commuted, "20 - 3 + 5 = 22", "5 + 20 - 3 = 22"))
    #expect(isAlike(.commuted, "6 * 4 / 3 = 8", "4 * 6 / 3 = 8"))
    #expect(!isAlike(.commuted, "9 - 4 = 5", "4 - 9 = 5"))
    #expect(!isAlike(.commuted, "8 / 2 = 4", "2 / 8 = 4"))
    #expect(!isAlike(.commuted, "15 + 6 = 21", "15 + 6 = 22"))
    #expect(!isAlike(.commuted, "2 * (3 + 4) = 14", "2 * 3 + 4 = 14"))
    #expect(!isAlike(.commuted, "no numbers", "none here"))
    #expect(!isAlike(.equations, "15 + 6 = 21", "6 + 15 = 21"), "only who asks for it")
  }

  @Test func whatAModelBelieves() {
    #expect(isAlike(.model(share: 0.9), "a", "b", belief: 0.9))
    #expect(!isAlike(.model(share: 0.9), "a", "b", belief: 0.89))
    // Without an answer nobody can say that they are alike.
    #expect(SimilarityPredicate.model(share: 0.9).match([1], among: [[2]]) == nil)
  }

  @Test(arguments: [SimilarityPredicate.tokens(share: 0.9), .equations, .commuted, .model(share: 0.9)])
  func theSameTextIsAlikeUnderAnyPredicate(_ predicate: SimilarityPredicate) {
    #expect(isAlike(predicate, "say it", "say it"))
  }

  @Test func theNearestOfThoseAlike() throws {
    // All share the equation; "so 1+1=2." is 1 edit away, "well, 1+1=2" further. "so 2+1=2" is near and not alike.
    let siblings = ["well, 1+1=2", "so 2+1=2", "so 1+1=2."].map { Array($0.utf8) }
    let match = try #require(SimilarityPredicate.equations.match(Array("so 1+1=2".utf8), among: siblings))
    #expect(match.index == 2)
    #expect(match.distance == 1)
  }
}
