import Vocabulary

extension ExplorerState {
  /// Says something of the task on the screen.
  mutating func say(_ word: LabelWord) -> [Effect] {
    labelling?.say(word).map { [.run(.label($0))] } ?? []
  }

  /// Labels the line at the cursor and goes on: from a step to the next step, from an alternative to the next line. The label that it
  /// has already is taken away.
  mutating func label(_ label: StepLabel) -> [Effect] {
    guard let screen = labelling else { return [] }
    let (place, has) = (screen.place, screen.task.steps[screen.step].lines[screen.line].label)
    let isOn = has != label
    let effects = say(.step(place, isOn ? label : nil))
    if isOn {
      if place.line == 0 { labelling?.nextStep() } else { labelling?.move(by: 1) }
    }
    return effects
  }

  /// Says what the whole is, and goes to the next task.
  mutating func judge(_ verdict: Judgement.Verdict) -> [Effect] { say(.verdict(verdict)) + nextTask() }

  /// Says how the problem ends, and goes to the next task.
  mutating func finish(_ reason: FinishReason) -> [Effect] { say(.finish(reason)) + nextTask() }

  /// Opens the next task of the list of which the person has said nothing.
  mutating func nextTask() -> [Effect] {
    guard let labelling else { return [] }
    let task = labelling.task
    problems.select(task.problem, height: layout.listRows)
    if task.verdict != nil || task.finish != nil || task.labelled == task.steps.count {
      problems.decide(task.problem, ProblemDecision(verdict: task.verdict, who: task.decides ? "decided" : "you"))
    }
    guard problems.find(height: layout.listRows, { $0.decision == nil && $0.id != task.problem }),
      let next = problems.selected
    else {
      message = .notice("none is left: all \(problems.entries.count) are done")
      return leaveTask()
    }
    return [.run(.openProblem(next.id))]
  }

  /// Goes back to the list.
  mutating func leaveTask() -> [Effect] {
    labelling = nil
    return [.run(.closeRun)]
  }

  /// Takes the last word back.
  mutating func takeWordBack() -> [Effect] {
    guard let word = labelling?.takeBack() else { return [] }
    message = .notice("taken back")
    return [.run(.label(word))]
  }

  /// What is on the labelling screen, in lines.
  var plainTask: [String] {
    guard let screen = labelling else { return [] }
    let task = screen.task
    return ["\(task.problem): \(task.question)"]
      + task.steps.enumerated().map { index, step in
        let line = step.lines[0]
        let label = line.label.map { ", labelled \($0.word)" } ?? ""
        let sides = line.sides.isEmpty ? "" : " (\(line.sides.joined(separator: "; ")))"
        return "\(index == screen.step ? "Here, step" : "Step") \(index + 1): \(line.text)\(label)\(sides)"
      }
  }
}
