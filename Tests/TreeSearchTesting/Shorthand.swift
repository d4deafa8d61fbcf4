import TreeSearch
import Vocabulary

extension SearchOption {
  /// One line, ended by its line break unless told otherwise.
  public init(_ text: String, _ termination: Termination = .newline) {
    self.init(bytes: Array(text.utf8), termination: termination)
  }
}

extension SearchTree {
  /// The text of the option that leads to `node`.
  public func text(_ node: NodeID) -> String { details[node.offset].option?.text ?? "" }
  /// The ids of the shown children.
  public func kids(_ node: NodeID) -> [Int] { children(of: node).map(\.offset) }
}

/// A header with the given parameters set, value critic only unless told otherwise.
public func header(
  _ changes: [String: String] = [:], seed: UInt64 = 1,
  critics: [CriticWeight] = [CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode)]
) throws -> RunHeader {
  var parameters = SearchParameters()
  for (id, text) in changes { try parameters.set(id, to: text) }
  return RunHeader(
    problem: Problem(id: "p", question: "q"), seed: seed, parameters: parameters, critics: critics)
}
