import Vocabulary

extension LabelFormat {
  /// The files of Math-Shepherd: a solution whose steps end in a sign, `+` where a rollout from there came out right, else `-`.
  public static let mathShepherd = LabelFormat(
    name: "math-shepherd", help: "solutions with a sign behind each step, as in Math-Shepherd's files",
    fits: { $0["input"]?.text?.contains(MathShepherdLine.mark) == true && $0["label"]?.text != nil },
    read: { try MathShepherdLine.read(ForeignFields(value: $0)) }, write: { MathShepherdLine.write($0) })
}

/// A line of Math-Shepherd.
private enum MathShepherdLine {
  /// What stands behind each step of the input.
  static let mark = "\u{43A}\u{438}"
  /// Who labelled it: rollouts, not people.
  private static let who = "Math-Shepherd"
  private static let firstStep = "Step 1:"

  static func read(_ line: ForeignFields) throws -> LabelledLine {
    let (input, label) = (try line.text("input"), try line.text("label"))
    var signs: [StepLabel] = []
    var rest = label[...]
    var steps: [String] = []
    let parts = input.components(separatedBy: mark)
    for part in parts.dropLast() {
      // The label is the input with signs in place of the marks.
      guard rest.hasPrefix(part), let sign = rest.dropFirst(part.count).first, sign == "+" || sign == "-" else {
        throw line.fault("label", "the text of 'input' with + or - in place of each mark (step \(steps.count + 1))")
      }
      rest = rest.dropFirst(part.count + 1)
      signs.append(sign == "+" ? .good : .bad)
      steps.append(part)
    }
    guard let first = steps.first, let cut = first.firstRange(of: firstStep) else {
      throw line.fault("input", "a question and steps that begin with '\(firstStep)'")
    }
    let question = trimmed(first[..<cut.lowerBound])
    steps[0] = String(first[cut.lowerBound...])
    return LabelledLine(
      problem: Problem(id: String(SHA256.hex(question.utf8).prefix(12)), question: question, source: "Math-Shepherd"),
      who: who,
      steps: zip(steps, signs).map { text, sign in
        LabelledLine.Step(options: [.init(text: trimmed(text[...]), rating: sign)], chosen: 0)
      })
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last.isWhitespace { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }

  /// Nil where a step has no label, or one that the form does not know.
  static func write(_ line: LabelledLine) -> ForeignValue? {
    var (input, label) = (line.problem.question, line.problem.question)
    var separator = " "
    for step in line.steps {
      guard let option = step.chosen.map({ step.options[$0] }) ?? step.own, let rating = option.rating,
        rating != .neutral
      else { return nil }
      input += "\(separator)\(option.text) \(mark)"
      label += "\(separator)\(option.text) \(rating == .good ? "+" : "-")"
      separator = "\n"
    }
    return line.steps.isEmpty ? nil : .made(["input": .text(input), "label": .text(label), "task": .null])
  }
}
