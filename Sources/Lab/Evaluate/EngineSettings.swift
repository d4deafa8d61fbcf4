import TreeInsight
import TreeSearch

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

  /// Parameters of a run that may generate `tokens` tokens; nil leaves its own limits.
  package func parameters(within tokens: Int?) throws -> SearchParameters {
    guard let tokens else { return parameters }
    var limited = parameters
    try limited.set("limit.tokens", to: "\(tokens)")
    // A simulation that draws costs many tokens, so only a tree in which nothing is left to draw comes to this limit.
    try limited.set("limit.simulations", to: "\(tokens)")
    return limited
  }
}
