import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Sequential halving at the root, worked out by hand.
struct SequentialHalvingTests {
  /// Of 16 visits among 4 children, two phases: two more each for four, then ⌊16 / (2 · 2)⌋ = 4 each for two.
  @Test func whoseTurnItIs() {
    let turns = (0..<16).map { SequentialHalving.considered(after: $0, of: 16, among: 4) }
    #expect(turns == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    // Eight children, a budget of 8: ⌊8 / 24⌋ is none, so one each; then one each for four, then for two.
    let short = (0..<16).map { SequentialHalving.considered(after: $0, of: 8, among: 8) }
    #expect(short == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3])
    #expect(SequentialHalving.considered(after: 5, of: 100, among: 1) == 5)
  }

  private func run(_ changes: [String: String], to simulations: Int = 16) throws -> Driver {
    // Four first steps worth .2, .4, .6 and .8, and whatever follows as much as its first step.
    let fixed = [
      "selection.rule": "halving", "selection.halving.actions": "4", "selection.halving.gumbel": "0",
      "rollout.count": "0", "limit.simulations": "16", "merge.rule": "off",
    ]
    var driver = Driver(try header(fixed.merging(changes) { $1 })) { request, tree in
      switch request.kind {
      case .propose: return Answer(.options([SearchOption("step \(request.id)\n")]), usage: TokenUsage(policy: 10))
      default:
        let first = tree.path(to: request.node).dropFirst().first ?? .root
        let place = Array(tree.children(of: .root)).firstIndex(of: first) ?? 0
        return Answer(.scores([CriticScore(critic: "value", score: 0.2 * Double(place + 1))]))
      }
    }
    driver.run(to: simulations)
    return driver
  }

  /// Without Gumbel numbers the better half survives: the first two have two visits each, the others share the rest.
  @Test func theBetterHalfSurvives() throws {
    let tree = try run([:]).tree
    #expect(tree.children(of: .root).map { tree[$0].visits } == [2, 2, 6, 6])
  }

  @Test func theNumberOfFirstStepsFollowsTheBudget() throws {
    #expect(Array(try run(["limit.simulations": "4"], to: 4).tree.children(of: .root)).count == 2)
    #expect(Array(try run(["width.root.minimum": "1", "width.root.maximum": "3"]).tree.children(of: .root)).count == 3)
  }

  @Test func theScoreIsTheFormula() throws {
    let search = try run([:]).search
    let contest = try #require(search.contest(at: .root))
    // max N = 6: (50 + 6) · .1 = 5.6; q of .2 … .8 is 0, ⅓, ⅔ and 1; four equal priors: ln ¼.
    #expect(zip(contest.entries, [0, 5.6 / 3, 11.2 / 3, 5.6]).allSatisfy { abs($0.terms.exploitation - $1) < 1e-9 })
    #expect(contest.entries.allSatisfy { abs($0.terms.exploration + 1.3862943611198906) < 1e-6 })
    #expect(contest.newChild == nil && search.contest(at: NodeID(1)) == nil)
  }

  @Test func aGumbelNumberIsTheChildsOwn() {
    let draws = (1...2000).map { SequentialHalving.draw(7, NodeID($0)) }
    #expect(SequentialHalving.draw(7, NodeID(5)) == draws[4] && SequentialHalving.draw(8, NodeID(5)) != draws[4])
    // The mean of a Gumbel number is Euler's constant, .5772; its spread 1.28 / √2000 = .029.
    #expect(abs(draws.reduce(0, +) / 2000 - 0.5772) < 0.12)
  }
}
