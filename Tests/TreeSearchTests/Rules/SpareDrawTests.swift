import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// `width.spare`: a search whose tree is complete spends what is left on more children of the root.
struct SpareDrawTests {
  private func driver(_ changes: [String: String], draws: [String] = ["#### 1\n"]) throws -> Driver {
    let script = Script(draws: ["": draws], scores: ["value": [:]])
    let narrow = [
      "rollout.count": "0", "width.root.minimum": "1", "width.root.maximum": "1", "merge.draws": "2",
    ]
    return Driver(try header(narrow.merging(changes) { $1 }), answer: script.answer)
  }

  /// Of every selection, whether it drew.
  private func drew(_ driver: Driver) -> [Bool] {
    driver.journal.compactMap { if case .selected(_, let widen, _, _, _) = $0 { widen } else { nil } }
  }

  @Test func withoutItACompleteTreeOnlyBacksUpAgain() throws {
    var driver = try driver([:])
    driver.run(to: 7)
    #expect(drew(driver) == [true, false, false, false, false, false, false])
    #expect(driver.tree.draws == 1 && driver.tree.nodeCount == 2)
  }

  @Test func afterSoManySimulationsWithoutADrawTheRootGetsOneMoreChild() throws {
    var driver = try driver(["width.spare": "2"])
    driver.run(to: 7)
    #expect(drew(driver) == [true, false, false, true, false, false, true])
    // Copies join as nodes of their own: each is a draw that agrees.
    #expect(driver.tree.kids(.root) == [1, 2, 3])
    #expect(driver.tree.draws == 3 && driver.tree.candidates().map(\.answer) == ["1", "1", "1"])
    let temperatures = driver.requests.compactMap {
      if case .propose(_, let temperature, _, _) = $0.kind { temperature } else { nil }
    }
    #expect(temperatures == [0, 0.8, 0.8])
    #expect(driver.search.allowance(at: .root).children == 1)
    #expect(try SearchTree(header: driver.tree.header, events: driver.journal) == driver.tree)
  }

  @Test func aRootThatIsWidenedNoMoreGetsThemToo() throws {
    var driver = try driver(["width.spare": "1", "width.root.minimum": "2"])
    // The second child's two draws are copies: the root is frozen; then terminal, spare, terminal.
    driver.run(to: 4)
    #expect(drew(driver) == [true, true, false, true, false])
    #expect(driver.tree[.root].marks.contains(.widthFrozen))
    #expect(driver.tree.kids(.root) == [1, 2])
    #expect(driver.journal.count { if case .rejected = $0 { true } else { false } } == 2)
  }

  @Test func aModelThatCannotDrawDoesNotKeepTheSearchFromItsLimit() throws {
    var driver = try driver(["width.spare": "1"])
    driver.run(to: 2)
    let asked = driver.search.ask(upTo: 3)
    #expect(asked.count == 1)
    driver.search.fail(asked[0].id, "no such model", reason: .refused)
    driver.run(to: 6)
    #expect(driver.tree.simulations == 6 && driver.tree.nodeCount == 2)
  }

  @Test func openNodesComeFirst() throws {
    // Two different answers at the root: its own width is used before anything is spare.
    var driver = try driver(["width.spare": "1", "width.root.minimum": "2"], draws: ["#### 1\n", "#### 2\n"])
    driver.run(to: 4)
    #expect(drew(driver) == [true, true, false, true])
    #expect(driver.tree.candidates().map(\.answer) == ["1", "2", "2"])
  }
}
