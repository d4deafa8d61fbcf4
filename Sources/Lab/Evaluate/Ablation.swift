import Critics
import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

/// What an engine run of an evaluation is made of: a method is nothing but other settings of the same engine.
package struct EngineSettings: Sendable {
  /// The preset that the parameters began as.
  package let preset: String
  /// Parameters; budgets change the limits among them.
  package private(set) var parameters: SearchParameters
  /// Critics with a weight above 0.
  package private(set) var critics: [CriticWeight]
  /// Multiplies the budget.
  package private(set) var budgetFactor = 1.0

  /// Settings as a configuration gives them.
  package init(preset: String, parameters: SearchParameters, critics: [CriticWeight]) {
    self.preset = preset
    self.parameters = parameters
    self.critics = critics
  }

  /// These settings with the changes of an ablation's step. Throws `ParameterError` where one does not fit the engine.
  package func changed(by step: AblationStep) throws -> EngineSettings {
    var next = self
    for (id, value) in step.parameters { try next.parameters.set(id, to: value) }
    // A critic that this step switches on was left out before: its scope is declared with the critics.
    let others = critics.filter { own in !ModelSet.criticWeights.contains { $0.name == own.name } }
    var weights =
      ModelSet.criticWeights.map { known in
        critics.first { $0.name == known.name }
          ?? CriticWeight(name: known.name, weight: 0, scope: known.scope)
      } + others
    for index in weights.indices { weights[index].weight = step.critics[weights[index].name] ?? weights[index].weight }
    next.critics = weights.filter { $0.weight > 0 }
    next.budgetFactor *= step.budgetFactor
    return next
  }

  /// A run that writes one solution and revises it: no width but what objections ask for.
  package func refining() throws -> EngineSettings {
    var next = self
    for (id, value) in [
      ("width.rule", "importance"), ("width.root.minimum", "1"), ("width.root.maximum", "1"), ("width.minimum", "1"),
      ("width.maximum", "1"), ("selection.rule", "uct"), ("rollout.insert", "true"), ("rollout.count", "1"),
      ("rollout.temperature", "0"), ("revise.count", "64"), ("revise.below", "0.5"),
    ] { try next.parameters.set(id, to: value) }
    return next
  }

  /// Parameters of a run that may generate `tokens` tokens; nil leaves its own limits.
  package func parameters(within tokens: Int?) throws -> SearchParameters {
    // A greedy answer of no tokens is a budget as well, and 0 would be no limit.
    guard let tokens = tokens.map({ max(1, $0) }) else { return parameters }
    var limited = parameters
    try limited.set("limit.tokens", to: "\(tokens)")
    // A simulation that draws costs many tokens, so only a tree in which nothing is left to draw comes to this limit.
    try limited.set("limit.simulations", to: "\(tokens)")
    return limited
  }
}

/// A row of the ablation: what it changes beside what the rows before it changed.
package struct AblationStep: Sendable {
  /// What the row is called.
  package let name: String
  /// Engine parameters as after `--set`.
  package var parameters: [(id: String, value: String)] = []
  /// New weights of critics; 0 switches one off.
  package var critics: [String: Double] = [:]
  /// Multiplies the budget.
  package var budgetFactor = 1.0

  /// The steps of AlphaLLM's table 3a, with "depth bounds only" apart from importance: with values in [0, 1] and the
  /// paper's α = 1, importance never exceeds the least width, so that the bounds alone act.
  package static let paper = [
    AblationStep(
      name: "value only, fixed width",
      parameters: widths(root: 4...4, below: 4...4) + [
        ("width.rule", "importance"), ("rollout.count", "0"), ("rollout.insert", "false"), ("merge.rule", "off"),
      ],
      critics: ["value": 1, "prm": 0, "orm": 0].merging(tools(0)) { first, _ in first }),
    AblationStep(
      name: "depth bounds only",
      parameters: widths(root: 10...60, below: 2...10) + [("width.tolerance", "10")]),
    AblationStep(name: "adaptive width", parameters: [("width.tolerance", "0.1")]),
    AblationStep(name: "+ PRM", critics: ["prm": 1]),
    AblationStep(name: "+ fast-rollout ORM", parameters: [("rollout.count", "4")], critics: ["orm": 1]),
    AblationStep(name: "+ state merge", parameters: [("merge.rule", "merge")]),
    AblationStep(name: "+ more nodes", budgetFactor: 4),
  ]

  /// Search with critics alone and with the tools beside them, as `--tools` names them.
  package static let toolSteps = [
    "off": AblationStep(name: "tools off", critics: tools(0)), "on": AblationStep(name: "tools on", critics: tools(1)),
  ]

  private static func tools(_ weight: Double) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: CriticRegistry.standard.tools.map { ($0.name, weight) })
  }

  /// The changes in words, as a user would type them.
  package var description: String {
    let weights = critics.sorted { $0.key < $1.key }.map { "\($0.key)=\(number($0.value))" }.joined(separator: ",")
    let words =
      parameters.map { "\($0.id)=\($0.value)" } + (weights.isEmpty ? [] : ["critics \(weights)"])
      + (budgetFactor == 1 ? [] : ["budget ×\(number(budgetFactor))"])
    return words.joined(separator: " ")
  }

  private func number(_ value: Double) -> String { String(format: "%g", value) }

  private static func widths(root: ClosedRange<Int>, below: ClosedRange<Int>) -> [(id: String, value: String)] {
    [
      ("width.root.minimum", "\(root.lowerBound)"), ("width.root.maximum", "\(root.upperBound)"),
      ("width.minimum", "\(below.lowerBound)"), ("width.maximum", "\(below.upperBound)"),
    ]
  }
}
