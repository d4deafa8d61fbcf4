import TreeSearch
import Vocabulary

/// A tree as a file tells it: nothing of it is checked, mapped or put in order yet.
struct TreeDraft {
  /// Where a node hangs.
  enum Parent {
    /// Below the question.
    case root
    /// Below the node with this place in ``TreeDraft/nodes``, which comes earlier.
    case place(Int)
    /// Below the node that the file calls so.
    case named(String)
  }

  /// How the texts of a path become one.
  enum Joining {
    /// Each step is a line, or several: the break between two goes without saying.
    case lines
    /// Texts stand one behind the other as they are.
    case exact
  }

  /// A node.
  struct Node {
    var parent = Parent.root
    /// What the file calls it.
    var name: String?
    /// The step's own text; with ``isWhole`` that of the whole path so far.
    var text = ""
    var isWhole = false
    /// Bytes, where the text is not UTF-8.
    var bytes: [UInt8]?
    /// N, Q and P as the file has them.
    var visits: Double?
    var mean: Double?
    var prior: Double?
    var reward: Double?
    /// Other values by the critic's name; nil for one that abstained.
    var scores: [(critic: String, score: Double?, note: String?)] = []
    var answer: String?
    /// True where the file says that the trajectory ends here.
    var isTerminal: Bool?
    /// What the node's place is in the order of making; the file's own unit.
    var order: Double?
    /// What the model thought before the step, or what else belongs to it and is no text of the path.
    var thinking: String?
    /// True where the file itself says that a sibling is the same.
    var isDuplicate = false
    /// Yes-or-no facts.
    var marks: [ImportedNode.Mark] = []
    /// What only our own export says.
    var facts: ImportedNode?
    /// The byte at which it stands in the text.
    var offset = 0
  }

  /// The question and what belongs to it; nil where the file has none.
  var question: String?
  var problemID: String?
  var answer: String?
  var source: String?
  var models: [String: String] = [:]
  /// The values of the question's own node.
  var root = Node()
  var nodes: [Node] = []
  var joining = Joining.lines
  /// True where N of a node is known to count the visits of its children, too.
  var countsChildren = true
  /// True where the writer throws nodes away of which others were made: what is left of those hangs below the question.
  var keepsOrphans = false
  /// Ranges that the form fixes, by value: `q` for means and rewards, else a critic's name.
  var scales: [String: ImportOrigin.Scale] = [:]
  /// What our own export says of the run.
  var header: RunHeader?
  var parameters: [String]?
  var events: Int?
  /// What the reader itself passed over or mended.
  var findings = ImportFindings()

  /// Adds a node and gives its place.
  @discardableResult
  mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }
}

/// Something in a file that is not as it should be, and what became of it.
public struct ImportFinding: Codable, Equatable, Sendable {
  /// What is wrong.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// N is less than that of the children together.
    case visits
    /// The parent is not in the file.
    case orphan
    /// A node is its own ancestor.
    case cycle
    /// A name is given twice.
    case name
    /// A value is not finite, or lies outside its range.
    case value
    /// A sibling has the same text.
    case duplicate
    /// A text does not go on from its parent's.
    case prefix
    /// The file has no question.
    case question
    /// A field cannot be taken over.
    case field
    /// A line, or a file, cannot be read.
    case line
  }

  /// What became of it.
  public enum Outcome: String, Codable, Sendable, CaseIterable { case kept, repaired, dropped }

  /// What is wrong.
  public let kind: Kind
  /// What became of it.
  public let outcome: Outcome
  /// Where: the line, and the node as the file calls it.
  public let place: String
  /// What it is, in words.
  public let words: String
}

/// Findings with their numbers: all are counted, and the first ones kept.
public struct ImportFindings: Equatable, Sendable {
  /// So many are kept of a tree, and of a file.
  static let most = 100

  /// The first of them.
  public private(set) var first: [ImportFinding] = []
  /// How many of each kind there are.
  public private(set) var counts: [ImportFinding.Kind: Int] = [:]
  /// How many of each outcome there are.
  public private(set) var outcomes: [ImportFinding.Outcome: Int] = [:]

  /// True where nothing was found.
  public var isEmpty: Bool { counts.isEmpty }

  /// Adds one; its words are made only where it is one of the first.
  mutating func add(
    _ kind: ImportFinding.Kind, _ outcome: ImportFinding.Outcome, at place: @autoclosure () -> String,
    _ words: @autoclosure () -> String
  ) {
    counts[kind, default: 0] += 1
    outcomes[outcome, default: 0] += 1
    if first.count < Self.most {
      first.append(ImportFinding(kind: kind, outcome: outcome, place: place(), words: words()))
    }
  }

  mutating func add(_ other: ImportFindings) {
    counts.merge(other.counts) { $0 + $1 }
    outcomes.merge(other.outcomes) { $0 + $1 }
    first += other.first.prefix(max(0, Self.most - first.count))
  }
}
