import Critics
import Runs
import Training
import TreeInsight
import TreeSearch
import Vocabulary

/// What a round is to do, fixed when it begins: it goes on by this after a crash, whatever flags are given then.
public struct RoundPlan: Codable, Sendable, Equatable {
  /// Who lets the accepted trajectories into the dataset.
  public enum Gate: String, Codable, Sendable, CaseIterable {
    /// The rule does.
    case auto
    /// A person does: the round waits for `round approve`.
    case person
  }

  /// What the next training begins from.
  public enum Base: String, Codable, Sendable, CaseIterable {
    /// The policy that the series began with, on everything accepted since.
    case first
    /// The policy that this round searched with.
    case last
  }

  /// Models by role, as `--model` and its like take them; empty for the embedded ones.
  public struct Models: Codable, Sendable, Equatable {
    /// The policy that searches, and is trained.
    public var policy: [String] = []
    /// The policy that the series began with.
    public var first: [String] = []
    /// How the trained policy is reached, for one that is served; nil for the folder that the trainer wrote.
    public var served: [String]?
    /// The model of fast rollouts.
    public var rollouts: [String] = []
    /// What the learned critics are read from.
    public var critics: [String] = []
    /// URLs among them, and that of ``RoundPlan/adapters``, of which a user name, a password or a query is not kept: it is taken from
    /// what is said of the models when a stage needs it. Nil where there are none.
    public internal(set) var withheld: [String]?

    /// The embedded models.
    public init() {}
  }

  /// Which models.
  public var models = Models()
  /// The search's parameters.
  public var parameters = SearchParameters()
  /// The search's critics.
  public var critics: [CriticWeight] = []
  /// Seed of every random choice; a round's own follows from it and from its number.
  public var seed: UInt64 = 1
  /// Problems in flight at once; nil for what the models can take.
  public var jobs: Int?
  /// Who searches: nil for this process, else `ray`, `slurm` or a command (``RoundExecutor``).
  public var executor: String?
  /// Parts that an executor divides a search into, ≥ 1.
  public var shards = 16

  /// SHA-256 of the given problems, for what is shown.
  public var problemsDigest = ""
  /// Questions to imagine, ≥ 0.
  public var imagined = 0
  /// Kinds of imagination by name; empty for what suits the problems.
  public var kinds: [String] = []
  /// Solutions drawn of each imagined question, which must agree on an answer; 0 for none.
  public var imaginationSamples = 0
  /// The least and the greatest share of them that may be right, as in [0.2, 0.8]; nil where that does not matter.
  public var difficulty: [Double]?
  /// Whether the given problems are searched as well as the imagined ones.
  public var searchesGiven = true

  /// What a trajectory has to fulfil to be learned from (``TrajectoryRule``).
  public var rule = "score>=0.8"
  /// Trajectories of one problem at most, ≥ 1.
  public var perProblem = 1
  /// Who lets trajectories in.
  public var gate = Gate.auto
  /// The share of searched trajectories that is drawn for an audit, in [0, 1].
  public var audit = 0.05

  /// The trainer's name.
  public var trainer = "embedded"
  /// How it trains.
  public var recipe = TrainingRecipe()
  /// What it begins from.
  public var base = Base.first
  /// The command that serves a trained folder, with `{model}` and `{port}`; nil where folders run in this process.
  public var serve: String?
  /// The server that loads trained adapters while it runs; nil where there is none.
  public var adapters: String?
  /// The dataset's format for the trainer; nil for what the trainer takes.
  public var format: String?
  /// The share of problems, by root ancestor, whose rows are kept from the trainer for its own test, in [0, 1).
  public var testShare = 0.0

  /// Samples a held-out problem beside the greedy answer, ≥ 1.
  public var samples = 16
  /// Held-out problems that are sampled so often; the greedy answer is drawn for all. Nil: all.
  public var sampledProblems: Int?
  /// Simulations of the searches of the evaluation, one entry each; empty for none.
  public var searches: [Int] = []
  /// Held-out problems that are searched so; nil: all.
  public var searchedProblems: Int?
  /// Promotion asks for at least this share of right answers in the audit, in [0, 1].
  public var auditTarget = 0.9
  /// Promotion asks for a person's signature.
  public var isSigned = false
  /// Other sources of rows, trained and evaluated beside at equal steps, by name (``RoundArm``).
  public var arms: [String] = []

  /// Stages that are left out.
  public var skips: [RoundStageName] = []
  /// Stages done by a command of the user's instead.
  public var commands: [RoundStageName: String] = [:]

  /// A plan with the defaults.
  public init() {}
}
