import Canvas
import TreeSearch

/// A filter over nodes: terms that must all hold, such as `n>10 q<0.4 depth=2 pruned answer=25 "text"`.
public struct NodeFilter: Hashable, Sendable {
  /// What is wrong with a filter, in words for the person who types it.
  struct Problem: Error, Hashable {
    let text: String
  }

  /// The text it was made from.
  public let source: String
  private let terms: [Term]

  /// Reads a filter. Throws ``Problem`` where a term cannot be read.
  init(_ source: String) throws(Problem) {
    self.source = source
    var terms: [Term] = []
    for word in NodeFilter.words(of: source) { terms.append(try Term(word.text, isQuoted: word.isQuoted)) }
    guard !terms.isEmpty else { throw Problem(text: "expected terms such as n>10, q<0.4, depth=2, pruned or \"text\"") }
    self.terms = terms
  }

  /// True where every term holds for `id`. Complexity: O(option's text).
  func matches(_ id: NodeID, in tree: SearchTree) -> Bool { terms.allSatisfy { $0.holds(for: id, in: tree) } }

  /// Splits at spaces outside of quotation marks; an open quotation ends with the text.
  private static func words(of source: String) -> [(text: String, isQuoted: Bool)] {
    var words: [(text: String, isQuoted: Bool)] = []
    var word = ""
    var isInside = false
    var wasQuoted = false
    func flush() {
      if !word.isEmpty { words.append((word, wasQuoted)) }
      word = ""
      wasQuoted = false
    }
    for character in source {
      if character == "\"" {
        isInside.toggle()
        wasQuoted = true
        if !isInside { flush() }
      } else if character == " ", !isInside {
        flush()
      } else {
        word.append(character)
      }
    }
    flush()
    return words
  }
}

extension NodeFilter {
  /// One condition on a node.
  private enum Term: Hashable, Sendable {
    case number(Field, Comparison, Double)
    case answer(String)
    case state(State)
    case text(String)

    init(_ word: String, isQuoted: Bool) throws(Problem) {
      if !isQuoted, let at = word.firstIndex(where: { "<>=".contains($0) }) {
        self = try Term.comparison(name: word[..<at].lowercased(), rest: word[at...])
      } else if !isQuoted, let state = State(rawValue: word.lowercased()) {
        self = .state(state)
      } else {
        self = .text(word.lowercased())
      }
    }

    private static func comparison(name: String, rest: Substring) throws(Problem) -> Term {
      let sign = rest.prefix { "<>=".contains($0) }
      let value = String(rest.dropFirst(sign.count))
      if name == "answer", sign == "=" { return .answer(AnswerFormat.normalised(value)) }
      guard let field = Field(name: name) else {
        throw Problem(
          text: "unknown field '\(name)': expected n, q, v, prm, orm, reward, depth, id, children or answer")
      }
      guard let comparison = Comparison(rawValue: String(sign)) else {
        throw Problem(text: "\(name): expected <, <=, =, >= or >, found '\(sign)'")
      }
      guard let number = Double(value) else { throw Problem(text: "\(name): expected a number, found '\(value)'") }
      return .number(field, comparison, number)
    }

    func holds(for id: NodeID, in tree: SearchTree) -> Bool {
      switch self {
      case .number(let field, let comparison, let number):
        field.value(of: id, in: tree).map { comparison.holds($0, number) } ?? false
      case .answer(let answer): tree.details[id.offset].answer.map { AnswerFormat.normalised($0) == answer } ?? false
      case .state(let state): state.holds(for: id, in: tree)
      case .text(let text): tree.details[id.offset].option?.text.lowercased().contains(text) ?? false
      }
    }
  }

  private enum Comparison: String, Hashable, Sendable {
    case less = "<"
    case atMost = "<="
    case equal = "="
    case atLeast = ">="
    case greater = ">"

    func holds(_ a: Double, _ b: Double) -> Bool {
      switch self {
      case .less: a < b
      case .atMost: a <= b
      case .equal: a == b
      case .atLeast: a >= b
      case .greater: a > b
      }
    }
  }

  private enum Field: Hashable, Sendable {
    case visits, q, reward, depth, id, children
    case critic(String)

    init?(name: String) {
      switch name {
      case "n", "visits": self = .visits
      case "q": self = .q
      case "v", "value": self = .critic(CriticName.value)
      case "prm": self = .critic(CriticName.prm)
      case "orm": self = .critic(CriticName.orm)
      case "reward": self = .reward
      case "depth": self = .depth
      case "id": self = .id
      case "children": self = .children
      default:
        guard name.hasPrefix("critic."), name.count > 7 else { return nil }
        self = .critic(String(name.dropFirst(7)))
      }
    }

    func value(of node: NodeID, in tree: SearchTree) -> Double? {
      switch self {
      case .visits: Double(tree[node].visits)
      case .q: tree[node].meanValue
      case .reward: tree.details[node.offset].reward
      case .depth: Double(tree[node].depth)
      case .id: Double(node.index)
      case .children: Double(tree.childList(of: node).count)
      case .critic(let name): tree.score(name, of: node)
      }
    }
  }

  private enum State: String, Hashable, Sendable {
    case pruned, inserted, overridden, frozen, terminal, answered, contradicted

    func holds(for id: NodeID, in tree: SearchTree) -> Bool {
      switch self {
      case .pruned: tree[id].marks.contains(.pruned)
      case .inserted: tree[id].marks.contains(.inserted)
      case .overridden: tree[id].marks.contains(.overridden)
      case .frozen: tree[id].marks.contains(.widthFrozen)
      case .terminal: tree[id].terminal != nil
      case .answered: tree[id].terminal == .answer
      case .contradicted: tree.isContradicted(id)
      }
    }
  }
}
