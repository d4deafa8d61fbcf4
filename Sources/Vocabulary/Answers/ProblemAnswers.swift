/// The one place that says whether an answer to a problem is right, and whether two answers to it say the same.
extension Problem {
  /// The reference answer itself; `answer` may be a whole solution that ends in it.
  public var reference: String? { answer.map { AnswerFormat.answer(in: $0) ?? $0 } }

  /// True where `answer` says the same as the reference or another accepted answer; nil without a reference. No answer is
  /// never right. For reports, never for a search. Complexity: O(length of the answers).
  public func accepts(_ answer: String?) -> Bool? {
    guard let right = self.answer else { return nil }
    guard let answer else { return false }
    return ([right] + (accepted ?? [])).contains { isSame(answer, as: $0) }
  }

  /// True where two answers to this problem say the same.
  public func agree(_ a: String, _ b: String) -> Bool { AnswerFormat.agree(a, b, among: choices) }

  private func isSame(_ answer: String, as reference: String) -> Bool {
    if let choices, let right = choices.firstIndex(of: reference) {
      // Two choices of the same text are right together.
      return AnswerFormat.choice(answer, among: choices).map { choices[$0] == choices[right] } ?? false
    }
    return AnswerFormat.isCorrect(answer, by: reference) == true
  }
}

extension AnswerFormat {
  /// Which of `choices` an answer names, from 0: by its letter (`B`, `(B)`, `B) 19`, `option B`), by its text, or by a value
  /// that agrees with it; nil where none. A letter alone is a letter, whatever the choices say.
  public static func choice(_ answer: String, among choices: [String]) -> Int? {
    let trimmed = Substring(answer).trimmed
    if let exact = choices.firstIndex(where: { $0 == trimmed }), trimmed.count > 1 { return exact }
    if let letter = AnswerValue(answer)?.letter, let place = letter.asciiValue.map({ Int($0) - 0x61 }),
      choices.indices.contains(place)
    {
      return place
    }
    return choices.firstIndex { agree(answer, $0) }
  }

  /// True where two answers say the same, or name the same of `choices`.
  public static func agree(_ a: String, _ b: String, among choices: [String]?) -> Bool {
    guard let choices else { return agree(a, b) }
    return switch (choice(a, among: choices), choice(b, among: choices)) {
    case (nil, nil): agree(a, b)
    case (let one, let other): one == other
    }
  }
}

extension AnswerValue {
  /// The option that is named by its letter, in lower case; nil for any other answer.
  fileprivate var letter: Character? {
    switch form {
    case .choice(let letter): letter
    case .quantity(let value, .none):
      // A lower-case letter alone reads as a variable.
      "abcdefghijklmnopqrstuvwxyz".first { value == Algebra(symbol: String($0)) }
    case .text(let text): text.count == 1 ? text.lowercased().first : nil
    default: nil
    }
  }
}
