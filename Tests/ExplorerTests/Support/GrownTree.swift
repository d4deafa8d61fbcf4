import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

/// Trees of any shape, made by a real search: every node is inserted by hand and scored.
enum GrownTree {
  /// A tree of `count` nodes; the parent of each is chosen by `parent` from the number of nodes so far.
  static func make(count: Int, text: (Int) -> String = { "step \($0)" }, parent: (Int) -> Int) throws -> SearchTree {
    var parameters = SearchParameters()
    try parameters.set("rollout.count", to: "0")
    try parameters.set("depth.maximum", to: "1000")
    let header = RunHeader(
      problem: Problem(id: "grown", question: "How far?"), seed: 1, parameters: parameters,
      critics: [CriticWeight(name: CriticName.prm, weight: 1, scope: .everyNode)])
    var search = Search(header: header)
    for node in 1..<count {
      let option = SearchOption(bytes: Array(text(node).utf8), termination: .person)
      try search.intervene(.insert(node: NodeID(parent(node)), option: option))
      while true {
        let asked = search.ask(upTo: 0)
        if asked.isEmpty { break }
        for request in asked {
          search.tell(request.id, Answer(.scores([CriticScore(critic: "prm", score: Double(node % 97) / 96)])))
        }
      }
    }
    return search.tree
  }

  /// A pseudo-random sequence that is the same everywhere.
  static func mixed(_ value: Int) -> Int {
    var x = UInt64(truncatingIfNeeded: value) &* 0x9E37_79B9_7F4A_7C15
    x ^= x >> 29
    x = x &* 0xBF58_476D_1CE4_E5B9
    x ^= x >> 32
    return Int(x >> 1)
  }
}
