import TreeInsight
import TreeSearch
import Vocabulary

/// Which evidence misled where the right answer stands in a tree and another was chosen.
package struct Misled: Sendable, Equatable, Codable {
  /// The kind that spoke most for the answer that was chosen.
  package let most: String
  /// Every kind that spoke for it rather than for the right one.
  package let kinds: [String]

  /// What agreement of trajectories is called among the kinds of evidence.
  package static let agreement = "agreement"
  /// Every kind, in the order of the table.
  package static let names = Evidence.allCases.map(\.rawValue) + [agreement]

  package init(most: String, kinds: [String]) { (self.most, self.kinds) = (most, kinds) }
}

extension SearchTree {
  /// Which evidence misled the choice of `chosen`; nil where it is right, and where the right answer does not stand in the tree.
  ///
  /// Complexity: that of ``answerStandings()``.
  func misled(_ chosen: Candidate?) -> Misled? {
    let problem = header.problem
    guard let chosen, problem.accepts(chosen.answer) == false else { return nil }
    let standings = answerStandings()
    guard let wrong = standings.first(where: { problem.agree($0.answer, chosen.answer) }),
      let right = standings.filter({ problem.accepts($0.answer) == true }).max(by: { $0.chance < $1.chance })
    else { return nil }
    let leads = wrong.lead(over: right).map { (name: $0.kind?.rawValue ?? Misled.agreement, by: $0.by) }
    guard let most = leads.max(by: { $0.by < $1.by }) else { return nil }
    return Misled(most: most.name, kinds: leads.filter { $0.by > 0 }.map(\.name))
  }
}

/// How often each kind of evidence misled, over runs.
package struct MisledCount: Encodable, Sendable {
  /// Runs in whose tree the right answer stands and was not chosen.
  package let missed: Int
  /// By kind, in how many of them it spoke for the answer that was chosen.
  package let spoke: [String: Int]
  /// By kind, in how many of them it spoke most.
  package let most: [String: Int]

  /// The count over the runs of `trials`; nil where none is a run of the engine.
  package init?(_ trials: [Trial]) {
    let runs = trials.compactMap(\.outcome.run)
    guard !runs.isEmpty else { return nil }
    let found = runs.compactMap(\.misled)
    missed = found.count
    spoke = Dictionary(
      uniqueKeysWithValues: Misled.names.map { name in (name, found.count { $0.kinds.contains(name) }) })
    most = Dictionary(uniqueKeysWithValues: Misled.names.map { name in (name, found.count { $0.most == name }) })
  }
}

extension EvaluationResult {
  /// Where the right answer was found and not chosen: a row a budget and run.
  func misledTable(budgetCell: (Int) -> [String], columns: [String]) -> MarkdownTable {
    var table = MarkdownTable(columns: columns + ["run", "found, not chosen"] + Misled.names)
    for budget in plan.budgets.indices {
      for method in plan.methods {
        guard let count = MisledCount(trials(method, budget)), count.missed > 0 else { continue }
        table.rows.append(
          budgetCell(budget) + [method.name, "\(count.missed)"]
            + Misled.names.map { "\(count.spoke[$0] ?? 0), most \(count.most[$0] ?? 0)" })
      }
    }
    return table
  }
}
