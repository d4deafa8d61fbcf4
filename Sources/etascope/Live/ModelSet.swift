import Critics
import Foundation
import Models
import SearchRun
import TreeSearch

/// The models and critics of one configuration, loaded.
struct ModelSet: Sendable {
  let policy: EmbeddedModel
  let rollout: EmbeddedModel
  let panel: CriticPanel
  private let critic: CriticModel
  /// False for the embedded policy, which knows words and numbers only.
  private let writesCode: Bool
  private let rollouts: FastRollout
  /// Names and fingerprints by role, for run headers.
  let names: [String: String]

  /// Every critic there is, with the paper's equal weights (AlphaLLM: all β are 1).
  static let criticWeights = [
    CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode),
    CriticWeight(name: CriticName.prm, weight: 1, scope: .everyNode),
    CriticWeight(name: CriticName.orm, weight: 1, scope: .outcome),
    CriticWeight(name: "calculator", weight: 1, scope: .everyNode),
    CriticWeight(name: "operands", weight: 1, scope: .everyNode),
    CriticWeight(name: "owners", weight: 1, scope: .everyNode),
    CriticWeight(name: "ends", weight: 1, scope: .outcome),
    CriticWeight(name: "python", weight: 1, scope: .everyNode),
    CriticWeight(name: "tests", weight: 1, scope: .outcome),
    CriticWeight(name: "pattern", weight: 1, scope: .outcome),
    CriticWeight(name: "json", weight: 1, scope: .outcome),
  ]

  /// The names of those that are tools.
  static let tools = criticWeights.map(\.name).filter { !CriticName.learned.contains($0) }

  /// The critics of `weights` that have something to do for `problem`: what a problem does not ask for is not shown.
  func critics(of weights: [CriticWeight], for problem: Problem) -> [CriticWeight] {
    let checks = ProblemChecks(tests: problem.tests ?? [], pattern: problem.pattern, schema: problem.schema)
    return weights.filter { ToolDispatcher.isUseful($0.name, for: checks) && ($0.name != "python" || writesCode) }
  }

  /// Loads the models that `configuration` names, else the embedded ones.
  init(_ configuration: Configuration) throws {
    writesCode = configuration.model != nil
    let folder = try DataFolder.locate().models
    let policyPath = configuration.model ?? folder.appending(path: "policy").path()
    let criticPath = configuration.criticModel ?? folder.appending(path: "critic").path()
    policy = try EmbeddedModel(ModelFolder.load(policyPath))
    rollout = try configuration.rolloutModel.map { try EmbeddedModel(ModelFolder.load($0)) } ?? policy
    critic = try CriticModel(ModelFolder.load(criticPath))
    let neural = NeuralCritics(critic, judging: policy)
    let tools = ToolDispatcher.all(SandboxProvider())
    panel = CriticPanel(neural: neural, tools: tools)
    rollouts = try FastRollout(policy: rollout, critics: neural, tools: tools)
    names = [
      "policy": "\(policy.name) \(policy.fingerprint)", "rollout": "\(rollout.name) \(rollout.fingerprint)",
      "critic": "\(critic.name) \(critic.fingerprint)",
    ]
  }

  /// Empties every prefix cache: what a run reuses from now on, it computed itself.
  func forget() async {
    await policy.forget()
    await rollout.forget()
    await critic.forget()
  }

  /// Prompt tokens that policy and rollout model have computed so far, reused ones not counted.
  var promptTokens: Int {
    get async {
      let own = await policy.sampled.prompted
      return rollout === policy ? own : own + (await rollout.sampled.prompted)
    }
  }

  /// What answers the engine's requests.
  var responder: ModelResponder { ModelResponder(policy: policy, rollouts: rollouts, panel: panel) }
}
