import Critics
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

  /// A critic of a kind, with the kind's defaults. ORM judges whole solutions, the others every node.
  package init(_ name: String, _ kind: Kind, scope: CriticScope? = nil) {
    self.name = name
    self.kind = kind
    self.scope = scope ?? NeuralCritics.scope(of: name)
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

  /// Name, weight and scope as the engine has them.
  package var weighed: CriticWeight {
    CriticWeight(name: name, weight: weight, scope: scope)
  }
}
