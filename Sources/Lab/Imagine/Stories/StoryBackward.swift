/// The two forms in which the literature asks a problem backwards: a known number is hidden, and the answer is given.
enum BackwardForm: String, CaseIterable, Sendable {
  /// The question as it is, with an x, and its answer behind it (FOBAR, Jiang et al. 2023).
  case fobar
  /// The question as a statement that holds its answer (self-verification, Weng et al. 2022).
  case selfVerification = "self-verification"

  /// What asks for the hidden number, in MetaMath's words.
  static let asks = "What is the value of unknown variable x?"

  /// What tells the answer and asks for the hidden number, in MetaMath's words.
  static func asks(knowing answer: String) -> String {
    "If we know the answer to the above question is \(answer), what is the value of unknown variable x?"
  }
}

extension WordStory {
  /// The story asked backwards: its number at `place` is an x.
  func backward(hiding place: Place, answer: Int, as form: BackwardForm) -> String {
    switch form {
    case .fobar: text(hiding: place) + " " + BackwardForm.asks(knowing: String(answer))
    case .selfVerification:
      (told(hiding: place) + [statement(answer, hiding: place), BackwardForm.asks]).joined(separator: " ")
    }
  }

  /// The question as a statement.
  private func statement(_ answer: Int, hiding place: Place) -> String {
    guard let question = sentences.last else { return "" }
    let (person, other) = (question.person, question.other)
    let number = question.numbers.first.map { place.sentence == sentences.count - 1 ? "x" : String($0) } ?? ""
    return switch question.kind {
    case .together: "\(person) and \(other) have \(answer) \(thing) together now."
    case .difference: "\(person) has \(answer) more \(thing) than \(other) now."
    case .dollars: "\(person) sells all the \(thing) for \(number) dollars each. \(person) gets \(answer) dollars."
    case .containers:
      "\(person) packs all the \(thing) into \(question.word) of \(number). \(person) gets \(answer) \(question.word)."
    default: "\(person) has \(answer) \(thing) now."
    }
  }
}
