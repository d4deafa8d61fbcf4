import TreeSearch
import Vocabulary

/// A policy and critics that answer from a request's seed and the texts on the path: the same question, the same answer.
///
/// Its vocabulary is small, so that duplicates, answers and dead ends all happen.
public struct RandomPolicy {
  /// How many words it knows.
  public let vocabulary: Int

  /// A policy of so many words.
  public init(vocabulary: Int) { self.vocabulary = vocabulary }

  /// The same request and the same path get the same answer.
  public func answer(_ request: Request, _ tree: SearchTree) -> Answer {
    let path = tree.options(to: request.node).map(\.text).joined()
    let place = path.utf8.reduce(UInt64(vocabulary)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    var random = SplitMix(seed: request.seed)
    var fixed = SplitMix(seed: place)
    switch request.kind {
    case .propose(let draws, let temperature, _, _):
      let options = (0..<draws).map { _ in temperature == 0 ? option(&fixed) : option(&random) }
      return Answer(.options(options), usage: TokenUsage(policy: options.reduce(0) { $0 + $1.bytes.count }))
    case .score(let critics):
      return Answer(
        .scores(critics.map { CriticScore(critic: $0, score: fixed.below(8) == 0 ? nil : fixed.unit()) }),
        usage: TokenUsage(critic: 1))
    case .compare(_, let nodes):
      return Answer(.similarities(nodes.map { _ in random.below(3) == 0 ? 1 : random.unit() }))
    case .rollOut(let count, _, let keepsLines):
      let rollouts = (0..<count).map { _ in
        let lines = (0..<random.below(4)).map { _ in option(&random) }
        return Rollout(
          text: lines.map(\.text).joined(), score: random.below(4) == 0 ? nil : random.unit(),
          lines: keepsLines == true ? lines : nil)
      }
      return Answer(.rollouts(rollouts), usage: TokenUsage(rollout: count))
    }
  }

  private func option(_ random: inout SplitMix) -> SearchOption {
    let word = random.below(vocabulary)
    let logProbabilities = [Float(-3 * random.unit())]
    var option =
      switch random.below(10) {
      case 0: SearchOption("#### \(word)\n")
      case 1: SearchOption("stop \(word)", .endOfText)
      default: SearchOption(String(repeating: "xyz", count: word % 3) + "\(word) + 1 = \(word + 1)\n")
      }
    option.tokens = [Int32(word)]
    option.logProbabilities = logProbabilities
    return option
  }

  /// A small random run: parameters, critics and policy; `rules` are settings that chance has no say in.
  public static func run(
    _ random: inout SplitMix, rules: [String: String] = [:]
  ) throws -> (header: RunHeader, policy: RandomPolicy) {
    var critics = [CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode)]
    if random.below(4) == 0 { critics = [] }
    if random.below(2) == 0 { critics.append(CriticWeight(name: CriticName.prm, weight: 0.5, scope: .everyNode)) }
    if random.below(2) == 0 { critics.append(CriticWeight(name: CriticName.orm, weight: 2, scope: .outcome)) }
    var changes = [
      "merge.distance": String([0, 1, 1, 3][random.below(4)]), "merge.draws": String(1 + random.below(4)),
      "width.root.minimum": String(1 + random.below(4)), "width.root.maximum": String(3 + random.below(4)),
      "width.minimum": String(1 + random.below(2)), "width.maximum": String(1 + random.below(4)),
      "width.tolerance": "0.2", "depth.maximum": String(1 + random.below(5)), "rollout.count": String(random.below(3)),
      "option.greedyFirst": random.below(2) == 0 ? "true" : "false", "width.fixed": String(1 + random.below(4)),
      "rollout.insert": random.below(3) == 0 ? "true" : "false",
      "search.toTerminal": random.below(4) == 0 ? "true" : "false",
    ]
    // Every rule of every kind, in every combination that chance brings.
    for id in [
      "search.traversal", "selection.rule", "selection.firstPlay", "width.rule", "merge.rule", "merge.predicate",
      "backup.rule", "option.level",
    ] {
      guard case .word(let words)? = SearchParameters.declared.first(where: { $0.id == id })?.domain else { continue }
      changes[id] = words[random.below(2) == 0 ? 0 : random.below(words.count)]
    }
    if random.below(3) == 0 { changes["search.workers"] = String(2 + random.below(4)) }
    if random.below(3) == 0 { changes["selection.puct.prm"] = "0.5" }
    let policy = RandomPolicy(vocabulary: 2 + random.below(6))
    let seed = random.next()
    // Of a source of their own: runs of the same seed are as they were, but for these.
    var later = SplitMix(seed: seed)
    if later.below(3) == 0 { changes["width.spare"] = String(1 + later.below(3)) }
    if later.below(3) == 0 { changes["auto.samples"] = String(1 + later.below(4)) }
    changes.merge(rules) { $1 }
    return (try header(changes, seed: seed, critics: critics), policy)
  }
}
