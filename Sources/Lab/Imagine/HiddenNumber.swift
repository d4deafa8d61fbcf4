/// The numbers of a question that may be hidden: in digits, or as words.
struct HiddenNumber: Equatable {
  /// The question with an x in its place.
  let text: String
  /// The number, in digits.
  let value: String
  /// As it stood.
  let spelling: String

  /// Every number of `question`, in order. Complexity: O(length × numbers).
  static func all(in question: String) -> [HiddenNumber] {
    var found: [HiddenNumber] = []
    var start: String.Index?
    func take(_ from: String.Index, _ end: String.Index) {
      let word = question[from..<end]
      guard let value = value(of: word) else { return }
      found.append(
        HiddenNumber(
          text: question[..<from] + "x" + question[end...], value: value, spelling: String(word)))
    }
    for index in question.indices {
      let character = question[index]
      let isInside = character.isLetter || character.isNumber || isMark(character, at: index, in: question)
      if isInside {
        if start == nil { start = index }
      } else if let from = start {
        take(from, index)
        start = nil
      }
    }
    if let from = start { take(from, question.endIndex) }
    return found
  }

  /// A point or comma between two digits.
  private static func isMark(_ character: Character, at index: String.Index, in text: String) -> Bool {
    guard character == "." || character == ",", index > text.startIndex else { return false }
    let next = text.index(after: index)
    return next < text.endIndex && text[text.index(before: index)].isASCIIDigit && text[next].isASCIIDigit
  }

  private static func value(of word: Substring) -> String? {
    if let number = words[word.lowercased()] { return String(number) }
    guard word.utf8.count <= 15, word.first?.isASCIIDigit == true else { return nil }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy { $0.isASCIIDigit || $0 == "," } }) else { return nil }
    // A comma parts thousands, or the number is none that is read alike everywhere.
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }), parts.count < 2 || !parts[1].contains(",") else {
      return nil
    }
    return groups.joined() + (parts.count == 2 ? "." + parts[1] : "")
  }

  /// Words that are numbers.
  static let words: [String: Int] = [
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
  ]
}

extension Character {
  /// One of 0…9.
  var isASCIIDigit: Bool { isASCII && isNumber }
}
