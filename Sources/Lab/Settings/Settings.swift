import Critics
import Models
import Runs
import TreeInsight
import TreeSearch
import Vocabulary

/// What a laboratory works with, as plain values: made by hand, or from what flags, environment and config file say.
public struct Settings: Sendable {
  /// The workspace file, in which runs are kept; it is made where it is missing.
  public var workspace: String
  /// Who commits.
  public var author: String
  /// Which models there are.
  public var models: ModelSelection
  /// What ``parameters`` began as.
  public var preset: String
  /// The engine's parameters.
  public var parameters: SearchParameters
  /// The critics that take part, each with a weight above 0.
  public var critics: [CriticWeight]
  /// Seed of every random choice.
  public var seed: UInt64
  /// What watchdogs do; nil where nobody said it, and each command has its own default.
  public var watchdogs: WatchdogMode?

  /// The defaults: the embedded models, all their critics and tools, the first preset, seed 1.
  public init(workspace: String, author: String = "unknown") {
    self.workspace = workspace
    self.author = author
    models = ModelSelection(recordings: workspace)
    preset = Preset.names[0]
    parameters = SearchParameters()
    critics = models.standard
    seed = 1
  }
}

/// Which models play which role, and how servers are spoken to. Nothing is opened yet.
public struct ModelSelection: Sendable {
  /// The policy; nil for the embedded one.
  public var policy: ModelSpec?
  /// The model of fast rollouts; nil for the policy.
  public var rollouts: ModelSpec?
  /// What the value, PRM and ORM critics are read from; nil for the embedded heads.
  public var critics: ModelSpec?
  /// Critics that somebody described.
  package var own: [CriticSpec] = []
  /// The command that serves GGUF files; nil for `llama-server`.
  public var llamaServer: String?
  /// How servers are spoken to.
  package var server = ServerSettings()
  /// How those of rollouts are.
  package var rolloutServer = ServerSettings()
  /// URLs of servers that have no role yet: what a round is to speak to later.
  package var others: [String] = []
  /// The servers' key.
  package var serverKey: ServerKey?
  /// The workspace that holds the runs of ``ModelSpec/recording(_:live:)``.
  public var recordings: String

  /// The embedded models.
  public init(recordings: String) { self.recordings = recordings }

  /// The described critics, and PRM and ORM of a critic model without heads of its own; without any critic model those of a
  /// policy that judges itself.
  var criticSpecs: [CriticSpec] {
    var others: [CriticSpec] = []
    if let critics {
      if !critics.isFolder { others = CriticSpec.labels(critics) }
    } else if judgesItself {
      others = CriticSpec.ofPolicy
    }
    return others.filter { spec in !own.contains { $0.name == spec.name } } + own
  }

  /// The critics that are asked where nobody says which.
  package var standard: [CriticWeight] { available.filter { $0.weight > 0 } }

  /// True where nobody named a critic model and the policy is none that the embedded heads know: their numbers would be noise.
  package var judgesItself: Bool { critics == nil && policy.map { !$0.isOfEmbeddedFamily } ?? false }

  /// Whether there is a model with heads.
  private var hasHeads: Bool { critics?.isFolder ?? !judgesItself }

  /// Every critic that can be asked for, with its weight where nobody gives it another; 0 for what nobody asks unless told to.
  public var available: [CriticWeight] {
    let specs = criticSpecs
    let known = ModelSet.criticWeights.filter { weight in
      // Only a folder has a head for the value.
      hasHeads || !CriticName.learned.contains(weight.name)
        || specs.contains { $0.name == weight.name }
    }
    return known.map { weight in
      var weight = specs.first { $0.name == weight.name }?.weighed ?? weight
      // What keeps the books of our own stories is wrong too often elsewhere.
      if judgesItself, CriticRegistry.standard.tool(named: weight.name)?.readsStories == true { weight.weight = 0 }
      return weight
    }
      + specs.filter { spec in !known.contains { $0.name == spec.name } }.map(\.weighed)
  }

  /// Whether some model is shown a prompt that can be chosen: one behind a server, whoever starts it.
  var hasPrompts: Bool {
    ([policy, rollouts, critics] + own.map(\.model)).contains { $0?.isServed == true || $0?.isFile == true }
  }

  /// Whether some model is reached over HTTP at an address that somebody gave.
  var hasServers: Bool { ([policy, rollouts, critics] + own.map(\.model)).contains { $0?.isServed == true } }
}
