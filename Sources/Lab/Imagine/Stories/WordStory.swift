import Foundation
import Vocabulary

/// A word story of the family that the embedded models know: what a few people begin with, what happens to them, one question.
///
/// `SampleData/Models/Training/stories.py` tells such stories. This reads and writes the same sentences, so that a story can be
/// changed by rule and solved exactly (``solved()``).
struct WordStory: Hashable, Sendable {
  /// What a sentence says.
  enum Kind: Int, CaseIterable, Sendable {
    case has, more, fewer, times
    case gains, packs, loses, halves, gives
    case together, difference, now, dollars, containers

    /// It says what somebody begins with.
    var begins: Bool { rawValue <= Kind.times.rawValue }
    /// It is a question.
    var asks: Bool { rawValue >= Kind.together.rawValue }
  }

  /// One sentence; of `dollars` and `containers` two, for the question says first what becomes of the things.
  struct Sentence: Hashable, Sendable {
    var kind: Kind
    var person: String
    /// Whom they are compared with, or who is given something; empty where there is nobody.
    var other = ""
    /// What it counts, in order.
    var numbers: [Int] = []
    /// The verb, or what things are packed into; empty where the kind says it all.
    var word = ""
  }

  /// Where a number stands.
  struct Place: Hashable, Sendable {
    var sentence: Int
    var number: Int
  }

  /// What is counted: `apples`.
  var thing: String
  /// All sentences; the last one asks, and no other.
  var sentences: [Sentence]

  /// The numbers' places in order.
  var places: [Place] {
    sentences.indices.flatMap { sentence in
      sentences[sentence].numbers.indices.map { Place(sentence: sentence, number: $0) }
    }
  }

  /// The number at a place.
  subscript(place: Place) -> Int {
    get { sentences[place.sentence].numbers[place.number] }
    set { sentences[place.sentence].numbers[place.number] = newValue }
  }

  /// Everybody of whom it is said what they begin with, in order.
  var people: [String] { sentences.filter(\.kind.begins).map(\.person) }

  /// Everybody the question asks about.
  var asked: [String] { sentences.last.map { [$0.person, $0.other].filter { !$0.isEmpty } } ?? [] }

  /// Where the first sentence stands that is no beginning.
  var firstEvent: Int { sentences.firstIndex { !$0.kind.begins } ?? sentences.count }

  /// What the story is without its names, its things and the order of its numbers: two stories with one key ask the same of
  /// whoever solves them, or nearly so. What is held out is held out by it.
  var key: String {
    var aliases: [String: Int] = [:]
    func alias(_ name: String) -> String {
      if name.isEmpty { return "" }
      if aliases[name] == nil { aliases[name] = aliases.count }
      return ",\(aliases[name] ?? 0)"
    }
    let said = sentences.map { "\($0.kind)\(alias($0.person))\(alias($0.other))" }
    return said.joined(separator: ";") + "|" + places.map { self[$0] }.sorted().map(String.init).joined(separator: ",")
  }
}

/// What is wrong with a question, and where.
struct PromptFault: Error, Equatable {
  let reason: ImaginedPrompt.Reason
  let note: String

  init(_ reason: ImaginedPrompt.Reason, _ note: String) { (self.reason, self.note) = (reason, note) }
}
