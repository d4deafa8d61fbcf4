import Vocabulary

extension LabelFormat {
  /// The files of PRMBench: a solution into which errors were put, and which of its steps have one.
  public static let prmBench = LabelFormat(
    name: "prmbench", help: "solutions with the steps that have an error, as in PRMBench's files",
    fits: { $0["modified_process"]?.list != nil && $0["error_steps"]?.list != nil },
    read: { try PRMBenchLine.read(ForeignFields(value: $0)) }, write: { PRMBenchLine.write($0) })
}

/// A line of PRMBench; its steps are counted from 1.
private enum PRMBenchLine {
  private static let who = "PRMBench"
  private static let longestID = 200

  static func read(_ line: ForeignFields) throws -> LabelledLine {
    let question = line.value["modified_question"]?.text ?? line.value["question"]?.text
    guard let question else { throw line.fault("question", "a string") }
    let texts = try line.list("modified_process").enumerated().map { index, value in
      guard let text = value.text else {
        throw LabelLineFault(field: "modified_process[\(index)]", expected: "expected a string, found \(value.kind)")
      }
      return text
    }
    let wrong = try line.list("error_steps").enumerated().map { index, value in
      guard let number = value.whole, 1...max(1, texts.count) ~= number else {
        throw LabelLineFault(field: "error_steps[\(index)]", expected: "expected a step from 1 to \(texts.count)")
      }
      return number
    }
    let id = line.value["idx"]?.text.flatMap { name in
      !name.isEmpty && name.utf8.count <= longestID && name == name.printable ? name : nil
    }
    return LabelledLine(
      problem: Problem(
        id: id ?? String(SHA256.hex(question.utf8).prefix(12)), question: question, source: "PRMBench"),
      who: who,
      steps: texts.enumerated().map { index, text in
        LabelledLine.Step(options: [.init(text: text, rating: wrong.contains(index + 1) ? .bad : .good)], chosen: 0)
      })
  }

  /// Nil where a step has no label, or one that the form does not know.
  static func write(_ line: LabelledLine) -> ForeignValue? {
    var (texts, wrong): ([ForeignValue], [ForeignValue]) = ([], [])
    for (index, step) in line.steps.enumerated() {
      guard let option = step.chosen.map({ step.options[$0] }) ?? step.own, let rating = option.rating,
        rating != .neutral
      else { return nil }
      texts.append(.text(option.text))
      if rating == .bad { wrong.append(ForeignValue(index + 1)) }
    }
    return .made([
      "idx": .text(line.problem.id), "question": .text(line.problem.question),
      "modified_question": .text(line.problem.question), "modified_process": .list(texts), "error_steps": .list(wrong),
    ])
  }
}
