import TreeSearch
import Vocabulary

/// Makes a problem of a record.
struct ProblemLine {
  typealias Fault = ProblemRecord.Fault

  /// Fields that a problem has a place for, under the names of etascope's own files.
  private static let kept = ["id", "question", "answer", "source", "split", "tests", "pattern", "schema"]

  private let record: ProblemRecord
  private let turns: ProblemTurns?
  /// Names of the other fields that went into the problem. A list: they are a few, and a set of them for every record would be a
  /// third of reading a file.
  private var used: [String] = []

  /// The problem of `record`, and whether the file itself names it (by `id`, or as the user said). Throws ``Fault``.
  static func read(_ record: ProblemRecord) throws -> (loaded: LoadedProblem, isNamed: Bool) {
    var line = ProblemLine(record)
    return try line.read()
  }

  private init(_ record: ProblemRecord) {
    self.record = record
    let found = record.values(of: .turns).lazy.compactMap { found in
      ProblemTurns(found.value).map { (found.name, $0) }
    }.first
    guard let (name, turns) = found else {
      self.turns = nil
      return
    }
    used.append(name)
    // TRL's conversational rows: `prompt` and `completion` are turns both.
    let completion = record.values(of: .answer).lazy.compactMap { found in
      ProblemTurns(found.value).map { (found.name, $0) }
    }.first
    if let completion { used.append(completion.0) }
    self.turns = completion.map { ProblemTurns(turns, $0.1) } ?? turns
  }

  private mutating func read() throws -> (loaded: LoadedProblem, isNamed: Bool) {
    var question = try asked()
    let choices = try ProblemChoices(record)
    if let choices {
      used += choices.used
      question = choices.shown(below: question)
    }
    let (id, isNamed) = try identity(of: question)
    let answers = try choices.map { try rightChoices($0) } ?? answers(to: question)
    let problem = Problem(
      id: id, question: question, answer: answers.first, source: try text(.source), split: try text(.split),
      tests: try texts(.tests), pattern: try text(.pattern), schema: try objectText(.schema),
      system: try system(), choices: choices?.texts,
      accepted: answers.count > 1 ? Array(answers.dropFirst()) : nil)
    return (
      LoadedProblem(problem: problem, extra: try record.extra(without: isUsed), line: record.line), isNamed
    )
  }

  private func isUsed(_ name: String) -> Bool { Self.kept.contains(name) || used.contains(name) }

  // MARK: - The question

  private mutating func asked() throws -> String {
    var fault: Fault?
    for found in record.values(of: .question) {
      guard let text = found.value.text else {
        // A list under the name of a question may be a conversation.
        if ProblemTurns(found.value) == nil {
          fault = fault ?? Fault(field: found.name, expected: "expected a string, found \(found.value.kind.rawValue)")
        }
        continue
      }
      if text.isBlank { continue }
      used.append(found.name)
      return context(of: found) + text + below(found)
    }
    if let joined = record.joinedQuestion { return joined }
    if let asked = turns?.question, !asked.isBlank, !record.isNamed(.question) { return asked }
    throw fault ?? Fault(field: "question", expected: missing)
  }

  /// What is said of a record without a question.
  private var missing: String {
    let others = record.members.map(\.key).filter { !Self.kept.contains($0) && !$0.isBlank }
    let expected = "expected a string that is not empty"
    if others.isEmpty || record.values(of: .question).contains(where: { $0.value.text != nil }) { return expected }
    return expected + ", found the fields \(others.prefix(6).joined(separator: ", ")); "
      + "--fields question=NAME,answer=NAME says which is which"
  }

  /// What stands before the question.
  private mutating func context(of question: ProblemRecord.Found) -> String {
    let text = question.value.text ?? ""
    var before = ""
    for (field, gap) in [(ProblemField.passage, "\n\n"), (.body, " ")] {
      guard let found = record.value(of: field), let context = found.value.text?.trimmed, !context.isEmpty,
        found.name != question.name, !text.contains(context)
      else { continue }
      used.append(found.name)
      before += context + gap
    }
    return before
  }

  /// What stands below an instruction.
  private mutating func below(_ question: ProblemRecord.Found) -> String {
    guard ProblemField.plain(question.name) == "instruction" || record.isNamed(.input),
      let found = record.value(of: .input), let text = found.value.text
    else { return "" }
    used.append(found.name)
    return text.isBlank ? "" : "\n\n" + text
  }

  private mutating func system() throws -> String? {
    if let told = turns?.system, !told.isBlank { return told }
    guard let found = record.value(of: .system), let text = found.value.text, !text.isBlank else { return nil }
    used.append(found.name)
    return text
  }

  // MARK: - Its name

  private mutating func identity(of question: String) throws -> (String, isNamed: Bool) {
    for found in record.values(of: .id) {
      let isOwn = found.name == "id" || record.isNamed(.id)
      let isText = found.value.kind == .string || found.value.kind == .number
      guard isText, let id = found.value.word else {
        if isOwn {
          throw Fault(
            field: found.name, expected: "expected a string or a number, found \(found.value.kind.rawValue)")
        }
        continue
      }
      guard !id.isEmpty, id == id.printable else {
        if !isOwn { continue }
        throw Fault(
          field: found.name, expected: "expected a string that is not empty and has no control characters")
      }
      used.append(found.name)
      return (id, isOwn)
    }
    return (String(SHA256.hex(question.utf8).prefix(12)), false)
  }

