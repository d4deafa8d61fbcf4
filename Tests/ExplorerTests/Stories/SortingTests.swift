import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Sorting, hiding and folding rows")
struct SortingTests {
  private static func person() -> FakeDriver {
    var person = FakeDriver(
      size: Size(columns: 120, rows: 40), header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 40)
    return person
  }

  /// The root's children from top to bottom.
  private static func children(_ person: FakeDriver) -> [NodeID] {
    guard let run = person.state.run else { return [] }
    var walk = TreeWalk(run.tree, run.folds)
    return walk.rows(from: .root, count: .max).filter { run.tree[$0].depth == 1 }
  }

  @Test("One key goes through the orders; a menu chooses one")
  func orders() throws {
    var person = Self.person()
    let tree = person.tree
    let created = Self.children(person)
    #expect(created == created.sorted())
    person.press("R")
    #expect(person.state.message == .notice("children by N"))
    #expect(person.screen()[1].contains("Tree, by N"))
    let visits = Self.children(person).map { tree[$0].visits }
    #expect(visits == visits.sorted(by: >))
    person.press("R")
    let values = Self.children(person).compactMap { tree[$0].meanValue }
    #expect(values == values.sorted(by: >) && values.count == created.count)
    person.press("R")
    let priors = Self.children(person).map { tree[$0].priorWeight }
    #expect(priors == priors.sorted(by: >))
    person.press("R")
    #expect(Self.children(person) == created)
    person.press("K q")
    #expect(person.state.run?.folds.order == .meanValue)
    #expect(person.state.overlay == nil)
  }

  @Test("The cursor stays on its node, on the screen, while the order changes and the search goes on")
  func cursor() {
    var person = Self.person()
    person.press("b")
    let node = person.cursor
    for _ in 0..<9 {
      person.press("R s")
      #expect(person.cursor == node)
      #expect(person.frame().cursor != nil)
    }
  }

  @Test("Pruned nodes are hidden and shown again; the cursor on one goes to the nearest row")
  func hiding() {
    var person = Self.person()
    person.press("j")
    let node = person.cursor
    let all = Self.children(person)
    person.press("x X")
    #expect(Self.children(person) == all.filter { $0 != node })
    #expect(person.cursor == .root)
    #expect(person.screen()[1].contains("without pruned"))
    person.press("X")
    #expect(Self.children(person) == all)
  }

  @Test("Folding by visits leaves open what has as many, now and later; one that is opened by hand stays open")
  func folding() throws {
    var person = Self.person()
    person.press("# text:8 Enter")
    let run = try #require(person.state.run)
    var walk = TreeWalk(run.tree, run.folds)
    for id in walk.rows(from: .root, count: .max) where !run.tree.childList(of: id).isEmpty {
      #expect(run.isExpanded(id) == (run.tree[id].visits >= 8))
    }
    #expect(person.screen()[1].contains("N from 8"))
    person.press("# text:900000 Enter g")
    #expect(person.state.run.map { $0.isExpanded(.root) } == false)
    person.press("o")
    #expect(person.state.run.map { $0.isExpanded(.root) } == true)
    person.press("# text:none Enter")
    #expect(person.screen().contains { $0.contains("expected a number of visits, 0 or more") })
    person.press("Escape # text:0 Enter")
    #expect(person.state.run?.folds.leastVisits == 0)
  }
}
