import Testing
import Vocabulary

@testable import Lab

/// What a question has of a held-out problem is found and shown.
struct HeldOutTests {
  private static let natalia =
    "Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. How many clips did Natalia sell "
    + "altogether in April and May?"

  private func heldOut(_ questions: String...) throws -> HeldOut {
    var heldOut = try HeldOut()
    heldOut.add(
      questions.enumerated().map { Problem(id: "h\($0)", question: $1) }, from: "a test")
    return heldOut
  }

  @Test func theSameWordsWhateverTheirSpelling() throws {
    let heldOut = try heldOut(Self.natalia)
    #expect(heldOut.count == 1 && heldOut.holds(id: "h0"))
    let shouted = Self.natalia.uppercased().replacing(" ", with: "  ").replacing(",", with: "\u{200B};")
    #expect(heldOut.leak(in: shouted)?.rule == "the same words")
    // Full-width digits and a word parted by what nobody sees.
    let hidden = Self.natalia.replacing("48", with: "４８").replacing("friends", with: "fri\u{200D}ends")
    #expect(heldOut.leak(in: hidden)?.rule == "the same words")
    #expect(heldOut.leak(in: "How many clips did Natalia sell?") == nil)
  }

  @Test func theSameWordsWithOtherNames() throws {
    let heldOut = try heldOut(Self.natalia)
    let renamed = Self.natalia.replacing("Natalia", with: "Wendeline")
    #expect(heldOut.leak(in: renamed)?.rule == "the same words with other names")
  }

  /// 13 words are a leak, 12 are none; the span is all that both have.
  @Test func aRunOfThirteenWords() throws {
    let heldOut = try heldOut(Self.natalia)
    let leak = heldOut.leak(in: "Once, CLIPS to 48 of her friends in April and then she sold half the clips. Why?")
    #expect(leak?.span == "CLIPS to 48 of her friends in April and then she sold half")
    #expect(leak?.rule == "13 words in a row" && leak?.problem == "h0" && leak?.source == "a test")
    #expect(heldOut.leak(in: "Once, pins to 48 of her friends in April and then she sold half the clips. Why?") == nil)
  }

  @Test func aShortProblemWithinALongOne() throws {
    let heldOut = try heldOut("What is 17 times 23?", "Find x.")
    #expect(heldOut.leak(in: "Tell me first: what is 17 times 23? Then add 4.")?.span == "what is 17 times 23")
    // Three words are no sign of anything, but alone they are the same problem.
    #expect(heldOut.leak(in: "Ada has 3 pens. Find x. Then find y.") == nil)
    #expect(heldOut.leak(in: "find X")?.rule == "the same words")
  }

  @Test func nearlyTheSameWords() throws {
    let heldOut = try heldOut(Self.natalia)
    let near = Self.natalia.replacing("friends", with: "neighbours").replacing(
      "How many clips did", with: "How many did")
    let leak = heldOut.leak(in: near)
    #expect(leak?.rule.hasSuffix("words in a row") == true)
    let words = (0..<120).map { $0 % 12 == 11 ? "z\($0)" : "w\($0)" }.joined(separator: " ")
    let changed = (0..<120).map { $0 % 12 == 11 ? ($0 == 11 ? "other" : "z\($0)") : "w\($0)" }.joined(separator: " ")
    var far = try HeldOut()
    far.add([Problem(id: "long", question: words)], from: "a test")
    #expect(far.leak(in: changed) != nil)
  }

  /// Where a script puts no spaces, a character is a word.
  @Test func aScriptWithoutSpaces() throws {
    let heldOut = try heldOut("小明有五个苹果，他又买了三个苹果，请问小明现在一共有多少个苹果？")
    #expect(heldOut.leak(in: "昨天，小明有五个苹果，他又买了三个苹果。")?.span == "小明有五个苹果,他又买了三个苹果")
    #expect(heldOut.leak(in: "小红有七本书。小红现在有几本书？") == nil)
  }

  /// Long runs are common between stories: their keys count, and their split.
  @Test func aStoryIsItsKey() throws {
    let story = "Ana has 14 pens. Ben has 9 pens. Ana buys 2 boxes of 5 pens. How many pens does Ana have now?"
    let heldOut = try heldOut(story)
    #expect(
      heldOut.leak(in: "Zoe has 9 cups. Tom has 14 cups. Zoe buys 5 bags of 2 cups. How many cups does Zoe have now?")?
        .rule
        == "the same story with other names")
    // Their first 19 words are the same.
    let alike = "Ana has 14 pens. Ben has 9 pens. Ana buys 2 boxes of 5 pens. How many pens does Ben have now?"
    try #require(StoryFamily.split(of: alike) == "train")
    #expect(heldOut.leak(in: alike) == nil)
    #expect(heldOut.leak(in: "Listen. " + alike)?.rule == "19 words in a row")
  }

  @Test func storiesOfTheFamilysOwnSplitsAreHeldOut() throws {
    let dev = "Mina has 10 cups. Mina buys 2 boxes of 6 cups. How many cups does Mina have now?"
    #expect(StoryFamily.split(of: dev) == "dev")
    let leak = try HeldOut().leak(in: dev)
    #expect(leak?.problem == "dev" && leak?.rule == "a story of the split")
  }

  /// What everybody writes is no leak: eleven problems have it.
  @Test func boilerplateIsNoLeak() throws {
    let common = "Write a function in Python that takes a list of numbers and returns the"
    let words = ["sum", "mean", "mode", "range", "median", "largest", "least", "first", "last", "count", "square"]
    var heldOut = try HeldOut()
    heldOut.add(words.map { Problem(id: $0, question: "\(common) \($0) of them.") }, from: "a test")
    #expect(heldOut.leak(in: "\(common) product, please, and nothing else.") == nil)
    #expect(heldOut.leak(in: "\(common) mode of them.")?.problem == "mode")
  }
}
