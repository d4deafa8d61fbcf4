import Testing
import Vocabulary

@testable import Lab

/// What rules make of stories.
struct StoryRuleTests {
  private let story: WordStory
  private let other: WordStory

  init() throws {
    story = try WordStory(
      "Ana has 12 pens. Ben has 5 more pens than Ana. Ben loses 4 pens. How many pens does Ben have now?")
    other = try WordStory("Ana has 8 cups. Ana sells all the cups for 3 dollars each. How many dollars does Ana get?")
  }

  @Test func numbersChangeAndNothingElse() {
    var seen: Set<[Int]> = []
    for seed in 0..<200 as Range<UInt64> {
      var generator = SplitMix(seed: seed)
      let made = story.renumbered(using: &generator)
      var back = made
      for place in made.places { back[place] = story[place] }
      #expect(back == story)
      let numbers = made.places.map { made[$0] }
      #expect((3...30).contains(numbers[0]) && (2...20).contains(numbers[1]) && (2...20).contains(numbers[2]))
      seen.insert(numbers)
    }
    #expect(seen.count > 150)
  }

  @Test func oneMoreThingHappens() throws {
    var kinds: Set<WordStory.Kind> = []
    for seed in 0..<200 as Range<UInt64> {
      var generator = SplitMix(seed: seed)
      let made = story.deepened(using: &generator)
      #expect(made.sentences.count == 5)
      let added = try #require(
        made.sentences.indices.first { index in
          var without = made
          without.sentences.remove(at: index)
          return without == story
        })
      #expect(added == 2 || added == 3)
      kinds.insert(made.sentences[added].kind)
      // What is written is read as the same.
      #expect(try WordStory(made.text) == made)
    }
    #expect(kinds == [.gains, .packs, .loses, .halves, .gives])
  }

  @Test func twoStoriesAreToldAsOne() throws {
    for seed in 0..<100 as Range<UInt64> {
      var generator = SplitMix(seed: seed)
      let made = story.composed(with: other, using: &generator)
      #expect(try WordStory(made.text) == made)
      #expect(made.sentences.map(\.kind).dropLast() == [.has, .more, .has, .loses])
      #expect(Set(made.people).count == 3 && made.people.prefix(2) == ["Ana", "Ben"])
      #expect(made.thing == "pens")
      // Ben has 13, the third one 8: whoever has more is asked about first.
      let answer = try made.solved().answer
      #expect(answer == (made.sentences.last?.kind == .together ? 21 : 5), "\(made.text)")
    }
  }

  @Test func aStoryIsAskedBackwardsInTwoForms() {
    let start = WordStory.Place(sentence: 0, number: 0)
    #expect(
      story.backward(hiding: start, answer: 13, as: .fobar)
        == "Ana has x pens. Ben has 5 more pens than Ana. Ben loses 4 pens. How many pens does Ben have now? "
        + "If we know the answer to the above question is 13, what is the value of unknown variable x?")
    #expect(
      other.backward(hiding: .init(sentence: 1, number: 0), answer: 24, as: .selfVerification)
        == "Ana has 8 cups. Ana sells all the cups for x dollars each. Ana gets 24 dollars. "
        + "What is the value of unknown variable x?")
    #expect(story.numbers(at: start, givingAnswer: 13) == [12])
  }

  /// 11 + 3 is as odd as it must not be; what nobody asks about may be anything.
  @Test func everyNumberThatMayHaveBeenHiddenIsFound() throws {
    let beside = try WordStory("Ana has 4 pens. Ben has 9 pens. How many pens does Ana have now?")
    #expect(beside.numbers(at: .init(sentence: 1, number: 0), givingAnswer: 4).count == 1000)
    let half = try WordStory("Ana has 4 pens. Ana gives away half of the pens. How many pens does Ana have now?")
    #expect(half.numbers(at: .init(sentence: 0, number: 0), givingAnswer: 2) == [4])
    #expect(half.numbers(at: .init(sentence: 0, number: 0), givingAnswer: 501) == [])
  }
}
