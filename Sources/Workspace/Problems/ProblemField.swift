/// What etascope looks for in a record of a problem file, and under which names: the one table of it.
///
/// Names are tried in their order, whatever the case, and a space or hyphen counts as `_`; `a.b` is the field `b` of the object
/// `a`. The page `ProblemFiles` shows the table.
public enum ProblemField: Int, CaseIterable, Sendable {
  case question, body, passage, input, turns, answer, right, choices, id, system, source, split, tests, pattern, schema

  /// What etascope calls it, on the command line too.
  public var name: String { String(describing: self) }

  /// The field of this ``name``; nil where there is none.
  public init?(name: String) {
    guard let field = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = field
  }

  /// The names it has in data sets that are in use, the likeliest first.
  public var names: [String] { Self.table[rawValue] }

  /// By the field's number; made once.
  private static let table = allCases.map(\.known)

  private var known: [String] {
    switch self {
    case .question:
      [
        "question_concat", "question.stem", "question", "problem", "question_stem", "squestion", "query",
        "problem_statement", "problem_text", "instruction", "prompt", "input", "goal", "sentence", "ctx", "q", "text",
      ]
    case .body: ["body"]
    case .passage: ["passage", "context", "story"]
    case .input: ["input"]
    case .turns: ["messages", "conversations", "conversation", "dialog", "dialogue", "prompt", "prompt_messages"]
    case .answer:
      [
        "answer", "final_answer", "answers", "expected_answer", "reference_answer", "answer_number", "final_ans",
        "lsolutions", "answers_spans", "ground_truth", "reward_model.ground_truth", "gold", "target", "targets",
        "correct_answer", "best_answer", "reference", "solution", "output", "completion", "response", "a",
      ]
    case .right:
      [
        "answerkey", "answer_key", "answer_index", "answer_idx", "correct_index", "correct_option", "correct", "cop",
        "label", "gold_index",
      ]
    case .choices:
      [
        "choices", "options", "answer_choices", "question.choices", "candidates", "endings", "mc1_targets",
        "target_scores",
      ]
    case .id: ["id", "unique_id", "problem_id", "question_id", "qid", "query_id", "task_id", "uid", "uuid", "_id"]
    case .system: ["system", "system_prompt", "system_message"]
    case .source: ["source"]
    case .split: ["split"]
    case .tests: ["tests", "test_list"]
    case .pattern: ["pattern"]
    case .schema: ["schema"]
    }
  }

  /// What becomes of it, in a line.
  public var meaning: String {
    switch self {
    case .question: "what is asked"
    case .body: "stands before the question, in the same paragraph (SVAMP)"
    case .passage: "stands before the question, as a paragraph of its own (DROP, BoolQ)"
    case .input: "stands below an `instruction` (Alpaca)"
    case .turns:
      "a conversation, of `role` and `content` or of `from` and `value`: its last assistant turn is the reference, the system turn is "
        + "told before the question"
    case .answer:
      "the reference: text, number or boolean, or a list of accepted answers; a whole solution that ends in one, as GSM8K's and "
        + "MATH's, is read for it"
    case .right: "which choice is right: its label or letter, its place from 0, or its text"
    case .choices:
      "options: a list, labels with texts, or one text such as `a ) 38 , b ) 27`; shown as the lettered lines A), B) …"
    case .id: "the problem's name; without one a digest of the question"
    case .system: "what the model is told before the question"
    case .source: "where the problem comes from"
    case .split: "train, dev, test or another word"
    case .tests: "Python statements that must run after a solution's code"
    case .pattern: "a regular expression for the whole final answer"
    case .schema: "a JSON schema for the solution's JSON"
    }
  }

  /// Names of ``right`` under which a number is a place from 0, whatever the labels.
  static let placeNames: Set = ["answer_index", "answer_idx", "correct_index", "cop", "label", "gold_index"]

  /// Names of ``choices`` under which what is right stands as 1 beside each: TruthfulQA's and BIG-bench's.
  static let markedChoices: Set = ["mc1_targets", "target_scores"]

  /// Fields that hold one choice each, before their letter or number: `A`, `option_b`, `opc`, `choice1` …
  static let choiceColumns = [
    "", "option_", "option", "choice_", "choice", "op", "sol", "ending", "ending_", "answer_",
  ]

  /// The labels of such choices with the names of their fields, by the ways in which they may be named.
  static let choiceNames: [[(label: String, name: String)]] = choiceColumns.flatMap { prefix in
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }
    if prefix.isEmpty { return [letters.map { ($0, $0) }] }
    return [letters, (1...letters.count).map(String.init), (0..<letters.count).map(String.init)].map { labels in
      labels.map { ($0, prefix + $0.lowercased()) }
    }
  }

  /// The table as Markdown.
  public static var markdown: String {
    let rows = allCases.map { field in
      let names =
        field.names.map { "`\($0)`" } + (field == .choices ? ["a column each: `A`, `option_a`, `choice1` …"] : [])
      return "| \(field.name) | \(field.meaning) | \(names.joined(separator: ", ")) |"
    }
    return (["| field | what it is | names |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  /// A name as it is compared: lower case, words joined by `_`.
  static func plain(_ name: String) -> String {
    // Nearly all are in that form already.
    let isPlain = name.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) && $0 != 0x20 && $0 != 0x2D }
    if isPlain { return name }
    return String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

/// Which fields of a file are which: the user's own words (`--fields question=problem,answer=final`), else ``ProblemField/names``.
public struct ProblemFieldNames: Equatable, Sendable {
  private(set) var own: [ProblemField: String] = [:]

  /// The names of the table.
  public init() {}

  /// What a person typed: `field=NAME` with commas between them; `a.b` is the field `b` of the object `a`, and texts are joined
  /// by `+`. Throws a sentence that says what was expected.
  public init(_ texts: [String]) throws(ProblemFieldError) {
    for part in texts.flatMap({ $0.split(separator: ",") }) {
      let sides = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }) else {
        throw ProblemFieldError("expected FIELD=NAME, as in question=problem,answer=final, found '\(part)'")
      }
      guard let field = ProblemField(name: sides[0]) else {
        let known = ProblemField.allCases.map(\.name).joined(separator: ", ")
        throw ProblemFieldError("expected one of \(known) before '=', found '\(sides[0])'")
      }
      guard own.updateValue(sides[1], forKey: field) == nil else {
        throw ProblemFieldError("expected each field once, found '\(sides[0])' twice")
      }
    }
  }

  /// Where `field` may stand, in order.
  func names(of field: ProblemField) -> [String] { own[field].map { [$0] } ?? field.names }
}

/// What is wrong with ``ProblemFieldNames`` that somebody typed.
public struct ProblemFieldError: Error, CustomStringConvertible {
  /// What was expected, and what was found.
  public let description: String

  init(_ description: String) { self.description = description.printable }
}
