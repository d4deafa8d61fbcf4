import TreeSearch
import Vocabulary

/// Models and critics whose answers are a function of the request: short sums that lead to 32, and some that do not.
struct ScriptedWorld: Sendable {
  /// Lines that the policy may propose, by depth of the parent.
  var lines: [[String]] = [
    [
      "Ana buys 3 * 3 = 9 apples.", "Ana has 13 + 3 = 16 apples.", "Lena has 10 apples.",
      "They have 13 + 10 = 23 apples at first.", "There are 3 trays of 3 apples.", "Ana buys 3 + 3 = 6 apples.",
      "Ana starts with 13 apples.", "First count the trays: 3.", "Each tray holds 3 apples.", "Lena buys nothing.",
      "3 trays and 3 apples make 6.", "So we add 13 and 10.",
    ],
    ["Ana has 13 + 9 = 22 apples.", "Ana has 13 + 6 = 19 apples.", "Ana has 13 + 9 = 21 apples."],
    ["Together they have 22 + 10 = 32 apples.", "Together they have 19 + 10 = 29 apples."],
    ["#### 32", "#### 29", "#### 23"],
  ]

  /// What the driver would have got from models and critics.
  func answer(_ request: Request, in tree: SearchTree) -> Answer {
    switch request.kind {
    case .propose(_, _, let toEnd, let earlier):
      let depth = toEnd ? lines.count - 1 : min(Int(tree[request.node].depth), lines.count - 1)
      let choices = lines[depth]
      let text = choices[(tree.childrenEver(of: request.node) + earlier) % choices.count] + "\n"
      let tokens = text.split(separator: " ").indices.map { Int32($0) }
      let option = SearchOption(
        tokens: tokens, bytes: Array(text.utf8), logProbabilities: tokens.map { -0.125 * Float($0 * $0 % 13) },
        termination: .newline)
      return Answer(.options([option]), usage: TokenUsage(policy: tokens.count))
    case .score(let critics):
      let node = request.node.offset
      return Answer(.scores(critics.map { score($0, node, tree) }), usage: TokenUsage(critic: 20))
    case .compare(_, let nodes): return Answer(.similarities(nodes.map { _ in 0 }))
    case .rollOut(let count, _, _):
      let rollouts = (0..<count).map { index in
        let isRight = (request.id + index).isMultiple(of: 3)
        return Rollout(
          text: isRight ? "22 + 10 = 32\n#### 32" : "19 + 10 = 29\n#### 29", score: isRight ? 0.875 : 0.25)
      }
      return Answer(.rollouts(rollouts), usage: TokenUsage(rollout: 9 * count))
    }
  }

  private func score(_ critic: String, _ node: Int, _ tree: SearchTree) -> CriticScore {
    let text = tree.details[node].option?.text ?? ""
    switch critic {
    case "calculator":
      guard text.contains("=") else { return CriticScore(critic: critic, score: nil, note: "nothing to check") }
      if text.contains("= 21") { return CriticScore(critic: critic, score: 0, note: "13 + 9 is 22, not 21") }
      return CriticScore(critic: critic, score: 1, note: "1 sum checked")
    case CriticName.orm: return CriticScore(critic: critic, score: text.contains("32") ? 0.9375 : 0.1875)
    default:
      let spread = Double((node * 7 + critic.count * 5) % 16) / 16
      return CriticScore(critic: critic, score: spread)
    }
  }
}

extension SearchTree {
  /// Children ever made at a node, hidden ones included.
  fileprivate func childrenEver(of id: NodeID) -> Int {
    var count = 0
    var at = firstChild(of: id)
    while at.exists {
      count += 1
      at = nextSibling(of: at)
    }
    return count
  }
}
