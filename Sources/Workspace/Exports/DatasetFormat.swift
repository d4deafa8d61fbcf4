import Vocabulary

/// A form of training data that a trainer takes as it is: its name, columns, words and rows in one value.
///
/// A format of your own is a file beside those in `Formats/` and a line in ``all``; one that is in no list is exported with
/// ``DatasetExport/init(_:format:options:)`` just the same.
public struct DatasetFormat: Sendable {
  /// What `--format` calls it; a folder's name, too.
  public let name: String
  /// For which training it is, in a few words.
  public let help: String
  /// The hub's task category.
  public let task: String
  /// Its own columns, which every row has; those that trainers read first. Columns about the commit follow in every format.
  public let columns: [DatasetColumn]
  /// Columns that rows have as well where thinking is asked for; one that is called as another of ``columns`` stands in its
  /// place. Empty where the form has no room for thinking.
  public let thinking: [DatasetColumn]
  /// What the column `node` holds.
  public let node: String
  /// Columns that tell rows apart: of rows that agree in all of them only the first is written. Empty where every row is.
  public let identity: [String]
  /// How rows are made, for the card.
  public let rule: @Sendable (DatasetOptions) -> String
  /// The rows of one commit in order: values of ``columns``, and of the columns about the commit where the row says
  /// something else there than the commit does; and what was left out. Pure: the source and its options decide every byte.
  /// Throws ``WorkspaceError`` where a run cannot be read.
  public let yield: @Sendable (CommitLog.Commit, DatasetSource) throws -> DatasetYield

  /// A format whose commits only give rows.
  public init(
    name: String, help: String, task: String = "text-generation", columns: [DatasetColumn],
    thinking: [DatasetColumn] = [], node: String = "The node where the row's path ends.", identity: [String] = [],
    rule: @escaping @Sendable (DatasetOptions) -> String,
    rows: @escaping @Sendable (CommitLog.Commit, DatasetSource) -> [DatasetRow]
  ) {
    self.init(
      name: name, help: help, task: task, columns: columns, thinking: thinking, node: node, identity: identity,
      rule: rule,
      yield: { DatasetYield(rows($0, $1)) })
  }

  /// A format with its fields as given.
  public init(
    name: String, help: String, task: String = "text-generation", columns: [DatasetColumn],
    thinking: [DatasetColumn] = [], node: String = "The node where the row's path ends.", identity: [String] = [],
    rule: @escaping @Sendable (DatasetOptions) -> String,
    yield: @escaping @Sendable (CommitLog.Commit, DatasetSource) throws -> DatasetYield
  ) {
    self.name = name
    self.help = help
    self.task = task
    self.columns = columns
    self.thinking = thinking
    self.node = node
    self.identity = identity
    self.rule = rule
    self.yield = yield
  }

  /// The formats that `dataset export` writes.
  public static let all: [DatasetFormat] = [
    .promptCompletion, .conversational, .preference, .finishedPreference, .unpaired, .reward, .ranking, .stepwise,
    .valueTargets,
  ]

  /// The format of ``all`` that is called `name`; nil where none is.
  public static func named(_ name: String) -> DatasetFormat? { all.first { $0.name == name } }

  /// Its own columns and those about the commit.
  public var allColumns: [DatasetColumn] { columns + DatasetColumn.side(node: node) }

  /// The same with what `options` ask for.
  func columns(for options: DatasetOptions) -> [DatasetColumn] {
    guard options.withThinking else { return allColumns }
    let own = columns.map { column in thinking.first { $0.name == column.name } ?? column }
    return own + thinking.filter { more in !columns.contains { $0.name == more.name } }
      + DatasetColumn.side(node: node)
  }
}

extension DatasetFormat: Equatable, CustomStringConvertible {
  /// Formats are told apart by their names.
  public static func == (a: DatasetFormat, b: DatasetFormat) -> Bool { a.name == b.name }

  /// Its name.
  public var description: String { name }
}

/// Choices that an export leaves to the person who makes it.
public struct DatasetOptions: Equatable, Sendable {
  /// The card's `pretty_name`.
  public var name: String
  /// The card's licence, one of the hub's identifiers.
  public var license: String
  /// The card's language, ISO 639-1.
  public var language: String
  /// What a person's neutral step label becomes in the stepwise form, which knows true and false only. TRL's own converter
  /// of PRM800K makes it false.
  public var neutralCountsAsGood: Bool
  /// True where what the model thought goes into the rows as well.
  public var withThinking: Bool
  /// The share of problems, by root ancestor, whose rows are for the trainer's own test, in [0, 1).
  public var testShare: Double
  /// The root ancestors of each problem that was made from others, by id; any other problem is its own.
  public var roots: [String: [String]]
  /// In finished pairs, the least difference of the two sides' scores where no person decided, in [0, 1].
  public var margin: Double
  /// In finished pairs and value targets, the least number of backups behind a score, ≥ 0.
  public var minimumVisits: Int
  /// True where the files become Parquet: the card names those.
  public var isParquet: Bool
  /// What guards found, a line each, for the card; empty where nobody asked them.
  public var checks: [String]

  /// Options with their fields as given.
  public init(
    name: String = "Search trajectories", license: String = "unknown", language: String = "en",
    neutralCountsAsGood: Bool = false, withThinking: Bool = false, testShare: Double = 0,
    roots: [String: [String]] = [:], margin: Double = 0.2, minimumVisits: Int = 1, isParquet: Bool = false,
    checks: [String] = []
  ) {
    self.name = name
    self.license = license
    self.language = language
    self.neutralCountsAsGood = neutralCountsAsGood
    self.withThinking = withThinking
    self.testShare = testShare
    self.roots = roots
    self.margin = margin
    self.minimumVisits = minimumVisits
    self.isParquet = isParquet
    self.checks = checks
  }
}