  // MARK: - The answer

  /// The texts of the choices that are right, at most one but where the file lists several.
  private mutating func rightChoices(_ choices: ProblemChoices) throws -> [String] {
    if let marked = choices.marked { return [choices.texts[marked]] }
    let fields: [ProblemField] = record.isNamed(.answer) ? [.answer] : [.right, .answer]
    let given = fields.flatMap { record.values(of: $0) }.filter { !choices.used.contains($0.name) }
    for found in given {
      let values = found.value.elements ?? [found.value]
      let places = values.map { choices.place(of: ProblemRecord.Found(name: found.name, value: $0)) }
      let right = places.compactMap { $0 }
      guard !right.isEmpty, right.count == places.count else { continue }
      used.append(found.name)
      return right.map { choices.texts[$0] }
    }
    guard let first = given.first(where: { $0.value.word?.isBlank != true }) else { return [] }
    throw Fault(
      field: first.name,
      expected:
        "expected one of the \(choices.texts.count) options, by its letter, its place from 0 or its text, found "
        + (first.value.word.map { "'\($0.prefix(60))'" } ?? first.value.kind.rawValue))
  }

  /// The reference and what else is accepted.
  private mutating func answers(to question: String) throws -> [String] {
    for found in record.values(of: .answer) where Self.kept.contains(found.name) || !used.contains(found.name) {
      let texts = AcceptedAnswers.texts(found.value)?.filter { !$0.isBlank }
      guard let texts else {
        if ProblemTurns(found.value) != nil { continue }
        throw Fault(
          field: found.name,
          expected: "expected a string, a number, true or false, or a list of accepted answers, found "
            + found.value.kind.rawValue)
      }
      if texts.isEmpty { continue }
      if Self.isSolution(found.name) {
        // The field itself is kept: it is more than its answer.
        return texts.map { AnswerFormat.answer(in: $0) ?? $0 }
      }
      used.append(found.name)
      return texts
    }
    // A conversation about something else says nothing of this question.
    guard let turns, turns.question == question, let reference = turns.reference, !reference.isBlank else { return [] }
    return [AnswerFormat.answer(in: reference) ?? reference]
  }

  /// True for names of texts that say how the answer is found as well.
  private static func isSolution(_ name: String) -> Bool {
    ["solution", "output", "completion", "response"].contains(ProblemField.plain(name))
  }

  // MARK: - Fields of one kind

  private mutating func text(_ field: ProblemField) throws -> String? {
    guard let found = record.value(of: field) else { return nil }
    guard let text = found.value.text else {
      throw Fault(field: found.name, expected: "expected a string, found \(found.value.kind.rawValue)")
    }
    used.append(found.name)
    return text
  }

  /// The texts of an optional list of strings.
  private mutating func texts(_ field: ProblemField) throws -> [String]? {
    guard let found = record.value(of: field) else { return nil }
    let elements =
      found.value.elements
      ?? found.value.text.flatMap { text in
        try? JSONScanner.elements(of: Array(text.utf8)[...])
      }
    guard let elements, elements.allSatisfy({ $0.text != nil }) else {
      throw Fault(field: found.name, expected: "expected a list of strings")
    }
    used.append(found.name)
    return elements.isEmpty ? nil : elements.compactMap(\.text)
  }

  /// An optional object, as its text.
  private mutating func objectText(_ field: ProblemField) throws -> String? {
    guard let found = record.value(of: field) else { return nil }
    used.append(found.name)
    if found.value.kind == .object { return String(decoding: found.value.raw, as: UTF8.self) }
    // A table holds it as text.
    if let text = found.value.text, (try? JSONScanner.members(of: Array(text.utf8)[...])) != nil { return text }
    throw Fault(field: found.name, expected: "expected an object, found \(found.value.kind.rawValue)")
  }
}

/// Answers that are accepted, in the shapes of TriviaQA, DROP, Natural Questions and SQuAD.
private enum AcceptedAnswers {
  private static let names = [
    "value", "text", "number", "aliases", "spans", "answers", "answer", "ground_truth", "normalized_aliases",
  ]

  /// The texts of a value, each once; nil where it holds something else.
  static func texts(_ value: JSONScanner.Value) -> [String]? {
    var seen: Set<String> = []
    return all(value)?.filter { seen.insert($0).inserted }
  }

  private static func all(_ value: JSONScanner.Value) -> [String]? {
    if let word = value.word { return [word] }
    if let elements = value.elements {
      var texts: [String] = []
      for element in elements where element.kind != .null {
        guard let inner = all(element) else { return nil }
        texts += inner
      }
      return texts
    }
    guard let members = value.members else { return nil }
    let known = names.compactMap { name in members.first { $0.key.lowercased() == name } }
    let texts = known.filter { $0.kind != .null }.compactMap { all($0.value) }
    return known.isEmpty ? nil : texts.flatMap { $0 }
  }
}
