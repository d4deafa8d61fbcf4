/// Turns a model and rows of a dataset into another model: a stage of a round, and a command by itself.
///
/// A trainer reads folders and writes one folder; it holds nothing between two jobs. What it wrote is looked at before it
/// counts (``TrainedModel``). A job can be stopped at any moment by cancelling its task: then nothing of it goes on.
public protocol Trainer: Sendable {
  /// What `--trainer` calls it.
  var name: String { get }

  /// Looks whether what it runs on is there, so that hours of searching do not end at a package that is missing.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` with what to do about it.
  func requirePrograms() throws

  /// Trains. Goes on where an earlier, killed call of the same job stopped, where the output folder holds what it needs.
  ///
  /// - Parameter tell: Called as steps are done, in order, from one thread at a time.
  /// - Throws: ``TrainingError`` for rows, models and settings that cannot be used and for a trainer that fails;
  ///   `CancellationError`.
  func train(_ job: TrainingJob, tell: @escaping @Sendable (TrainingProgress) -> Void) async throws -> TrainedModel
}

extension Trainer {
  /// Nothing is needed.
  public func requirePrograms() throws {}
}

/// What a trainer is given.
public struct TrainingJob: Codable, Sendable, Equatable {
  /// Folder of a dataset export of one kind: `README.md`, `data/train.jsonl` and, where there are any, `data/test.jsonl`.
  public var data: String
  /// Folder of the model to begin from.
  public var model: String
  /// Folder of the result; made, or gone on with.
  public var output: String
  /// Seed of every random choice.
  public var seed: UInt64
  /// How it is trained.
  public var recipe: TrainingRecipe

  /// A job with its fields as given.
  public init(data: String, model: String, output: String, seed: UInt64, recipe: TrainingRecipe = TrainingRecipe()) {
    (self.data, self.model, self.output, self.seed, self.recipe) = (data, model, output, seed, recipe)
  }
}

/// How a model is trained. The defaults are those that lifted the embedded models (supervised rows).
public struct TrainingRecipe: Codable, Sendable, Equatable {
  /// The highest learning rate, above 0.
  public var learningRate = 5e-4
  /// Times that each row is seen, ≥ 1.
  public var epochs = 2
  /// Steps at most; nil for what the epochs come to.
  public var maxSteps: Int?
  /// Rows a step, ≥ 1.
  public var batch = 32
  /// Steps over which the rate rises from 0, ≥ 0; then it falls in a line to 0 at the last step.
  public var warmup = 20
  /// The largest norm of a gradient, above 0.
  public var clip = 1.0
  /// AdamW's decay of the mean, in [0, 1).
  public var beta1 = 0.9
  /// AdamW's decay of the square, in [0, 1).
  public var beta2 = 0.95
  /// AdamW's pull to zero, ≥ 0.
  public var weightDecay = 0.0
  /// What a token of the prompt weighs in the loss beside one of the completion, in [0, 1].
  public var promptWeight = 0.05
  /// Rank of the adapter that is trained instead of the weights; nil for all weights.
  public var adapterRank: Int?
  /// True where an adapter is left as it is, for a server that adds it; else it is put into the weights of its base.
  public var leavesAdapter: Bool?

  /// The defaults.
  public init() {}
}

/// Where a training stands.
public struct TrainingProgress: Codable, Sendable, Equatable {
  /// Steps done, from 1.
  public var step: Int
  /// Steps in all.
  public var steps: Int
  /// Mean loss of a token in this step, in nats; nil where the trainer does not say.
  public var loss: Double?
  /// The learning rate of this step; nil where the trainer does not say.
  public var learningRate: Double?
  /// Tokens seen so far; nil where the trainer does not say.
  public var tokens: Int?
  /// What the trainer says in words, in a line; nil for nothing.
  public var message: String?

  /// Progress with its fields as given.
  public init(
    step: Int, steps: Int, loss: Double? = nil, learningRate: Double? = nil, tokens: Int? = nil, message: String? = nil
  ) {
    (self.step, self.steps, self.loss, self.learningRate, self.tokens) = (step, steps, loss, learningRate, tokens)
    self.message = message
  }
}

/// What a training left behind, read back and tried.
public struct TrainedModel: Codable, Sendable, Equatable {
  /// What a folder is.
  public enum Kind: String, Codable, Sendable {
    /// A whole language model.
    case model
    /// An adapter that its base has to be served with.
    case adapter
    /// A critic: a score for each token.
    case critic
  }

  /// The folder.
  public var folder: String
  /// What it is.
  public var kind: Kind
  /// Steps done.
  public var steps: Int
  /// The last step's mean loss; nil where the trainer did not say.
  public var loss: Double?
  /// SHA-256 of its weights, hexadecimal.
  public var digest: String
  /// A few words that it wrote when it was tried; nil for a critic and an adapter.
  public var sample: String?

  /// A result with its fields as given.
  public init(folder: String, kind: Kind, steps: Int, loss: Double?, digest: String, sample: String? = nil) {
    (self.folder, self.kind, self.steps, self.loss, self.digest, self.sample) = (
      folder, kind, steps, loss, digest, sample
    )
  }
}

/// Why a training cannot be done.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Rows, a model or a setting cannot be used: where, and what was expected.
  case unusable(String)
  /// The trainer failed: what it said.
  case failed(String)

  /// One line for the user.
  public var description: String {
    switch self {
    case .unusable(let message), .failed(let message): message
    }
  }
}
