import Foundation

/// A text as the guards compare it: its words in lower case, without marks, spacing and what cannot be seen.
struct TextWords: Sendable {
  /// The text in which ``ranges`` are: compatible spellings of a letter made one, invisible scalars left out.
  let text: String
  /// The words in lower case. Where a script puts no spaces between words, every character is one.
  let words: [String]
  /// Where each word stands in ``text``.
  let ranges: [Range<String.Index>]
  /// The words, names replaced by the order of their appearance; numbers stay.
  let masked: [String]

  /// Complexity: O(length).
  init(_ given: String) {
    var visible = String.UnicodeScalarView()
    for scalar in given.precomposedStringWithCompatibilityMapping.unicodeScalars
    where scalar.properties.generalCategory != .format { visible.append(scalar) }
    let text = String(visible)
    self.text = text
    var (words, ranges): ([String], [Range<String.Index>]) = ([], [])
    var capital: [Bool] = []
    var start: String.Index?
    func end(at index: String.Index) {
      guard let from = start else { return }
      let word = text[from..<index]
      words.append(word.lowercased())
      ranges.append(from..<index)
      capital.append(word.count > 1 && word.first?.isUppercase == true)
      start = nil
    }
    for index in text.indices {
      let character = text[index]
      guard character.isLetter || character.isNumber else {
        end(at: index)
        continue
      }
      if Self.standsAlone(character) {
        end(at: index)
        start = index
        end(at: text.index(after: index))
      } else if start == nil {
        start = index
      }
    }
    end(at: text.endIndex)
    (self.words, self.ranges) = (words, ranges)
    masked = Self.masked(words, capital)
  }

  /// Words that are capital wherever they stand are names, or begin sentences only; both tell nothing of what is asked. Numbers do.
  private static func masked(_ words: [String], _ capital: [Bool]) -> [String] {
    var isName: [String: Bool] = [:]
    for (word, isCapital) in zip(words, capital) { isName[word] = isName[word, default: true] && isCapital }
    // A text in capitals shows no names.
    guard capital.count(where: \.self) * 2 <= words.count else { return words }
    var aliases: [String: String] = [:]
    return words.map { word in
      guard isName[word] == true, HiddenNumber.words[word] == nil else { return word }
      if aliases[word] == nil { aliases[word] = "§\(aliases.count)" }
      return aliases[word] ?? word
    }
  }

  /// Thai, Lao, Burmese, Khmer, and all of East Asia.
  private static func standsAlone(_ character: Character) -> Bool {
    guard let value = character.unicodeScalars.first?.value, value >= 0x0E00 else { return false }
    return switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  /// The words in a row.
  var key: String { words.joined(separator: " ") }
  /// The masked words in a row.
  var maskedKey: String { masked.joined(separator: " ") }

  /// The text from one word to another, `to` not included.
  func span(_ from: Int, _ to: Int) -> String {
    from < to ? String(text[ranges[from].lowerBound..<ranges[to - 1].upperBound]) : ""
  }
}

/// Digests of runs of words: stable from one process to the next, so that what is found does not depend on the day.
enum WordRuns {
  /// FNV-1a of each word.
  static func digests(_ words: [String]) -> [UInt64] {
    words.map { $0.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
  }

  /// A digest of each run of `length` words, in order; of a shorter text, none. Complexity: O(words × length).
  static func runs(_ digests: [UInt64], of length: Int) -> [UInt64] {
    guard length > 0, digests.count >= length else { return [] }
    return (0...digests.count - length).map { start in
      digests[start..<start + length].reduce(0x9E37_79B9_7F4A_7C15) { ($0 &* 0x100_0000_01B3) ^ ($1 ^ $1 >> 29) }
    }
  }
}
