/// What `--trainer` can be: a trainer goes in with one line of ``all`` and a file of its own.
public struct TrainerKind: Sendable {
  /// What it is called; what the user writes is this, or this, a colon and an argument.
  public let name: String
  /// One line for people.
  public let help: String
  /// What stands after the colon, in a word; nil where nothing does.
  public let argument: String?
  private let make: @Sendable (String) throws -> any Trainer

  /// A kind of trainers.
  ///
  /// - Parameter make: makes one of the text after the colon, which is empty where there is none.
  public init(
    _ name: String, help: String, argument: String? = nil, make: @escaping @Sendable (String) throws -> any Trainer
  ) {
    (self.name, self.help, self.argument, self.make) = (name, help, argument, make)
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
  public static let all: [TrainerKind] = [.embedded]

  /// The trainer that `text` names, such as `embedded`.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` with the names that there are.
  public static func named(_ text: String) throws -> any Trainer {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let argument = parts.count > 1 ? parts[1] : ""
    guard let kind = all.first(where: { $0.name == parts[0] }), (kind.argument == nil) == (parts.count < 2) else {
      let names = all.map(\.spelling).joined(separator: ", ")
      throw TrainingError.unusable("trainer: expected one of \(names), found \(text)")
    }
    return try kind.trainer(argument)
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
