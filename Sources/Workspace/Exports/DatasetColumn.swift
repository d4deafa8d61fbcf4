/// A row of an exported dataset: values by the name of their column.
public typealias DatasetRow = [String: ExportValue]

/// A column of an exported dataset: its name, its type for the card, and what it means.
public struct DatasetColumn: Sendable {
  /// Types that the loaders of datasets know.
  public enum Kind: String, Sendable {
    /// UTF-8 text.
    case text = "string"
    /// Whole numbers.
    case integer = "int64"
    /// Numbers.
    case number = "float64"
    /// True or false.
    case flag = "bool"
    /// A list of objects with `role` and `content`.
    case messages
    /// The same with `reasoning_content`, as chat templates of thinking models read it.
    case thoughtMessages
  }

  /// Its name, unique within a format.
  public let name: String
  /// The type of a value, or of the elements of a list.
  public let kind: Kind
  /// True where a row holds a list of such values.
  public let isList: Bool
  /// What it means, for the card.
  public let meaning: String

  /// A column with its fields as given.
  public init(_ name: String, _ kind: Kind, isList: Bool = false, meaning: String) {
    self.name = name
    self.kind = kind
    self.isList = isList
    self.meaning = meaning
  }

  /// The type in words.
  var type: String {
    if kind == .messages { return "list of role and content" }
    if kind == .thoughtMessages { return "list of role, content and reasoning_content" }
    return isList ? "list of \(kind.rawValue)" : kind.rawValue
  }

  /// The lines that describe it under `features:` in the card's header.
  var feature: [String] {
    guard kind == .messages || kind == .thoughtMessages else {
      return ["  - name: \(name)", "    \(isList ? "list" : "dtype"): \(kind.rawValue)"]
    }
    let parts = ["role", "content"] + (kind == .thoughtMessages ? ["reasoning_content"] : [])
    return ["  - name: \(name)", "    list:"] + parts.flatMap { ["    - name: \($0)", "      dtype: string"] }
  }
}

/// Columns and texts that formats share.
extension DatasetColumn {
  /// The question as a prompt, with a line break at its end.
  public static let prompt = DatasetColumn("prompt", .text, meaning: "The question and a line break.")

  /// What the model thought, beside the text of a row that is to be imitated.
  static let thinking = DatasetColumn(
    "thinking", .text, isList: true,
    meaning: "What the model thought before each step of the row, in order; null where it told none.")

  /// What every format says of the commit that a row is made from, after its own columns. `node` is what the format's rows
  /// say there.
  static func side(node: String) -> [DatasetColumn] {
    [
      DatasetColumn("commit", .text, meaning: "Id of the commit in the log."),
      DatasetColumn("run", .text, meaning: "The search run."),
      DatasetColumn("node", .integer, meaning: node),
      DatasetColumn("problem", .text, meaning: "The problem's id."),
      DatasetColumn("problem_split", .text, meaning: "The problem's split, where it has one."),
      DatasetColumn(
        "answer", .text, meaning: "The final answer that the path states; null where the row ends before the path does."
      ),
      DatasetColumn(
        "correct", .flag, meaning: "Whether it agrees with the reference; null without a reference or an answer."),
      DatasetColumn("finished", .flag, meaning: "Whether the row ends in a terminal state."),
      DatasetColumn("who", .text, meaning: "Who committed it."),
      DatasetColumn(
        "verdict", .text, meaning: "What they said of the path: `good`, `bad`, `unsure`; null where they said nothing."),
      DatasetColumn("note", .text, meaning: "Their remark, possibly empty."),
    ]
  }

  /// The values of ``side(node:)`` for a row of `commit`.
  static func side(_ commit: CommitLog.Commit) -> DatasetRow {
    let trajectory = commit.trajectory
    return [
      "commit": .text(commit.id), "run": .text(trajectory.run), "node": .integer(trajectory.node),
      "problem": .text(trajectory.problem.id), "problem_split": ExportValue(trajectory.problem.split),
      "answer": ExportValue(trajectory.answer), "correct": ExportValue(trajectory.correct),
      "finished": .flag(trajectory.terminal != nil), "who": .text(commit.entry.who),
      "verdict": ExportValue(commit.judgement.verdict?.rawValue), "note": .text(commit.judgement.note),
    ]
  }
}
