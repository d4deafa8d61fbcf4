import TreeSearch
import Vocabulary

// From 1 to 25 by doubling and by adding 3.
let target = 25

/// The number that a path has reached: its last line ends with it.
func reached(_ node: NodeID, _ tree: SearchTree) -> Int {
  tree.options(to: node).last.flatMap { Int($0.text.split { $0 == " " || $0 == "\n" }.last ?? "") } ?? 1
}

/// The policy: a step chosen by the request's seed, or the answer where the target is reached.
func option(for request: Request, _ tree: SearchTree) -> SearchOption {
  let now = reached(request.node, tree)
  let step = request.seed % 2 == 0 ? "\(now) * 2 = \(now * 2)\n" : "\(now) + 3 = \(now + 3)\n"
  let text = now == target ? "#### \(tree[request.node].depth)\n" : step
  return SearchOption(bytes: Array(text.utf8), termination: .newline)
}

/// The critic: how near a path has come, nothing beyond the target; of two answers the shorter is worth more.
func value(of node: NodeID, _ tree: SearchTree) -> Double {
  if tree[node].terminal == .answer { return 1 - 0.01 * Double(tree[node].depth) }
  let number = reached(node, tree)
  return number > target ? 0 : 0.9 * Double(number) / Double(target)
}

var parameters = SearchParameters()
try parameters.set("rollout.count", to: "0")
try parameters.set("width.rule", to: "fixed")
try parameters.set("width.fixed", to: "2")
let critics = [CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode)]
let problem = Problem(id: "steps", question: "In how many steps from 1 to \(target)?")
var search = Search(header: RunHeader(problem: problem, seed: 7, parameters: parameters, critics: critics))

while case let requests = search.ask(upTo: 200), !requests.isEmpty {
  for request in requests {
    if case .propose = request.kind {
      search.tell(request.id, Answer(.options([option(for: request, search.tree)])))
    } else {
      let score = CriticScore(critic: CriticName.value, score: value(of: request.node, search.tree))
      search.tell(request.id, Answer(.scores([score])))
    }
  }
}

if let best = search.tree.finalAnswers()[.rerank] {
  print(search.tree.options(to: best.node).map(\.text).joined(), terminator: "")
  print("\(best.answer) steps, found in \(search.tree.simulations) simulations")
}
