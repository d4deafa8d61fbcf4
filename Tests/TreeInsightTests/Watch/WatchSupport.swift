import Foundation
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// A policy and critics as they should be: options of many words with their log-probabilities, scores that foretell the
/// outcome. The same request gets the same answer.
struct HealthyPolicy {
  /// Words that an option may be; its probability is one in so many.
  var vocabulary = 40
  /// Depth at which every option states an answer.
  var answerDepth = 2
  /// Changes an answer on its way.
  var fault: (Request, inout Answer) -> Void = { _, _ in }

  func answer(_ request: Request, _ tree: SearchTree) -> Answer {
    var answer = healthy(request, tree)
    fault(request, &answer)
    return answer
  }

  private func healthy(_ request: Request, _ tree: SearchTree) -> Answer {
    let path = tree.options(to: request.node).map(\.text).joined()
    var place = SplitMix(seed: path.utf8.reduce(7) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    var random = SplitMix(seed: request.seed)
    switch request.kind {
    case .propose(_, let temperature, _, _):
      let depth = Int(tree[request.node].depth) + 1
      let option = temperature == 0 ? option(&place, depth) : option(&random, depth)
      return Answer(.options([option]), usage: TokenUsage(policy: 3))
    case .score(let critics):
      let isRight = path.contains("#### 7\n") || !path.contains("####") && place.below(2) == 0
      return Answer(
        .scores(critics.map { CriticScore(critic: $0, score: (isRight ? 0.7 : 0) + 0.3 * place.unit()) }))
    case .compare(_, let nodes): return Answer(.similarities(nodes.map { _ in 0 }))
    case .rollOut(let count, _, _):
      return Answer(.rollouts((0..<count).map { _ in Rollout(text: "#### 7\n", score: random.unit()) }))
    }
  }

  private func option(_ random: inout SplitMix, _ depth: Int) -> SearchOption {
    let word = random.below(vocabulary)
    let text = depth >= answerDepth ? "#### \(word % 3 == 0 ? 7 : word)\n" : "word \(word)\n"
    let each = -Float(log(Double(vocabulary)) / 2)
    return SearchOption(
      tokens: [Int32(word), 1], bytes: Array(text.utf8), logProbabilities: [each, each], termination: .newline)
  }

  /// The journal of a run of `simulations` or so many answers, with a reference answer for every second seed.
  func run(_ seed: UInt64, simulations: Int = 60, answers: Int = .max, _ changes: [String: String] = [:]) throws -> (
    header: RunHeader, journal: [SearchEvent]
  ) {
    let critics: [CriticWeight] = [.value, .prm, .orm]
    let parameters = [
      "rollout.count": "1", "width.tolerance": "0.02", "width.root.minimum": "3", "width.root.maximum": "8",
    ].merging(changes) {
      $1
    }
    var header = try header(parameters, seed: seed, critics: critics)
    if seed.isMultiple(of: 2) { header.problem.answer = "7" }
    var driver = Driver(header, answer: answer)
    driver.run(to: simulations, steps: answers)
    return (header, driver.journal)
  }
}

/// Plays a journal to the watchdogs, event by event.
enum Watching {
  /// Every alarm. `tamper` may change the tree that the watchdogs see after an event.
  static func alarms(
    _ header: RunHeader, _ journal: [SearchEvent], tamper: (SearchEvent, inout SearchTree) -> Void = { _, _ in }
  ) throws -> [Alarm] {
    var tree = SearchTree(header: header)
    var reader = EventReader(tree: tree)
    var dogs = Watchdogs(tree: tree)
    var alarms: [Alarm] = []
    for event in journal {
      try tree.apply(event)
      tamper(event, &tree)
      alarms += dogs.alarms(after: reader.read([event], in: tree), in: tree)
    }
    return alarms
  }
}

extension SearchTree {
  /// Breaks the visits of a node, as a faulty backup would.
  mutating func breakVisits(of id: NodeID, by count: Int) {
    arena.setBackups(of: id, visits: arena[id].visitCount + Int32(count), valueSum: arena[id].valueSum)
  }
}
