/// The exact solution of a ``WordStory``, or why there is none.
extension WordStory {
  /// An answer and the lines that lead to it, as `stories.py` writes them.
  struct Solution: Equatable {
    let answer: Int
    let lines: [String]
  }

  /// Solves the story.
  ///
  /// - Throws: what it cannot be asked for: somebody who is never introduced, an amount below zero, a division with a rest.
  ///   Complexity: O(sentences).
  func solved() throws(PromptFault) -> Solution {
    var ledger = StoryLedger(thing: thing)
    for sentence in sentences.dropLast() { try ledger.tell(sentence) }
    guard let question = sentences.last else { throw PromptFault(.form, "nothing is asked") }
    return try ledger.answer(question)
  }

  /// Every number at `place`, from 1 to `limit`, with which the story can be solved and comes to `answer`.
  /// Complexity: O(limit × sentences).
  func numbers(at place: Place, givingAnswer answer: Int, upTo limit: Int = 1000) -> [Int] {
    (1...limit).filter { number in
      var story = self
      story[place] = number
      return (try? story.solved())?.answer == answer
    }
  }
}

/// Who has how much, as a story is told.
private struct StoryLedger {
  let thing: String
  private var amounts: [String: Int] = [:]
  /// Whom somebody's beginning is measured by.
  private var measures: [String: String] = [:]
  /// The line of a measured beginning, and the lines of what happened to somebody.
  private var starts: [String: String] = [:]
  private var events: [String: [String]] = [:]

  /// The greatest amount that is counted.
  private static let most = 1_000_000_000

  init(thing: String) { self.thing = thing }

  mutating func tell(_ sentence: WordStory.Sentence) throws(PromptFault) {
    let (person, numbers) = (sentence.person, sentence.numbers)
    if sentence.kind.begins { return try begin(sentence) }
    let have = try amount(of: person)
    switch sentence.kind {
    case .gains: try change(person, "+", numbers[0])
    case .packs:
      let held = try value(numbers[0], "*", numbers[1], person)
      events[person, default: []].append(
        "\(numbers[0]) \(sentence.word) hold \(numbers[0]) * \(numbers[1]) = \(held) \(thing).")
      try change(person, "+", held)
    case .loses: try change(person, "-", numbers[0])
    case .halves:
      guard have % 2 == 0 else { throw PromptFault(.oddHalf, "half of \(person)'s \(have)") }
      try change(person, "/", 2)
    case .gives:
      guard sentence.other != person else { throw PromptFault(.ambiguous, "\(person) gives to \(person)") }
      _ = try amount(of: sentence.other)
      try change(person, "-", numbers[0])
      try change(sentence.other, "+", numbers[0])
    default: throw PromptFault(.form, "a question in the middle")
    }
  }

  private mutating func begin(_ sentence: WordStory.Sentence) throws(PromptFault) {
    let (person, other, number) = (sentence.person, sentence.other, sentence.numbers[0])
    guard amounts[person] == nil else {
      throw PromptFault(.ambiguous, "what \(person) has is said twice")
    }
    guard sentence.kind != .has else { return amounts[person] = number }
    let measure = try amount(of: other)
    guard events[other] == nil else {
      throw PromptFault(.ambiguous, "\(person) is compared with \(other), who has had other amounts")
    }
    let sign = sentence.kind == .more ? "+" : sentence.kind == .fewer ? "-" : "*"
    let start = try value(measure, sign, number, person)
    starts[person] = "\(person) has \(measure) \(sign) \(number) = \(start) \(thing)."
    (amounts[person], measures[person]) = (start, other)
  }

  private func amount(of person: String) throws(PromptFault) -> Int {
    guard let amount = amounts[person] else {
      throw PromptFault(.notIntroduced, "nobody says what \(person) begins with")
    }
    return amount
  }

  private mutating func change(_ person: String, _ sign: String, _ by: Int) throws(PromptFault) {
    let have = try amount(of: person)
    let left = try value(have, sign, by, person)
    events[person, default: []].append("\(person) has \(have) \(sign) \(by) = \(left) \(thing).")
    amounts[person] = left
  }

  private func value(_ a: Int, _ sign: String, _ b: Int, _ person: String) throws(PromptFault) -> Int {
    let value = sign == "+" ? a + b : sign == "-" ? a - b : sign == "*" ? a * b : a / b
    if value < 0 { throw PromptFault(.belowZero, "\(person) would have \(a) - \(b) = \(value)") }
    // Both are at most the limit, so that no product is too large to be computed.
    guard value <= Self.most else { throw PromptFault(.form, "\(person) would have \(value)") }
    return value
  }

  func answer(_ question: WordStory.Sentence) throws(PromptFault) -> WordStory.Solution {
    let (person, other) = (question.person, question.other)
    let have = try amount(of: person)
    let asked = other.isEmpty ? [person] : [person, other]
    guard other != person else { throw PromptFault(.ambiguous, "\(person) is asked about twice") }
    var (answer, last): (Int, String?)
    switch question.kind {
    case .together:
      answer = try value(have, "+", amount(of: other), person)
      last = "Together they have \(have) + \(try amount(of: other)) = \(answer) \(thing)."
    case .difference:
      let less = try amount(of: other)
      guard less <= have else { throw PromptFault(.belowZero, "\(person) has \(have), \(other) has \(less)") }
      answer = have - less
      last = "The difference is \(have) - \(less) = \(answer) \(thing)."
    case .dollars:
      answer = try value(have, "*", question.numbers[0], person)
      last = "\(person) gets \(have) * \(question.numbers[0]) = \(answer) dollars."
    case .containers:
      let size = question.numbers[0]
      guard have % size == 0 else { throw PromptFault(.notDivisible, "\(have) in \(question.word) of \(size)") }
      answer = have / size
      last = "\(person) fills \(have) / \(size) = \(answer) \(question.word)."
    default: (answer, last) = (have, nil)
    }
    return WordStory.Solution(answer: answer, lines: needed(asked) + [last].compactMap(\.self))
  }

  /// What a question about these people needs: whom they are measured by first, then what happened to each of them.
  private func needed(_ people: [String]) -> [String] {
    var (lines, done): ([String], Set<String>) = ([], [])
    for person in people {
      var chain: [String] = []
      var next: String? = person
      while let name = next, done.insert(name).inserted {
        chain.append(name)
        next = measures[name]
      }
      lines += chain.reversed().compactMap { starts[$0] }
    }
    return lines + people.flatMap { events[$0] ?? [] }
  }
}
