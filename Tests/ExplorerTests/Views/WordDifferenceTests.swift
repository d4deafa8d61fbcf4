import Testing

@testable import Explorer

@Suite("Words that differ within a line")
struct WordDifferenceTests {
  private func own(_ pieces: [WordDifference.Piece]) -> [String] { pieces.filter(\.isOwn).map(\.text) }

  @Test("Each text's own words, however many stretches of them")
  func stretches() {
    let difference = WordDifference("Ana has 13 + 9 = 22 apples now.", "Ana has 13 + 6 = 19 apples, now.")
    #expect(own(difference.a) == ["9 ", "22 apples "] && own(difference.b) == ["6 ", "19 apples, "])
    #expect(difference.a.map(\.text).joined() == "Ana has 13 + 9 = 22 apples now.")
    #expect(difference.b.map(\.text).joined() == "Ana has 13 + 6 = 19 apples, now.")
  }

  @Test("What only one has, at either end")
  func ends() {
    let difference = WordDifference("So Ana has twenty apples", "Ana has twenty apples left")
    #expect(own(difference.a) == ["So "] && own(difference.b) == ["left"])
  }

  @Test("Texts that share next to nothing, equal texts, and none")
  func little() {
    #expect(own(WordDifference("one two", "one three").a) == ["one two"], "a short word in common says nothing")
    #expect(own(WordDifference("the same words", "the same words").a) == [])
    #expect(WordDifference("", "").a == [] && own(WordDifference("", "five").b) == ["five"])
  }

  @Test("Pages are told apart by their beginning and their end")
  func pages() {
    let (a, b) = ((0..<300).map { "a\($0) " }.joined(), (0..<300).map { "b\($0) " }.joined())
    let difference = WordDifference("the beginning " + a + "and the end", "the beginning " + b + "and the end")
    #expect(own(difference.a) == [a] && own(difference.b) == [b])
  }
}
