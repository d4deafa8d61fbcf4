import Vocabulary

extension LabelFormat {
  /// The files of PRM800K: every alternative of every step with a rating.
  public static let prm800k = LabelFormat(
    name: "prm800k", help: "labels of every alternative of every step, as in PRM800K's files",
    fits: { $0["question"]?.isObject == true && $0["label"]?.isObject == true },
    read: { try PRM800KLine.read(ForeignFields(value: $0)) }, write: { PRM800KLine.write($0) })
}

/// A line of PRM800K.
private enum PRM800KLine {
  static func read(_ line: ForeignFields) throws -> LabelledLine {
    let (question, label) = (try line.object("question"), try line.object("label"))
    let text = try question.text("problem")
    let quality = try line.flag("is_quality_control_question") == true
    let screening = try line.flag("is_initial_screening_question") == true
    let steps = try label.list("steps").enumerated().map { index, value in
      try step(ForeignFields(value: value, path: "label.steps[\(index)]."))
    }
    return LabelledLine(
      problem: Problem(
        id: String(SHA256.hex(text.utf8).prefix(12)), question: text,
        answer: question.value["ground_truth_answer"]?.text, source: "PRM800K"),
      who: try line.text("labeler"), at: line.value["timestamp"]?.text,
      purpose: screening ? .screening : quality ? .control : .work,
      milliseconds: label.value["total_time"]?.whole,
      finish: label.value["finish_reason"]?.text.flatMap { Label.Finish(rawValue: $0) }, steps: steps)
  }

  private static func step(_ step: ForeignFields) throws -> LabelledLine.Step {
    guard step.value.isObject else {
      throw LabelLineFault(
        field: String(step.path.dropLast()), expected: "expected an object, found \(step.value.kind)")
    }
    let isEmpty = step.value["completions"].map(\.isNull) ?? false
    let options = try (isEmpty ? [] : step.list("completions")).enumerated().map { index, value in
      try option(ForeignFields(value: value, path: "\(step.path)completions[\(index)]."))
    }
    var chosen: Int?
    if let value = step.value["chosen_completion"], !value.isNull {
      guard let index = value.whole, options.indices.contains(index) else {
        let most = options.isEmpty ? "null" : "null or a number from 0 to \(options.count - 1)"
        throw step.fault("chosen_completion", most)
      }
      chosen = index
    }
    return LabelledLine.Step(options: options, own: try own(step), chosen: chosen)
  }

  /// What the person wrote: an object like a completion, or the text alone.
  private static func own(_ step: ForeignFields) throws -> LabelledLine.Option? {
    guard let value = step.value["human_completion"], !value.isNull else { return nil }
    if let text = value.text { return LabelledLine.Option(text: text) }
    guard value.isObject else { throw step.fault("human_completion", "an object, a string or null") }
    return try option(ForeignFields(value: value, path: "\(step.path)human_completion."))
  }

  private static func option(_ option: ForeignFields) throws -> LabelledLine.Option {
    guard option.value.isObject else {
      throw LabelLineFault(
        field: String(option.path.dropLast()), expected: "expected an object, found \(option.value.kind)")
    }
    return LabelledLine.Option(
      text: try option.text("text"), rating: try option.rating("rating"),
      isFlagged: try option.flag("flagged") ?? false)
  }

  static func write(_ line: LabelledLine) -> ForeignValue? {
    func option(_ option: LabelledLine.Option) -> ForeignValue {
      .made([
        "text": .text(option.text), "rating": ForeignValue(option.rating?.rawValue), "flagged": .flag(option.isFlagged),
      ])
    }
    func own(_ option: LabelledLine.Option) -> ForeignValue {
      .made([
        "text": .text(option.text), "rating": ForeignValue(option.rating?.rawValue), "source": .text("human"),
        "flagged": .flag(option.isFlagged), "corrected_rating": .null,
      ])
    }
    let steps = line.steps.map { step in
      ForeignValue.made([
        "completions": .list(step.options.map(option)), "human_completion": step.own.map(own) ?? .null,
        "chosen_completion": ForeignValue(step.chosen),
      ])
    }
    return .made([
      "labeler": .text(line.who), "timestamp": ForeignValue(line.at), "generation": .null,
      "is_quality_control_question": .flag(line.purpose == .control),
      "is_initial_screening_question": .flag(line.purpose == .screening),
      "question": .made([
        "problem": .text(line.problem.question), "ground_truth_solution": .null,
        "ground_truth_answer": ForeignValue(line.problem.answer), "pre_generated_steps": .null,
        "pre_generated_answer": .null, "pre_generated_verifier_score": .null,
      ]),
      "label": .made([
        "steps": .list(steps), "total_time": ForeignValue(line.milliseconds),
        "finish_reason": ForeignValue(line.finish?.rawValue),
      ]),
    ])
  }
}
