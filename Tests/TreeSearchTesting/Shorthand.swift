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

extension CriticWeight {
  /// The value critic, at weight 1.
  public static let value = CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode)
  /// The process reward model, at weight 1.
  public static let prm = CriticWeight(name: CriticName.prm, weight: 1, scope: .everyNode)
  /// The outcome reward model, at weight 1.
  public static let orm = CriticWeight(name: CriticName.orm, weight: 1, scope: .outcome)
  /// The calculator, at weight 1.
  public static let calculator = CriticWeight(name: "calculator", weight: 1, scope: .everyNode)
}

/// A header with the given parameters set, value critic only unless told otherwise.
public func header(
  _ changes: [String: String] = [:], problem: Problem = Problem(id: "p", question: "q"), seed: UInt64 = 1,
  critics: [CriticWeight] = [.value], models: [String: String] = [:], version: String = "0"
) throws -> RunHeader {
  var parameters = SearchParameters()
  for (id, text) in changes { try parameters.set(id, to: text) }
  return RunHeader(
    problem: problem, seed: seed, parameters: parameters, critics: critics, models: models, version: version)
}

extension Search {
  /// Answers whatever is asked, all of it each time, until nothing is asked below `target` simulations.
  public mutating func work(upTo target: Int, answer: (Request, SearchTree) -> Answer) {
    while true {
      let asked = ask(upTo: target)
      if asked.isEmpty { return }
      for request in asked { tell(request.id, answer(request, tree)) }
    }
  }
}
