import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Selection by what is left of the budget, worked out by hand.
struct BudgetGuidedTests {
  /// Root with two answers worth .75 and .25, and so many simulations as a limit.
  private func twoLeaves(_ changes: [String: String] = [:]) throws -> Driver {
    let fixed = [
      "selection.rule": "budget", "selection.exploration": "1", "rollout.count": "0", "limit.simulations": "4",
      "merge.rule": "off",
    ]
    var driver = Driver(
      try header(fixed.merging(changes) { $1 }),
      answer: Script(
        draws: ["": ["#### 1\n", "#### 2\n", "#### 3\n"]],
        scores: ["value": ["#### 1\n": 0.75, "#### 2\n": 0.25, "#### 3\n": 0.5]]
      ).answer)
    driver.run(to: 2)
    return driver
  }

  @Test func theScoreIsTheFormula() throws {
    let contest = try #require(try twoLeaves().search.contest(at: .root))
    // Two of four simulations are left: ρ = ½. P = e^.75 / (e^.75 + e^.25) = .622459; √(ln 2) = .832555.
    let (high, low) = (contest.entries[0].terms, contest.entries[1].terms)
    #expect(high.exploitation == 0.75 && low.exploitation == 0.25)
    #expect(abs(high.exploration - 0.5 * 0.6224593312 * 0.8325546112) < 1e-9)
    #expect(abs(low.exploration - 0.5 * 0.3775406688 * 0.8325546112) < 1e-9)
    // A node that states an answer has no depth to gain.
    #expect(high.process == 0 && low.process == 0)
    // A new child: mean .5, variance 1/16, of which half counts.
    let new = try #require(contest.newChild)
    #expect(abs((new.terms?.total ?? 0) - (0.5 + 0.5 * 0.0625)) < 1e-12 && new.bar == high.total && !new.wins)
  }

  @Test func varianceIsAReasonToWiden() throws {
    // With λ = 40 a new child promises .5 + 40 · ½ / 16 = 1.75 against about 1.01.
    var driver = try twoLeaves(["selection.budget.variance": "40"])
    #expect(driver.search.contest(at: .root)?.newChild?.wins == true)
    driver.run(to: 3)
    #expect(driver.tree.kids(.root) == [1, 2, 3])
  }

  @Test func twoChildrenBeforeAnyCompetes() throws {
    let tree = try twoLeaves().tree
    #expect(tree.kids(.root).count == 2)
  }

  @Test func whatIsLeftOfTokensOrSimulations() throws {
    let tree = try twoLeaves().tree
    #expect(BudgetGuided.shareLeft(tree) == 0.5)
    let spent = tree.usage.generated
    let other = try twoLeaves(["limit.tokens": "\(max(1, 4 * spent))"]).tree
    #expect(BudgetGuided.shareLeft(other) == (spent == 0 ? 1 : 0.75))
  }
}
