import Foundation
import Vocabulary

/// How the sentences of a ``WordStory`` are written: one table, by which they are read as well.
extension WordStory {
  /// A sentence's words without the last mark. `P` and `Q` are people, `T` is the thing, `N` a number, `B` a container; words with
  /// bars between them are verbs of one meaning.
  private static let table: [(Kind, String)] = [
    (.has, "P has N T"),
    (.more, "P has N more T than Q"),
    (.fewer, "P has N fewer T than Q"),
    (.times, "P has N times as many T as Q"),
    (.gains, "P buys|finds|picks N T"),
    (.packs, "P buys N B of N T"),
    (.loses, "P loses|sells N T"),
    (.halves, "P gives away half of the T"),
    (.gives, "P gives N T to Q"),
    (.together, "How many T do P and Q have together now"),
    (.difference, "How many more T does P have than Q now"),
    (.now, "How many T does P have now"),
    (.dollars, "P sells all the T for N dollars each. How many dollars does P get"),
    (.containers, "P packs all the T into B of N. How many B does P get"),
  ]

  private static let patterns = table.map { (kind: $0, words: $1.split(separator: " ")) }

  // MARK: - Reading

  /// Reads a story.
  ///
  /// - Throws: the first sentence that is none of the family's. Complexity: O(length).
  init(_ text: String) throws(PromptFault) {
    guard text.hasSuffix("?") else { throw PromptFault(.form, "it does not end in a question") }
    var parts = text.dropLast().components(separatedBy: ". ").map { Substring($0) }
    var (sentences, things): ([Sentence], Set<String>) = ([], [])
    func take(_ part: Substring, asks: Bool) -> Bool {
      guard let (sentence, thing) = Self.read(part, asks: asks) else { return false }
      sentences.append(sentence)
      things.insert(thing)
      return true
    }
    var question = parts.removeLast()
    if let before = parts.last, Self.read("\(before). \(question)", asks: true) != nil {
      question = "\(parts.removeLast()). \(question)"
    }
    for part in parts where !take(part, asks: false) {
      throw PromptFault(.form, "'\(SafeText.quotation(String(part), limit: 80))' is no sentence of a story")
    }
    guard take(question, asks: true) else {
      throw PromptFault(.form, "'\(SafeText.quotation(String(question), limit: 80))' is no question of a story")
    }
    guard !parts.isEmpty else { throw PromptFault(.form, "nothing is told before the question") }
    guard things.count == 1, let thing = things.first else {
      throw PromptFault(.form, "it counts \(things.sorted().joined(separator: " and "))")
    }
    self.init(thing: thing, sentences: sentences)
  }

  /// A sentence with its thing; nil for one of another family.
  private static func read(_ text: some StringProtocol, asks: Bool) -> (Sentence, thing: String)? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { Substring($0) }
    for (kind, pattern) in patterns where kind.asks == asks && pattern.count == words.count {
      if let found = read(words, as: pattern, kind) { return found }
    }
    return nil
  }

  private static func read(_ words: [Substring], as pattern: [Substring], _ kind: Kind) -> (Sentence, String)? {
    var bound: [Substring: Substring] = [:]
    var sentence = Sentence(kind: kind, person: "")
    for (mark, word) in zip(pattern, words) {
      let stop = mark.last == "."
      guard !stop || word.last == "." else { return nil }
      let (mark, word) = stop ? (mark.dropLast(), word.dropLast()) : (mark, word)
      switch mark {
      case "N":
        guard let number = number(word) else { return nil }
        sentence.numbers.append(number)
      case "P", "Q", "T", "B":
        let isName = mark == "P" || mark == "Q"
        guard isName ? isPerson(word) : isThing(word), bound[mark, default: word] == word else { return nil }
        bound[mark] = word
      default:
        let meant = mark.split(separator: "|")
        guard meant.contains(word) else { return nil }
        if meant.count > 1 { sentence.word = String(word) }
      }
    }
    guard let person = bound["P"] else { return nil }
    sentence.person = String(person)
    sentence.other = bound["Q"].map(String.init) ?? ""
    if let container = bound["B"] { sentence.word = String(container) }
    // Two sentences of a question say their thing once.
    guard let thing = bound["T"] else { return nil }
    return (sentence, String(thing))
  }

  private static func isPerson(_ word: Substring) -> Bool {
    word.first.map { $0.isASCII && $0.isUppercase } == true && word.allSatisfy { $0.isASCII && $0.isLetter }
  }

  private static func isThing(_ word: Substring) -> Bool {
    !word.isEmpty && word.allSatisfy { $0.isASCII && $0.isLowercase }
  }

  /// A number of one to six digits, from 1.
  private static func number(_ word: Substring) -> Int? {
    let isPlain = (1...6).contains(word.utf8.count) && word.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isPlain && word.first != "0" ? Int(word) : nil
  }

  // MARK: - Writing

  /// The story as it is told.
  var text: String { text(hiding: nil) }

  /// The story with an x in place of one number.
  func text(hiding place: Place?) -> String {
    (told(hiding: place) + [words(of: sentences.count - 1, place) + "?"]).joined(separator: " ")
  }

  /// Everything before the question, a sentence each.
  func told(hiding place: Place?) -> [String] { sentences.indices.dropLast().map { words(of: $0, place) + "." } }

  /// A sentence without its last mark.
  private func words(of index: Int, _ hidden: Place?) -> String {
    let sentence = sentences[index]
    guard let pattern = Self.patterns.first(where: { $0.kind == sentence.kind })?.words else { return "" }
    var number = 0
    return pattern.map { mark in
      let stop = mark.last == "." ? "." : ""
      switch stop.isEmpty ? mark : mark.dropLast() {
      case "P": return sentence.person + stop
      case "Q": return sentence.other + stop
      case "T": return thing + stop
      case "B": return sentence.word + stop
      case "N":
        defer { number += 1 }
        return (hidden == Place(sentence: index, number: number) ? "x" : String(sentence.numbers[number])) + stop
      case let other: return (other.contains("|") ? sentence.word : String(other)) + stop
      }
    }.joined(separator: " ")
  }
}
