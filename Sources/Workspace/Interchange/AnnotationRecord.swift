import Vocabulary

/// A record of a labelling tool: the texts that a person saw, and what that person said of them by the name of the question.
///
/// Step tasks have the steps as a list, as fields `step_1`, `step_2`, …, or as the lines of a whole solution; pair tasks have two
/// texts. What is asked of a step goes by the field's name; of a pair one is preferred.
struct AnnotationRecord {
  let fields: ForeignFields
  /// What was said, as words, by the name of the question.
  let said: [String: String]
  /// The preferred text of a pair, where the tool has its own way to say it: 0 or 1.
  var preferred: Int?
  let who: String
  let source: String
  var at: String?
  var milliseconds: Int?

  private static let questions = ["prompt", "question", "instruction", "problem", "input", "context"]
  private static let solutions = ["response", "solution", "completion", "output", "text"]
  private static let pairs = [
    ("response_a", "response_b"), ("response-a", "response-b"), ("response_1", "response_2"),
    ("completion_a", "completion_b"), ("completion_1", "completion_2"), ("answer1", "answer2"), ("text1", "text2"),
    ("chosen", "rejected"), ("left", "right"),
  ]
  private static let choices = ["preference", "choice", "better", "preferred", "label", "ranking"]
  private static let firstErrors = ["first_error", "error_step", "first_error_step"]

  /// The line that it says. Throws ``LabelLineFault``.
  func line() throws -> LabelledLine {
    guard let question = Self.questions.lazy.compactMap({ fields.value[$0]?.text }).first else {
      throw fields.fault(
        Self.questions[0], "a string, or one called \(Self.questions.dropFirst().joined(separator: ", "))")
    }
    var line = LabelledLine(
      problem: Problem(id: String(SHA256.hex(question.utf8).prefix(12)), question: question, source: source),
      who: who, at: at, milliseconds: milliseconds, steps: [])
    line.steps = try pairSteps() ?? steps()
    return line
  }

  private func pairSteps() throws -> [LabelledLine.Step]? {
    for (one, other) in Self.pairs {
      guard let first = fields.value[one]?.text, let second = fields.value[other]?.text else { continue }
      var chosen = preferred
      if let word = Self.choices.lazy.compactMap({ said[$0] }).first { chosen = chosen ?? place(word, one, other) }
      // Whoever prefers one text says nothing bad of the other.
      let options = [first, second].enumerated().map { index, text in
        LabelledLine.Option(text: text, rating: index == chosen ? .good : nil)
      }
      return [LabelledLine.Step(options: options, chosen: chosen)]
    }
    return nil
  }

  private func place(_ word: String, _ one: String, _ other: String) -> Int? {
    let word = word.lowercased()
    let (first, second) = (one.lowercased(), other.lowercased())
    if [first, String(first.suffix(1)), "left", "first", "chosen"].contains(word) { return 0 }
    return [second, String(second.suffix(1)), "right", "second", "rejected"].contains(word) ? 1 : nil
  }

  private func steps() throws -> [LabelledLine.Step] {
    let texts = try stepTexts()
    let firstError = Self.firstErrors.lazy.compactMap { said[$0] }.first.flatMap { Int($0) }
    return try texts.enumerated().map { index, text in
      var rating: StepLabel?
      let names = ["step_\(index + 1)", "step-\(index + 1)", "step\(index + 1)"]
      if let word = names.lazy.compactMap({ said[$0] }).first {
        guard let known = Self.ratings[word.lowercased()] else {
          throw LabelLineFault(
            field: names[0], expected: "expected good, neutral, bad or 1, 0, -1, found '\(word.printable)'")
        }
        rating = known
      } else if let firstError {
        // Steps are counted from 1; 0 says that none is wrong.
        rating = firstError <= 0 || index + 1 < firstError ? .good : index + 1 == firstError ? .bad : nil
      }
      return LabelledLine.Step(options: [.init(text: text, rating: rating)], chosen: 0)
    }
  }

  private func stepTexts() throws -> [String] {
    if let list = fields.value["steps"]?.list {
      return try list.enumerated().map { index, value in
        guard let text = value.text else {
          throw LabelLineFault(
            field: "\(fields.path)steps[\(index)]", expected: "expected a string, found \(value.kind)")
        }
        return text
      }
    }
    var texts: [String] = []
    while let text = fields.value["step_\(texts.count + 1)"]?.text ?? fields.value["step-\(texts.count + 1)"]?.text {
      texts.append(text)
    }
    if !texts.isEmpty { return texts }
    guard let whole = Self.solutions.lazy.compactMap({ fields.value[$0]?.text }).first else {
      throw fields.fault("steps", "the steps of a solution, or the two texts of a pair")
    }
    let lines = whole.split(whereSeparator: \.isNewline).map(String.init)
    if lines.isEmpty { throw fields.fault(Self.solutions[0], "a text that is not empty") }
    return lines
  }

  private static let ratings: [String: StepLabel] = [
    "good": .good, "correct": .good, "right": .good, "positive": .good, "true": .good, "yes": .good, "1": .good,
    "+": .good,
    "bad": .bad, "incorrect": .bad, "wrong": .bad, "negative": .bad, "false": .bad, "no": .bad, "-1": .bad, "-": .bad,
    "neutral": .neutral, "ok": .neutral, "okay": .neutral, "0": .neutral,
  ]

  /// How tools' words for it are written.
  static func word(_ rating: StepLabel) -> String {
    switch rating {
    case .good: "good"
    case .neutral: "neutral"
    case .bad: "bad"
    }
  }

  /// The members `step_1`, … that a line has, and what is said of them; a pair's two texts and the preferred one.
  static func members(
    of line: LabelledLine
  ) -> (fields: [(String, String)], said: [(String, String)], preferred: (name: String, place: Int)?) {
    if line.steps.count == 1, line.steps[0].options.count == 2 {
      let step = line.steps[0]
      let fields = zip(["response_a", "response_b"], step.options).map { ($0, $1.text) }
      return (fields, [], step.chosen.map { (["response_a", "response_b"][$0], $0) })
    }
    var (fields, said): ([(String, String)], [(String, String)]) = ([], [])
    for (index, step) in line.steps.enumerated() {
      guard let option = step.chosen.map({ step.options[$0] }) ?? step.own ?? step.options.first else { continue }
      fields.append(("step_\(index + 1)", option.text))
      if let rating = option.rating { said.append(("step_\(index + 1)", word(rating))) }
    }
    return (fields, said, nil)
  }

  /// An object of `members`.
  static func object(_ members: [(String, ForeignValue)]) -> ForeignValue {
    .object(
      members.map { ForeignValue.Member(key: $0, value: $1) }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
  }
}

extension ForeignValue {
  /// A text, or a number or a flag as it is written.
  var word: String? {
    switch self {
    case .text(let text): text
    case .number(let digits): digits
    case .flag(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// The members of an object.
  var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// The same with `value` in place of what is called `key`.
  func with(_ key: String, _ value: ForeignValue) -> ForeignValue {
    .object(
      (members.filter { !$0.key.utf8.elementsEqual(key.utf8) } + [Member(key: key, value: value)])
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
  }
}
