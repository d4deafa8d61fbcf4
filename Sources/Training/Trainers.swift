/// What `--trainer` can be: a trainer goes in with one line of ``all`` and a file of its own.
public struct TrainerKind: Sendable {
  /// What it is called; what the user writes is this, or this, a colon and an argument.
  public let name: String
  /// One line for people.
  public let help: String
  /// What stands after the colon, in a word; nil where nothing does.
  public let argument: String?
  /// How it trains where nobody says otherwise.
  public let recipe: TrainingRecipe
  private let make: @Sendable (String) throws -> any Trainer

  /// A kind of trainers.
  ///
  /// - Parameter make: makes one of the text after the colon, which is empty where there is none.
  public init(
    _ name: String, help: String, argument: String? = nil, recipe: TrainingRecipe = TrainingRecipe(),
    make: @escaping @Sendable (String) throws -> any Trainer
  ) {
    (self.name, self.help, self.argument, self.recipe, self.make) = (name, help, argument, recipe, make)
  }

  /// A trainer.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` for an argument that it cannot use.
  func trainer(_ argument: String) throws -> any Trainer { try make(argument) }

  /// How it is written in a list of choices.
  public var spelling: String { argument.map { "\(name):\($0)" } ?? name }
}

/// The trainers that there are.
public enum Trainers {
  /// In the order in which they are listed; the first is the default.
  public static let all: [TrainerKind] = [.embedded, .sft, .dpo, .critic, .command]

  /// The trainer that `text` names, such as `embedded`.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` with the names that there are.
  public static func named(_ text: String) throws -> any Trainer {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let argument = parts.count > 1 ? parts[1] : ""
    guard let kind = all.first(where: { $0.name == parts[0] }), (kind.argument == nil) == (parts.count < 2) else {
      let names = all.map(\.spelling).joined(separator: ", ")
      throw TrainingError.unusable("expected one of \(names), found \(text)")
    }
    return try kind.trainer(argument)
  }

  /// How the trainer that `text` names trains where nobody says otherwise.
  public static func recipe(of text: String) -> TrainingRecipe {
    all.first { $0.name == text.prefix { $0 != ":" } }?.recipe ?? TrainingRecipe()
  }
}

extension TrainerKind {
  /// ``EmbeddedTrainer``.
  public static let embedded = TrainerKind(
    "embedded", help: "in this process, without Python: supervised rows, all weights"
  ) { _ in
    EmbeddedTrainer()
  }
}

extension TrainerKind {
  /// ``TRLTrainer`` on supervised rows.
  public static let sft = TrainerKind(
    "sft", help: "TRL's supervised fine-tuning, in a process of its own (--install-trainer): all weights or an adapter"
  ) { _ in
    TRLTrainer(.sft)
  }

  /// ``TRLTrainer`` on preference pairs, which bear smaller steps than supervised rows.
  public static let dpo = TrainerKind(
    "dpo", help: "TRL's preference optimisation on finished pairs (--install-trainer)", recipe: .pairs
  ) { _ in
    TRLTrainer(.dpo)
  }

  /// ``CriticTrainer``.
  public static let critic = TrainerKind(
    "critic", help: "a process reward model of the stepwise form (--install-trainer)", recipe: .critic
  ) { _ in
    CriticTrainer()
  }

  /// ``CommandTrainer``.
  public static let command = TrainerKind(
    "command", help: "a command that is given the folders of the rows, the model and the result, and a seed",
    argument: "COMMAND"
  ) { command in
    try CommandTrainer(command)
  }
}

extension TrainingRecipe {
  /// For preference pairs: what left the embedded policy whole.
  fileprivate static let pairs: TrainingRecipe = {
    var recipe = TrainingRecipe()
    (recipe.learningRate, recipe.epochs, recipe.warmup, recipe.beta2) = (3e-5, 1, 10, 0.999)
    return recipe
  }()

  /// For critics.
  fileprivate static let critic: TrainingRecipe = {
    var recipe = TrainingRecipe()
    (recipe.learningRate, recipe.beta2, recipe.weightDecay) = (2e-4, 0.999, 0.01)
    return recipe
  }()
}
