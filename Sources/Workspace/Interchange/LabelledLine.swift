import Vocabulary

/// What one person says of one walk through the alternatives of one problem: a line of a label file, whatever its form.
struct LabelledLine: Sendable {
  /// An alternative of a step.
  struct Option: Sendable {
    var text: String
    /// Nil where the person said nothing.
    var rating: StepLabel?
    var isFlagged = false
  }

  /// A step of the walk.
  struct Step: Sendable {
    /// The alternatives that the person saw, in their order.
    var options: [Option]
    /// The person's own text.
    var own: Option?
    /// The alternative with which the walk goes on; nil where it goes on with the person's own text, or ends.
    var chosen: Int?
  }

  /// What is asked.
  var problem: Problem
  /// Models by role, as far as the file names them.
  var models: [String: String] = [:]
  /// Who says it.
  var who: String
  /// When, ISO 8601; nil where the file does not say, or says something else.
  var at: String?
  /// Why it was given to the person.
  var purpose = Label.Purpose.work
  /// How long the person looked at it.
  var milliseconds: Int?
  /// How the person ended it.
  var finish: Label.Finish?
  /// What the walk as a whole is, and whether its answer is right, where the file says so.
  var verdict: Judgement.Verdict?
  var isAnswerRight: Bool?
  /// Steps in order.
  var steps: [Step]
}

/// What is wrong with a line: the field, and what was expected.
struct LabelLineFault: Error {
  let field: String
  let expected: String
}

/// A form of label files: how it is known, read and written.
///
/// A form of your own is a file beside ``prm800k`` and ``processBench`` and a line in ``all``.
public struct LabelFormat: Sendable {
  /// What `--format` calls it.
  public let name: String
  /// What it is, in a few words.
  public let help: String
  /// True where an object has the shape of a line.
  let fits: @Sendable (ForeignValue) -> Bool
  /// The lines that a record holds which several people have labelled; a line itself where there is one person to a line.
  var split: @Sendable (ForeignValue) -> [ForeignValue] = { [$0] }
  /// What a line says. Throws ``LabelLineFault``.
  let read: @Sendable (ForeignValue) throws -> LabelledLine
  /// The line that says it; nil where the form has no words for it.
  let write: @Sendable (LabelledLine) -> ForeignValue?

  /// The forms that `import` reads and `dataset export` writes.
  public static let all: [LabelFormat] = [
    .prm800k, .processBench, .prmBench, .mathShepherd, .argilla, .labelStudio,
  ]

  /// The form of ``all`` that is called `name`; nil where none is.
  public static func named(_ name: String) -> LabelFormat? { all.first { $0.name == name } }
}

/// Reads members of a foreign object and says what was expected of one that is something else.
struct ForeignFields {
  let value: ForeignValue
  /// Where it stands, with a point at its end; empty for a line itself.
  var path = ""

  func fault(_ key: String, _ expected: String) -> LabelLineFault {
    let found = value[key].map { "found \($0.kind)" } ?? "found none"
    return LabelLineFault(field: path + key, expected: "expected \(expected), \(found)")
  }

  func text(_ key: String) throws -> String {
    guard let text = value[key]?.text else { throw fault(key, "a string") }
    return text
  }

  func list(_ key: String) throws -> [ForeignValue] {
    guard let list = value[key]?.list else { throw fault(key, "a list") }
    return list
  }

  /// A member that may be null or absent.
  func flag(_ key: String) throws -> Bool? {
    guard let member = value[key], !member.isNull else { return nil }
    guard let flag = member.flag else { throw fault(key, "true, false or null") }
    return flag
  }

  func object(_ key: String) throws -> ForeignFields {
    guard let object = value[key], object.isObject else { throw fault(key, "an object") }
    return ForeignFields(value: object, path: "\(path)\(key).")
  }

  /// A rating; nil where it is null or absent.
  func rating(_ key: String) throws -> StepLabel? {
    guard let member = value[key], !member.isNull else { return nil }
    guard let label = member.whole.flatMap({ StepLabel(rawValue: $0) }) else {
      throw fault(key, "-1, 0, 1 or null")
    }
    return label
  }
}
