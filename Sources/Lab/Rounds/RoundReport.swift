import Vocabulary
import Workspace

/// The tables of a series of rounds, made from the workspace: the same records give the same text.
package struct RoundReport: Sendable {
  /// A round with its plan and where it stands.
  package struct Round: Sendable {
    /// Its place and name.
    package let record: RoundRecord
    /// What was planned.
    package let plan: RoundPlan
    /// Where it stands.
    package let state: RoundState
  }

  /// A measured policy of the series.
  package struct Point: Sendable, Equatable {
    /// The round that left it behind; 0 for the one that the series began with.
    package let round: Int
    /// The share of held-out problems that it answers right, with its interval.
    package let accuracy: Statistics.Estimate
  }

  /// The series' name.
  package let series: String
  /// Its rounds, the first one first.
  package let rounds: [Round]

  /// Reads a series. Throws `WorkspaceError`, `LabError` where its records cannot be read.
  package init(series: String, in workspace: Workspace) throws {
    self.series = series
    rounds = try workspace.rounds().filter { $0.series == series }.sorted { $0.number < $1.number }.map {
      Round(record: $0, plan: try RoundPlan(of: $0), state: try workspace.state(of: $0))
    }
  }

  /// Accuracy by round of a measure such as `greedy` or `majority`: the policy that the series began with, then each round's.
  package func curve(_ measure: String) -> [Point] {
    rounds.flatMap { round -> [Point] in
      let report = round.state.reports[.evaluate]
      func point(_ arm: String, _ number: Int) -> Point? {
        report?["\(measure) \(arm)"].flatMap { figure in
          figure.interval.map {
            Point(
              round: number,
              accuracy: Statistics.Estimate(mean: figure.value, low: $0[0], high: $0[1]))
          }
        }
      }
      let after = point("after", round.record.number)
      return [round.record.number == 1 ? point("before", 0) : nil, after].compactMap(\.self)
    }
  }

  /// Measures that some round took, in their order.
  package var measures: [String] {
    var found: [String] = []
    for figure in rounds.flatMap({ $0.state.reports[.evaluate]?.figures ?? [] }) where figure.name.hasSuffix(" before")
    {
      let name = String(figure.name.dropLast(" before".count))
      if !found.contains(name) { found.append(name) }
    }
    return found
  }

  /// Losses of a round's training by step.
  package func losses(of round: Round) -> [(step: Int, loss: Double)] { round.state.losses }

  /// The page.
  package var markdown: String {
    var parts = ["# Rounds of \(series)", summary]
    parts += rounds.flatMap { ["## Round \($0.record.number)", settings(of: $0), measures(of: $0), stages(of: $0)] }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var summary: String {
    let rows = rounds.map { round -> [String] in
      let (reports, state) = (round.state.reports, round.state)
      return [
        "\(round.record.number)", RoundText.words(state), reports[.search]?["problems"]?.words ?? "–",
        reports[.gate]?["accepted"]?.words ?? "–", reports[.filter]?["audit precision"]?.words ?? "–",
        reports[.train]?["steps"]?.words ?? "–", share(reports[.evaluate]?["greedy before"]),
        share(reports[.evaluate]?["greedy after"]), reports[.evaluate]?["greedy gain"]?.points ?? "–",
        RoundText.seconds(reports.values.reduce(0) { $0 + $1.seconds }),
      ]
    }
    return Self.table(
      [
        "round", "it is", "searched", "accepted", "audit precision", "steps", "greedy before", "after",
        "gain, points [95 %]", "time",
      ], rows)
  }

  private func settings(of round: Round) -> String {
    let plan = round.plan
    let changes = plan.parameters.changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var words = ["rule `\(plan.rule)`", "gate \(plan.gate.rawValue)", "trainer \(plan.trainer)", "seed \(plan.seed)"]
    if plan.imagined > 0 { words.append("\(plan.imagined) questions to imagine") }
    if !plan.skips.isEmpty { words.append("left out: " + plan.skips.map(\.rawValue).joined(separator: ", ")) }
    if !changes.isEmpty { words.append("search " + changes.joined(separator: " ")) }
    let recipe = plan.recipe
    words.append(
      "learning rate \(recipe.learningRate), \(recipe.epochs) epochs, batch \(recipe.batch), warm-up \(recipe.warmup)")
    return words.joined(separator: " · ").asMarkdown
  }

  /// Every measure of every policy, with the gain over the one before.
  private func measures(of round: Round) -> String {
    guard let report = round.state.reports[.evaluate] else { return "" }
    let arms = ["before", "after"] + round.plan.arms
    let names = report.figures.compactMap { figure in
      figure.name.hasSuffix(" before") ? String(figure.name.dropLast(" before".count)) : nil
    }
    let rows = names.flatMap { name -> [[String]] in
      let isShare = RoundMeasures.isShare(name)
      return arms.compactMap { arm -> [String]? in
        guard let figure = report["\(name) \(arm)"] else { return nil }
        let gain = arm == "before" ? nil : report[arm == "after" ? "\(name) gain" : "\(name) gain \(arm)"]
        return [
          name, arm, isShare ? share(figure) : figure.words,
          gain.map { isShare ? $0.points : $0.words.replacing(/\s*\(.*\)/, with: "") } ?? "–",
          gain?.note ?? figure.note ?? "",
        ]
      }
    }
    return Self.table(["measure", "policy", "value [95 %]", "gain over before [95 %]", ""], rows)
  }

  private func stages(of round: Round) -> String {
    let rows = RoundStageName.allCases.map { stage -> [String] in
      let report = round.state.reports[stage]
      let figures =
        stage == .evaluate
        ? [] : (report?.figures ?? []).map { "\($0.name) \($0.words)" } + (report?.remarks ?? [])
      let failure = round.state.failures[stage].map { ["failed: \($0)"] } ?? []
      return [
        stage.rawValue, (round.state.stages[stage] ?? .waiting).rawValue,
        report.map { RoundText.seconds($0.seconds) } ?? "–",
        report.map { $0.tokens > 0 ? "\($0.tokens)" : "–" } ?? "–", (figures + failure).joined(separator: "; "),
      ]
    }
    return Self.table(["stage", "it is", "time", "tokens", "what it found"], rows)
  }

  /// A share in percent with its interval.
  private func share(_ figure: RoundStageReport.Figure?) -> String {
    guard let figure else { return "–" }
    func text(_ number: Double) -> String { FixedNumber.text(number * 100, decimals: 1, none: "–") }
    return "\(text(figure.value)) %" + (figure.interval.map { " [\(text($0[0])), \(text($0[1]))]" } ?? "")
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows.map { $0.map(\.asMarkdown) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}

extension String {
  /// On one line, with nothing that Markdown would take for more than text in a cell.
  fileprivate var asMarkdown: String {
    String(
      printable.flatMap { character -> String in
        switch character {
        case "|": "\\|"
        case "<": "&lt;"
        case "\n": " "
        default: String(character)
        }
      })
  }
}
