import Vocabulary

/// New stories out of old ones, by rule. What comes out need not be solvable: whoever uses it solves it (``WordStory/solved()``).
extension WordStory {
  /// The same story with other numbers of the family's ranges.
  func renumbered(using generator: inout SplitMix) -> WordStory {
    var story = self
    for place in places {
      let range = StoryFamily.range(sentences[place.sentence].kind, place.number)
      story[place] = range.lowerBound + generator.below(range.count)
    }
    return story
  }

  /// The same story with one more thing that happens, anywhere after the beginnings.
  func deepened(using generator: inout SplitMix) -> WordStory {
    var story = self
    let place = firstEvent + generator.below(sentences.count - firstEvent)
    story.sentences.insert(event(using: &generator), at: place)
    return story
  }

  /// Something that happens, as often of each kind as in the family's stories.
  private func event(using generator: inout SplitMix) -> Sentence {
    let (people, draw) = (people, generator.below(100))
    guard !people.isEmpty else { return Sentence(kind: .halves, person: asked.first ?? "") }
    let person = people[generator.below(people.count)]
    let others = people.filter { $0 != person }
    var sentence: Sentence
    switch draw {
    case ..<22: sentence = Sentence(kind: .gains, person: person, word: Self.one(of: StoryFamily.gaining, &generator))
    case ..<47:
      sentence = Sentence(kind: .packs, person: person, word: Self.one(of: StoryFamily.containers, &generator))
    case 80... where !others.isEmpty:
      sentence = Sentence(kind: .gives, person: person, other: others[generator.below(others.count)])
    case 70..<80: return Sentence(kind: .halves, person: person)
    default: sentence = Sentence(kind: .loses, person: person, word: Self.one(of: StoryFamily.losing, &generator))
    }
    for number in 0..<(sentence.kind == .packs ? 2 : 1) {
      let range = StoryFamily.range(sentence.kind, number)
      sentence.numbers.append(range.lowerBound + generator.below(range.count))
    }
    return sentence
  }

  private static func one(of words: [String], _ generator: inout SplitMix) -> String {
    words[generator.below(words.count)]
  }

  /// Two stories told as one, and a question about somebody of each. The people of `other` get new names where they have the
  /// same, and count the same thing.
  func composed(with other: WordStory, using generator: inout SplitMix) -> WordStory {
    var taken = Set(people + asked)
    var renamed: [String: String] = [:]
    for name in other.people + other.asked where renamed[name] == nil {
      let free = StoryFamily.names.filter { !taken.contains($0) }
      renamed[name] = !taken.contains(name) || free.isEmpty ? name : free[generator.below(free.count)]
      taken.insert(renamed[name] ?? name)
    }
    let theirs = other.sentences.map { sentence in
      var sentence = sentence
      sentence.person = renamed[sentence.person] ?? sentence.person
      sentence.other = renamed[sentence.other] ?? sentence.other
      return sentence
    }
    let pair = [asked, other.asked.map { renamed[$0] ?? $0 }].map { $0[generator.below(max(1, $0.count))] }
    let told =
      sentences.prefix(firstEvent) + theirs.prefix(other.firstEvent)
      + sentences.dropFirst(firstEvent).dropLast() + theirs.dropFirst(other.firstEvent).dropLast()
    let isTogether = generator.below(100) < 58
    func asking(_ a: String, _ b: String) -> WordStory {
      WordStory(
        thing: thing,
        sentences: told + [Sentence(kind: isTogether ? .together : .difference, person: a, other: b)])
    }
    // Nobody is asked how many more the one with fewer has.
    let first = asking(pair[0], pair[1])
    do {
      _ = try first.solved()
      return first
    } catch {
      return error.reason == .belowZero && !isTogether ? asking(pair[1], pair[0]) : first
    }
  }
}
