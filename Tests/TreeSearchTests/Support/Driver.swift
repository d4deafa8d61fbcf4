import Testing
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// Drives a search as a real driver would: asks, answers in the order asked, keeps the journal.
struct Driver {
  var search: Search
  var queue: [Request] = []
  var journal: [SearchEvent] = []
  /// Every request that was asked, in order.
  var requests: [Request] = []
  var answer: (Request, SearchTree) -> Answer

  init(_ header: RunHeader, answer: @escaping (Request, SearchTree) -> Answer) {
    search = Search(header: header)
    self.answer = answer
  }

  /// Goes on from a stored journal, as after a crash.
  init(resuming tree: SearchTree, answer: @escaping (Request, SearchTree) -> Answer) {
    search = Search(tree: tree)
    queue = search.outstanding
    self.answer = answer
  }

  var tree: SearchTree { search.tree }

  /// Runs until nothing is due and `simulations` are done, or `steps` answers were given.
  mutating func run(to simulations: Int, steps: Int = .max) {
    var left = steps
    while left > 0 {
      ask(upTo: simulations)
      guard !queue.isEmpty else { break }
      tellNext()
      left -= 1
    }
    journal += search.takeEvents()
  }

  mutating func ask(upTo simulations: Int) {
    let asked = search.ask(upTo: simulations)
    requests += asked
    queue += asked
    journal += search.takeEvents()
  }

  mutating func tellNext() {
    let request = queue.removeFirst()
    search.tell(request.id, answer(request, search.tree))
    journal += search.takeEvents()
  }

  /// Acts as a person and lets the engine finish what follows from it.
  mutating func act(_ intervention: Intervention) throws {
    try search.intervene(intervention)
    run(to: 0)
  }

  /// Takes the last act back; a failure where there is none.
  mutating func undo() throws {
    let done = search.undo()
    try #require(done)
  }

  /// Does the last undone act again; a failure where there is none.
  mutating func redo() throws {
    let done = search.redo()
    try #require(done)
  }
}

extension SearchOption {
  /// One line, ended by its line break unless told otherwise.
  init(_ text: String, _ termination: Termination = .newline) {
    self.init(bytes: Array(text.utf8), termination: termination)
  }
}

extension SearchTree {
  /// The text of the option that leads to `node`.
  func text(_ node: NodeID) -> String { details[node.offset].option?.text ?? "" }
  /// The ids of the shown children.
  func kids(_ node: NodeID) -> [Int] { children(of: node).map(\.offset) }
}

/// A header with the given parameters set, value critic only unless told otherwise.
func header(
  _ changes: [String: String] = [:], seed: UInt64 = 1,
  critics: [CriticWeight] = [CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode)]
) throws -> RunHeader {
  var parameters = SearchParameters()
  for (id, text) in changes { try parameters.set(id, to: text) }
  return RunHeader(
    problem: Problem(id: "p", question: "q"), seed: seed, parameters: parameters, critics: critics)
}

/// Answers from tables: the texts drawn at each node in order, and what every critic says of a state's last option.
final class Script {
  /// Draws by the text of the node they are made at ("" is the root); the last one repeats.
  var draws: [String: [String]]
  /// Scores by critic and then by the option's text.
  var scores: [String: [String: Double]]
  /// Texts of rollouts by the option's text, with their ORM scores.
  var rollouts: [String: [(String, Double?)]] = [:]
  /// Log-probabilities of the tokens of an option, by its text.
  var logProbabilities: [String: [Float]] = [:]
  /// How much a model believes that an option says the same as any sibling, by the option's text.
  var beliefs: [String: Double] = [:]
  private var drawn: [String: Int] = [:]

  init(draws: [String: [String]] = [:], scores: [String: [String: Double]] = [:]) {
    self.draws = draws
    self.scores = scores
  }

  func answer(_ request: Request, _ tree: SearchTree) -> Answer {
    let text = tree.text(request.node)
    switch request.kind {
    case .propose(let count, _, _, _): return Answer(.options((0..<count).map { _ in draw(at: text) }))
    case .score(let critics):
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: scores[$0]?[text]) }))
    case .compare(let option, let nodes):
      return Answer(.similarities(nodes.map { _ in beliefs[option.text] ?? 0 }))
    case .rollOut(let count, _, let keepsLines):
      let texts = (rollouts[text] ?? []).prefix(count)
      return Answer(
        .rollouts(
          texts.map { Rollout(text: $0.0, score: $0.1, lines: keepsLines == true ? Self.lines(of: $0.0) : nil) }))
    }
  }

  private func draw(at text: String) -> SearchOption {
    let list = draws[text] ?? ["end\n"]
    let at = drawn[text, default: 0]
    drawn[text] = at + 1
    var option = SearchOption(list[min(at, list.count - 1)])
    option.logProbabilities = logProbabilities[option.text] ?? []
    return option
  }

  /// The lines of a completion, each with its line break.
  private static func lines(of text: String) -> [SearchOption] {
    text.split(separator: "\n").map { SearchOption($0 + "\n") }
  }
}
