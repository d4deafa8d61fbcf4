import Critics
import Foundation
import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// A critic that somebody described, made, with what it asks.
struct ServedCritic {
  let critic: any Critic
  /// The model that it asks; nil for a scalar head.
  let model: (any LanguageModel)?
  /// What is asked and how, for run headers.
  private let words: String

  /// Makes the critic of `spec`; `policy` is asked where the spec names no model.
  init(_ spec: CriticSpec, policy: any LanguageModel, selection: ModelSelection, from models: inout ModelStore)
    throws
  {
    let prompt = CriticPrompt(spec.prompt)
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
    case .labels, .judge, .consistency: break
    }
    let asked = try spec.model.map { try models.model($0) } ?? policy
    switch spec.kind {
    case .judge: critic = JudgeCritic(spec.name, spec.scope, model: asked, prompt: prompt)
    case .consistency:
      critic = ConsistencyCritic(
        spec.name, spec.scope, model: asked, samples: spec.samples, temperature: spec.temperature)
    default: critic = LabelCritic(spec.name, spec.scope, model: asked, prompt: prompt, labels: spec.labels)
    }
    (model, words) = (asked, spec.kind.rawValue)
  }

  /// What is asked and how, for run headers: a server's id is known once it was probed.
  var name: String { model.map { "\(words) \($0.name) \($0.fingerprint)" } ?? words }
}
