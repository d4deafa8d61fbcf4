import Vocabulary

extension LabelFormat {
  /// The files of ProcessBench: one solution, and which of its steps is the first that is wrong.
  public static let processBench = LabelFormat(
    name: "processbench", help: "solutions with their first wrong step, as in ProcessBench's files",
    fits: { $0["problem"]?.text != nil && $0["steps"]?.list != nil },
    read: { try ProcessBenchLine.read(ForeignFields(value: $0)) }, write: { ProcessBenchLine.write($0) })
}

/// A line of ProcessBench.
private enum ProcessBenchLine {
  /// Who labelled it: the files name nobody.
  private static let who = "ProcessBench"
  /// The longest id that becomes a problem's.
  private static let longestID = 200

  static func read(_ line: ForeignFields) throws -> LabelledLine {
    let text = try line.text("problem")
    let texts = try line.list("steps").enumerated().map { index, value in
      guard let text = value.text else {
        throw LabelLineFault(field: "steps[\(index)]", expected: "expected a string, found \(value.kind)")
      }
      return text
    }
    var label: Int?
    if let value = line.value["label"], !value.isNull {
      guard let number = value.whole, number >= -1, number < texts.count else {
        throw line.fault("label", texts.isEmpty ? "-1 or null" : "null or a number from -1 to \(texts.count - 1)")
      }
      label = number
    }
    let right = try line.flag("final_answer_correct")
    let id = line.value["id"]?.text.flatMap { name in
      !name.isEmpty && name.utf8.count <= longestID && name == name.printable ? name : nil
    }
    let steps = texts.enumerated().map { index, text in
      let rating: StepLabel? = label.flatMap { $0 < 0 || index < $0 ? .good : index == $0 ? .bad : nil }
      return LabelledLine.Step(options: [.init(text: text, rating: rating)], chosen: 0)
    }
    return LabelledLine(
      problem: Problem(
        id: id ?? String(SHA256.hex(text.utf8).prefix(12)), question: text, source: "ProcessBench"),
      models: line.value["generator"]?.text.map { ["policy": $0] } ?? [:], who: who,
      verdict: label.map { $0 < 0 ? .good : .bad }, isAnswerRight: right, steps: steps)
  }

  /// Nil where a step before the first wrong one has no label, or one that the form does not know.
  static func write(_ line: LabelledLine) -> ForeignValue? {
    var texts: [String] = []
    var (label, isOpen, isLabelled): (Int?, Bool, Bool) = (nil, false, false)
    for (index, step) in line.steps.enumerated() {
      guard
        let option = step.chosen.map({ step.options[$0] }) ?? step.own
          ?? step.options.first(where: { $0.rating == .bad })
      else { break }
      texts.append(option.text)
      isLabelled = isLabelled || option.rating != nil
      if label == nil, option.rating == .bad { label = index }
      if label == nil, option.rating == nil { isOpen = true }
    }
    if isOpen, isLabelled || line.verdict != nil { return nil }
    if label == nil, !isOpen, isLabelled || line.verdict == .good { label = -1 }
    return .made([
      "id": .text(line.problem.id), "generator": ForeignValue(line.models["policy"]),
      "problem": .text(line.problem.question), "steps": .list(texts.map { .text($0) }),
      "final_answer_correct": ForeignValue(line.isAnswerRight), "label": ForeignValue(label),
    ])
  }
}
