import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Wider or deeper by Thompson sampling.
struct ThompsonSamplingTests {
  /// Mean and variance of Beta(a, b): a / (a + b) and ab / ((a + b)²(a + b + 1)).
  @Test(arguments: [(0.5, 0.5), (0.5, 3.5), (2, 2), (9, 1.5)])
  func drawsAreBeta(_ a: Double, _ b: Double) {
    let draws = (0..<4000).map { ThompsonSampling.draw(a, b, SplitMix.seed(11, $0)) }
    let (mean, variance) = (a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1)))
    let found = draws.reduce(0, +) / 4000
    let spread = draws.reduce(0) { $0 + ($1 - found) * ($1 - found) } / 4000
    #expect(draws.allSatisfy { 0...1 ~= $0 })
    #expect(abs(found - mean) < 4 * (variance / 4000).squareRoot(), "mean \(found) of \(mean)")
    #expect(abs(spread - variance) < 0.1 * variance + 0.002, "variance \(spread) of \(variance)")
    #expect(ThompsonSampling.draw(a, b, 3) == ThompsonSampling.draw(a, b, 3))
  }

  private func run(_ value: Double, seed: UInt64 = 1, to simulations: Int = 30) throws -> Driver {
    var driver = Driver(
      try header(["selection.rule": "thompson", "rollout.count": "0", "merge.rule": "off"], seed: seed)
    ) { request, tree in
      switch request.kind {
      case .propose: return Answer(.options([SearchOption("step \(request.id)\n")]))
      default:
        // A first step is worth what it is worth; whatever follows one is perfect.
        let score = tree[request.node].depth == 1 ? value : 1
        return Answer(.scores([CriticScore(critic: "value", score: score)]))
      }
    }
    driver.run(to: simulations)
    return driver
  }

  @Test func theArmsAreTheCounts() throws {
    let search = try run(0.25, to: 1).search
    let contest = try #require(search.contest(at: .root))
    // One child with one backup of .25: Beta(.75, 1.25), mean .375; for a new child and for going on as well.
    #expect(contest.entries.map(\.terms.exploitation) == [0.375])
    let new = try #require(contest.newChild)
    #expect(new.terms?.exploitation == 0.375 && (0...1).contains(new.bar))
    #expect(search.contest(at: .root)?.newChild?.bar == new.bar, "the same tree draws the same")
  }

  /// Where first steps are bad and what follows is good, it goes deeper; where first steps are good, it goes wider more often.
  @Test func deeperWhereThatPays() throws {
    func width(_ value: Double) throws -> Int {
      try (1...10).reduce(0) { try $0 + run(value, seed: UInt64($1)).tree.kids(.root).count }
    }
    let (bad, good) = (try width(0.05), try width(0.95))
    #expect(bad < good, "\(bad) first steps against \(good)")
  }

  @Test func withinTheGreatestWidth() throws {
    var driver = Driver(
      try header([
        "selection.rule": "thompson", "rollout.count": "0", "merge.rule": "off", "width.root.minimum": "1",
        "width.root.maximum": "2", "width.minimum": "1", "width.maximum": "1",
      ]),
      answer: { SeededPolicy().answer($0, depth: Int($1[$0.node].depth)) })
    driver.run(to: 40)
    let tree = driver.tree
    #expect(tree.kids(.root).count <= 2)
    #expect(tree.kids(.root).allSatisfy { tree.kids(NodeID($0)).count <= 1 })
  }
}
