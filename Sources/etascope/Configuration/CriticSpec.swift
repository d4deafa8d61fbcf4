import Critics
import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// A critic that the configuration file's table `[critic.NAME]` describes.
struct CriticSpec {
  /// How the critic comes to its score.
  enum Kind: String, CaseIterable {
    /// Two words' probabilities.
    case labels
    /// A written reason and a score.
    case judge
    /// Agreement of a model's own solutions.
    case consistency
    /// Scalar heads of servers.
    case pooling, classify, rerank
  }

  let name: String
  let kind: Kind
  let scope: CriticScope
  /// Nil for the policy.
  var model: ModelSpec?
  var prompt: String
  var labels = LabelCritic.Labels()
  var samples = 8
  var temperature = 0.8
  var squash: ScalarCritic.Squash
  var weight = 1.0

  /// A critic of a kind, with the kind's defaults. ORM judges whole solutions, the others every node.
  init(_ name: String, _ kind: Kind, scope: CriticScope? = nil) {
    self.name = name
    self.kind = kind
    self.scope = scope ?? NeuralCritics.scope(of: name)
    prompt = kind == .judge ? CriticPrompt.judge : self.scope == .outcome ? CriticPrompt.outcome : CriticPrompt.step
    squash = kind == .pooling ? .sigmoid : .none
  }

  /// PRM and ORM of a model without heads of its own, as AlphaLLM has them.
  static func labels(_ model: ModelSpec) -> [CriticSpec] {
    [CriticName.prm, CriticName.orm].map {
      var spec = CriticSpec($0, .labels)
      spec.model = model
      return spec
    }
  }

  /// Name, weight and scope as the engine has them.
  var weighed: CriticWeight {
    CriticWeight(name: name, weight: weight, scope: scope)
  }
}
