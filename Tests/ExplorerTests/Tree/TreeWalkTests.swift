import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Walking the folded tree")
struct TreeWalkTests {
  private static func tree(_ count: Int = 400) throws -> SearchTree {
    try GrownTree.make(count: count) { GrownTree.mixed($0) % $0 }
  }

  /// The rows as a plain recursion lists them.
  private static func list(_ tree: SearchTree, _ folds: Folds, from id: NodeID = .root) -> [NodeID] {
    guard folds.isOpen(id, in: tree) else { return [id] }
    let children = tree.children(of: id).filter { folds.hasRow($0, in: tree) }
    return [id] + folds.order.sorted(children, in: tree).flatMap { list(tree, folds, from: $0) }
  }

  private static func folded(_ tree: SearchTree) -> Folds {
    var folds = Folds()
    for node in stride(from: 3, to: 400, by: 7) { folds.close(NodeID(node)) }
    for node in stride(from: 5, to: 400, by: 11) { folds.open(NodeID(node)) }
    return folds
  }

  @Test("Forwards and backwards give the rows of a recursive listing, in any order", arguments: ChildOrder.allCases)
  func bothWays(order: ChildOrder) throws {
    let tree = try Self.tree()
    var folds = Self.folded(tree)
    folds.order = order
    let expected = Self.list(tree, folds)
    var walk = TreeWalk(tree, folds)
    #expect(walk.rows(from: .root, count: .max) == expected)
    var backwards = [walk.lastRow(of: .root)]
    while let previous = walk.previous(before: backwards[backwards.count - 1]) { backwards.append(previous) }
    #expect(backwards.reversed() == expected)
  }

  @Test(
    "Where pruned nodes are hidden, neither they nor what hangs below them has a row", arguments: ChildOrder.allCases)
  func hidingPruned(order: ChildOrder) throws {
    var driver = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    driver.press("s", times: 30)
    driver.press("j x ] x G x")
    var folds = Folds()
    folds.openAll(below: .root, in: driver.tree)
    let all = Self.list(driver.tree, folds).count
    folds.hidesPruned = true
    folds.order = order
    let tree = driver.tree
    var walk = TreeWalk(tree, folds)
    let rows = walk.rows(from: .root, count: .max)
    #expect(rows.count < all && rows.count > 3)
    #expect(rows == Self.list(tree, folds))
    #expect(rows.allSatisfy { tree.isReachable($0) })
    for index in tree.nodes.indices where !tree.isReachable(NodeID(index)) {
      #expect(rows.contains(walk.nearestRow(to: NodeID(index))))
    }
  }

  @Test("Nodes taken back have no row")
  func hidden() throws {
    var driver = FakeDriver()
    driver.press("s s j e text:3 Enter u")
    var walk = TreeWalk(driver.tree, Folds())
    let rows = walk.rows(from: .root, count: 100)
    #expect(rows.count == driver.tree.nodeCount)
    #expect(rows == Self.list(driver.tree, Folds()))
  }

  @Test("The order of two rows is that of the listing", arguments: ChildOrder.allCases)
  func order(order: ChildOrder) throws {
    let tree = try Self.tree(60)
    var folds = Folds()
    folds.order = order
    folds.openAll(below: .root, in: tree)
    let rows = Self.list(tree, folds)
    var walk = TreeWalk(tree, folds)
    for (i, a) in rows.enumerated() {
      for (j, b) in rows.enumerated() { #expect(walk.isAbove(a, b) == (i < j)) }
    }
  }

  @Test("The nearest row of a folded node is its highest closed ancestor")
  func nearest() throws {
    // 0 → 1 → 2 → 3 → 4
    let tree = try GrownTree.make(count: 5) { $0 - 1 }
    var folds = Folds()
    folds.openAll(below: .root, in: tree)
    folds.close(NodeID(1))
    folds.close(NodeID(2))
    var walk = TreeWalk(tree, folds)
    #expect(walk.nearestRow(to: NodeID(4)) == NodeID(1))
    #expect(walk.nearestRow(to: NodeID(1)) == NodeID(1))
  }

  @Test("The window always shows the cursor, keeps its place where it can, and leaves no empty rows")
  func window() throws {
    let tree = try Self.tree()
    var folds = Folds()
    folds.openAll(below: .root, in: tree)
    var walk = TreeWalk(tree, folds)
    let rows = walk.rows(from: .root, count: .max)
    for height in [1, 2, 3, 5, 12, 47, 1000] {
      var top = NodeID.root
      for step in 0..<200 {
        let cursor = rows[GrownTree.mixed(step) % rows.count]
        let before = top
        top = walk.window(top: top, cursor: cursor, height: height)
        let shown = walk.rows(from: top, count: height)
        #expect(shown.contains(cursor))
        #expect(shown.count == min(height, rows.count))
        // What is shown already, away from the edges, does not scroll.
        let margin = min(2, (height - 1) / 3)
        let seen = walk.rows(from: before, count: height)
        if seen.count == height, let at = seen.firstIndex(of: cursor), at >= margin, at < height - margin {
          #expect(top == before)
        }
      }
    }
  }

  @Test("A frame looks at as many nodes in a tree of 20,000 as in one of 1,000", arguments: ChildOrder.allCases)
  func cost(order: ChildOrder) throws {
    let height = 50
    var costs: [Int] = []
    for count in [1_000, 20_000] {
      // Eight children a node: depth grows with the logarithm.
      let tree = try GrownTree.make(count: count) { ($0 - 1) / 8 }
      var folds = Folds()
      folds.openAll(below: .root, in: tree)
      folds.order = order
      var walk = TreeWalk(tree, folds)
      let middle = NodeID(count / 2)
      let top = walk.window(top: .root, cursor: middle, height: height)
      #expect(walk.rows(from: top, count: height).contains(middle))
      costs.append(walk.visited)
    }
    let depth = 5
    #expect(costs[1] <= 4 * height * (depth + 8))
    #expect(costs[1] < costs[0] * 2)
  }

  @Test("Below its kept ancestors the window shows the cursor, and their rows are those above the first one")
  func pinned() throws {
    let tree = try Self.tree()
    var folds = Folds()
    folds.openAll(below: .root, in: tree)
    var walk = TreeWalk(tree, folds)
    let rows = walk.rows(from: .root, count: .max)
    for height in [1, 5, 10, 12, 20, 47, 1000] {
      var top = NodeID.root
      for step in 0..<200 {
        let cursor = rows[GrownTree.mixed(step) % rows.count]
        top = walk.windowBelowPinned(top: top, cursor: cursor, height: height)
        let kept = walk.pinned(above: top, height: height)
        #expect(kept.count <= (height >= 20 ? 3 : height >= 10 ? 2 : 0))
        #expect(walk.rows(from: top, count: height - kept.count).contains(cursor))
        #expect(kept.last.map { $0 == tree[top].parent } ?? (top == .root || height < 10))
      }
    }
  }
}
