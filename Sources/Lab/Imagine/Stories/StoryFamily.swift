import Foundation
import Vocabulary

/// What `SampleData/Models/Training/stories.py` says of all stories: names, ranges of numbers, and which split a story belongs to.
enum StoryFamily {
  /// The people.
  static let names = [
    "Mina", "Omar", "Lena", "Tom", "Ana", "Ben", "Ivy", "Raj", "Zoe", "Max", "Nora", "Finn",
  ]
  /// People of one story, at most.
  static let mostPeople = 3
  /// What things are packed into.
  static let containers = ["bags", "boxes", "packs", "trays"]
  /// Verbs of one meaning.
  static let gaining = ["buys", "finds", "picks"]
  static let losing = ["loses", "sells"]

  /// The numbers that the family's stories of the standard tier have at a place of a sentence.
  static func range(_ kind: WordStory.Kind, _ number: Int) -> ClosedRange<Int> {
    switch kind {
    case .has: 3...30
    case .times: 2...4
    case .packs: number == 0 ? 2...6 : 2...8
    case .dollars: 2...5
    case .containers: 2...9
    default: 2...20
    }
  }

  /// The split that a question belongs to: `train`, `dev` or `test`, 2 % each of the latter two, by a digest of the question without
  /// its names, things and containers. Whatever digests to dev or test may be a question that a model is measured by.
  static func split(of question: String) -> String {
    let digest = SHA256.digest(masked(question).utf8)
    let bucket = digest.prefix(4).reduce(0) { $0 << 8 | Int($1) } % 50
    return bucket == 0 ? "test" : bucket == 1 ? "dev" : "train"
  }

  /// The question with every word of its own replaced by the order of its appearance.
  static func masked(_ question: String) -> String {
    var aliases: [String: String] = [:]
    var (out, word) = ("", "")
    func end() {
      if word.isEmpty { return }
      if !fixed.contains(word), aliases[word] == nil { aliases[word] = "w\(aliases.count)" }
      out += aliases[word] ?? word
      word = ""
    }
    for scalar in question.unicodeScalars {
      if scalar.isASCII, scalar.properties.isAlphabetic {
        word.unicodeScalars.append(scalar)
      } else {
        end()
        out.unicodeScalars.append(scalar)
      }
    }
    end()
    return out
  }

  private static let fixed = Set(
    """
    has more fewer times as many than buys finds picks of loses sells gives away half the to How do and have together now does \
    all for dollars each get packs into
    """.split(separator: " ").map(String.init))
}
