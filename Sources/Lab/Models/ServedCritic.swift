import Critics
import Foundation
import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// A critic that the configuration file's table `[critic.NAME]` describes.
package struct CriticSpec: Sendable {
  /// How the critic comes to its score.
  package enum Kind: String, CaseIterable, Sendable {
    /// Two words' probabilities.
    case labels
    /// A written reason and a score.
    case judge
    /// Agreement of a model's own solutions.
    case consistency
    /// Scalar heads of servers.
    case pooling, classify, rerank
    /// How far answers agree with those of the run's rollouts.
    case agreement
  }

  package let name: String
  package let kind: Kind
  package let scope: CriticScope
  /// Nil for the policy.
  package var model: ModelSpec?
  package var prompt: String
  package var labels = LabelCritic.Labels()
  package var samples = 8
  package var temperature = 0.8
  package var squash: ScalarCritic.Squash
  package var weight = 1.0
  /// True for one that nobody described: it steps back where its model cannot do what it needs.
  var isOfDefault = false

  /// A critic of a kind, with the kind's defaults. ORM judges whole solutions, the others every node.
  package init(_ name: String, _ kind: Kind, scope: CriticScope? = nil) {
    self.name = name
    self.kind = kind
    self.scope = kind == .agreement ? .outcome : scope ?? NeuralCritics.scope(of: name)
    prompt = kind == .judge ? CriticPrompt.judge : self.scope == .outcome ? CriticPrompt.outcome : CriticPrompt.step
    squash = kind == .pooling ? .sigmoid : .none
  }

  /// PRM and ORM of a model without heads of its own, as AlphaLLM has them.
  package static func labels(_ model: ModelSpec) -> [CriticSpec] {
    [CriticName.prm, CriticName.orm].map {
      var spec = CriticSpec($0, .labels)
      spec.model = model
      return spec
    }
  }

  /// What judges a policy that has no critics: its own True and False as PRM and ORM, and how far its rollouts agree.
  static let ofPolicy = [
    CriticSpec(CriticName.prm, .labels), CriticSpec(CriticName.orm, .labels),
    CriticSpec(CriticName.agreement, .agreement),
  ].map {
    var spec = $0
    spec.isOfDefault = true
    return spec
  }

  /// Name, weight and scope as the engine has them.
  package var weighed: CriticWeight {
    CriticWeight(name: name, weight: weight, scope: scope)
  }
}

/// A critic that somebody described, made, with what it asks.
struct ServedCritic {
  let critic: any Critic
  /// The model that it asks; nil for a scalar head.
  let model: (any LanguageModel)?
  /// What is asked and how, for run headers.
  private let words: String
  private let isOfDefault: Bool

  /// Makes the critic of `spec`; `policy` is asked where the spec names no model.
  init(_ spec: CriticSpec, policy: any LanguageModel, selection: ModelSelection, from models: inout ModelStore)
    throws
  {
    let prompt = CriticPrompt(spec.prompt)
    isOfDefault = spec.isOfDefault
    switch spec.kind {
    case .pooling, .classify, .rerank:
      guard case .servers(let urls)? = spec.model, let url = urls.first,
        let route = ScalarServer.Route(rawValue: spec.kind.rawValue)
      else { throw LabError.settings("critic.\(spec.name).model: expected the URL of the server that has the head") }
      let server = try ScalarServer(
        url: url, route: route, settings: selection.server, key: selection.serverKey)
      critic = ScalarCritic(spec.name, spec.scope, server: server, squash: spec.squash)
      (model, words) = (nil, "\(spec.kind.rawValue) \(server.name)")
      return
    case .agreement:
      critic = AgreementCritic(spec.name)
      (model, words) = (nil, "agreement of rollouts")
      return
    case .labels, .judge, .consistency: break
    }
    let asked = try spec.model.map { try models.model($0) } ?? policy
    switch spec.kind {
    case .judge: critic = JudgeCritic(spec.name, spec.scope, model: asked, prompt: prompt)
    case .consistency:
      critic = ConsistencyCritic(
        spec.name, spec.scope, model: asked, samples: spec.samples, temperature: spec.temperature)
    default:
      critic = LabelCritic(
        spec.name, spec.scope, model: asked, prompt: prompt, labels: spec.labels, stepsBack: spec.isOfDefault,
        behind: spec.isOfDefault && spec.model == nil
          ? CriticPrompt(spec.scope == .outcome ? CriticPrompt.outcomeBehind : CriticPrompt.stepBehind) : nil)
    }
    (model, words) = (asked, spec.kind.rawValue)
  }

  /// False where nobody asked for it and its model tells no log-probabilities of the most probable words, from which it reads.
  var isOfUse: Bool {
    guard isOfDefault, let server = model?.served, let abilities = server.abilities else { return true }
    return abilities.readsLabels
  }

  /// What is asked and how, for run headers: a server's id is known once it was probed.
  var name: String { model.map { "\(words) \($0.name) \($0.fingerprint)" } ?? words }
}
