import Vocabulary

/// Something exact that can be asked about a state: a calculator, an interpreter, a format.
///
/// A tool says what it found; how much that counts is learned from outcomes (``ToolTrust``), and whether it is asked at
/// all is decided option by option (``application(to:)``, ``ToolDispatcher``).
public protocol Tool: Sendable {
  /// The name of its critic, which weights, events and filters use: ASCII letters, digits, `-` and `_`, no head's name.
  var name: String { get }
  /// What it looks at, in a few words: for help.
  var summary: String { get }
  /// Which states it judges.
  var scope: CriticScope { get }
  /// How far its findings are trusted before this run has any outcome.
  var prior: ToolPrior { get }
  /// Whether it is quick enough to look at every draw, so that what it refutes is drawn again before anybody builds on it.
  var vetoes: Bool { get }
  /// Its critic's weight where nobody gives another, ≥ 0.
  var weight: Double { get }
  /// Whether it is about programs, so that it is of no use where the policy writes none.
  var needsCode: Bool { get }
  /// Whether it runs programs, so that it is off where there is no sandbox.
  var needsSandbox: Bool { get }
  /// Whether it keeps the books of short word problems, whose every number counts: elsewhere it is wrong too often to be asked
  /// unless somebody wants it.
  var readsStories: Bool { get }
  /// Whether there is anything for it to do in a problem with these checks.
  func isUseful(for checks: ProblemChecks) -> Bool
  /// Whether the newest option, or the whole solution, gives it something to look at; by rules that cost nothing.
  func application(to state: JudgedState) -> ToolApplication
  /// What it finds. Called only where it applies.
  ///
  /// - Throws: ``SandboxError`` where its program could not be run; `CancellationError`.
  func check(_ state: JudgedState) async throws -> ToolFinding
}

extension Tool {
  /// False: most look at what has become part of the tree.
  public var vetoes: Bool { false }
  /// 1, as all of the paper's β are.
  public var weight: Double { 1 }
  /// False: most read text.
  public var needsCode: Bool { false }
  /// False: most run nothing.
  public var needsSandbox: Bool { false }
  /// False: most are about any text.
  public var readsStories: Bool { false }
  /// True: most look at what a solution says.
  public func isUseful(for checks: ProblemChecks) -> Bool { true }
}

/// Whether a tool is asked, and why.
public enum ToolApplication: Sendable, Hashable {
  /// It is asked.
  case applies
  /// It is not asked, for this reason.
  case rests(String)
}

/// What a tool found.
public struct ToolFinding: Sendable, Hashable {
  /// What it comes to.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// All that could be checked holds.
    case holds
    /// Something is wrong for certain.
    case refuted
    /// Nothing could be checked.
    case unsure
  }

  /// What it comes to.
  public var kind: Kind
  /// What it looked at, in plain words; may quote hostile text.
  public var note: String

  /// A finding with its fields as given.
  public init(_ kind: Kind, _ note: String) {
    self.kind = kind
    self.note = note
  }
}

extension ToolFinding {
  /// Characters of a note.
  private static let longestNote = 120

  /// A note that quotes hostile text: one line, without anything that acts on a terminal.
  static func safe(_ text: String) -> String { SafeText.quotation(text, limit: longestNote) }

  /// A note of words that are safe, cut to its length.
  static func cut(_ text: String) -> String { SafeText.cut(text, limit: longestNote) }
}
