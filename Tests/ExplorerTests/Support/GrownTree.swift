import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Explorer

/// Trees of any shape, made by a real search: every node is inserted by hand and scored.
enum GrownTree {
  /// A tree of `count` nodes; the parent of each is chosen by `parent` from the number of nodes so far.
  static func make(count: Int, text: (Int) -> String = { "step \($0)" }, parent: (Int) -> Int) throws -> SearchTree {
    let header = try TreeSearchTesting.header(
      ["rollout.count": "0", "depth.maximum": "1000"], problem: Problem(id: "grown", question: "How far?"),
      critics: [.prm])
    var search = Search(header: header)
    for node in 1..<count {
      try search.intervene(.insert(node: NodeID(parent(node)), option: SearchOption(text(node), .person)))
      search.work(upTo: 0) { _, _ in Answer(.scores([CriticScore(critic: "prm", score: Double(node % 97) / 96)])) }
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
