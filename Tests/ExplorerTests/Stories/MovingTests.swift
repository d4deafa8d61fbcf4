import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("A person looks around")
struct MovingTests {
  private static func searched(_ size: Size = Size(columns: 80, rows: 24)) -> FakeDriver {
    .searched(60, size: size)
  }

  @Test("j and k, g and G, ^d and ^u move by rows")
  func rows() {
    var person = Self.searched()
    var walk = TreeWalk(person.tree, Folds())
    let rows = walk.rows(from: .root, count: .max)
    person.press("j j")
    #expect(person.cursor == rows[2])
    person.press("k")
    #expect(person.cursor == rows[1])
    person.press("g ^d")
    #expect(person.cursor == rows[person.state.layout.treeRows / 2])
    person.press("^u")
    #expect(person.cursor == .root)
    person.press("G")
    #expect(person.cursor == rows.last)
    person.press("j")
    #expect(person.cursor == rows.last)
  }

  @Test("l opens, then enters; h closes, then leaves")
  func fold() {
    var person = Self.searched()
    person.press("l")
    let first = person.cursor
    #expect(first == NodeID(1))
    person.press("h")
    #expect(person.state.run?.isExpanded(first) == false)
    #expect(person.cursor == first)
    person.press("h")
    #expect(person.cursor == .root)
    person.press("j l l")
    #expect(person.tree[person.cursor].parent == first)
  }

  @Test("[ and ] go through the siblings from the best to the worst")
  func siblings() {
    var person = Self.searched()
    person.press("l")
    for _ in 0..<20 { person.press("[") }
    var seen = [person.cursor]
    for _ in 1..<person.tree.childList(of: .root).count {
      person.press("]")
      seen.append(person.cursor)
    }
    #expect(seen == person.tree.rankedSiblings(of: seen[0]))
    let q = seen.compactMap { person.tree[$0].meanValue }
    #expect(q == q.sorted(by: >))
  }

  @Test("p opens the best path and shows it; again, the one through the selected node")
  func bestPath() {
    var person = Self.searched()
    person.press("l")
    #expect(person.screen().contains { $0.contains("Path through 1") })
    person.press("p")
    #expect(person.screen().contains { $0.contains("Best path") })
    let end = person.tree.bestPath().last ?? .root
    #expect(person.tree.path(to: end).dropLast().allSatisfy { person.state.run?.isExpanded($0) == true })
    person.press("p")
    #expect(person.screen().contains { $0.contains("Path through 1") })
  }

  @Test("The selected node's path stays while the cursor walks along it")
  func walkPath() {
    var person = Self.searched()
    person.press("G")
    let path = person.state.run?.shownPath ?? []
    person.press("Tab Tab k k")
    #expect(person.state.run?.shownPath == path)
    #expect(path.contains(person.cursor))
    person.press("g G")
    #expect(person.cursor == path.last)
  }

  @Test("b goes to the trajectory that the final selection chooses and opens the way to it")
  func bestLeaf() {
    var person = Self.searched()
    person.press("s", times: 60)
    person.press("b")
    let tree = person.tree
    #expect(tree.chosen != nil && person.cursor == tree.chosen?.node)
    var walk = TreeWalk(tree, person.state.run?.folds ?? Folds())
    #expect(walk.nearestRow(to: person.cursor) == person.cursor)
  }

  @Test("Tab goes round the panels; j scrolls the node panel and walks the path panel")
  func panels() {
    var person = Self.searched()
    person.press("j Tab j j")
    #expect(person.state.run?.focus == .node)
    #expect(person.state.run?.nodeScroll == 2)
    person.press("k g")
    #expect(person.state.run?.nodeScroll == 0)
    person.press("Tab g j")
    #expect(person.cursor == person.tree.trajectory(through: NodeID(1))[1])
    person.press("Tab")
    #expect(person.state.run?.focus == .tree)
  }

  @Test("The node panel does not scroll beyond its end")
  func scrollEnd() {
    var person = Self.searched()
    person.press("j Tab G")
    let end = person.state.run?.nodeScroll ?? 0
    #expect(end > 0)
    person.press("j", times: 5)
    #expect(person.state.run?.nodeScroll == end)
  }

  @Test("m sets bookmarks, ' goes round them")
  func bookmarks() {
    var person = Self.searched()
    person.press("j m")
    let first = person.cursor
    person.press("G m")
    let last = person.cursor
    person.press("g '")
    #expect(person.cursor == first)
    person.press("'")
    #expect(person.cursor == last)
    person.press("'")
    #expect(person.cursor == first)
    person.press("m m ' m")
    #expect(person.state.run?.bookmarks.count == 1)
  }

  @Test("t previews themes; Esc brings the old one back, Enter keeps the new one")
  func themes() {
    var person = FakeDriver(themes: ["dusk", "paper", "terminal16"])
    person.press("t Down")
    #expect(person.takeEffects() == [.session(.setTheme("paper"))])
    person.press("Escape")
    #expect(person.takeEffects() == [.session(.setTheme("dusk"))])
    person.press("t text:term Enter")
    #expect(person.state.theme == "terminal16")
    #expect(person.takeEffects() == [.session(.setTheme("terminal16"))])
  }

  @Test("The palette runs what it finds, and says why it cannot")
  func palette() {
    var person = Self.searched()
    person.press("j : text:prune Enter")
    #expect(person.tree[person.cursor].marks.contains(.pruned))
    person.press(": text:redo Enter")
    #expect(person.screen()[23].contains("nothing to redo"))
  }

  @Test("q quits and ^z suspends, ^z from a popup too")
  func leave() {
    var person = Self.searched()
    person.press("q ^z ? ^z")
    #expect(person.takeEffects() == [.session(.quit), .session(.suspend), .session(.suspend)])
  }

  @Test("Below 40×10 a notice is shown, and only q acts")
  func small() {
    var person = Self.searched(Size(columns: 39, rows: 24))
    let before = person.tree.eventCount
    person.press("s j x e 3 Enter ?")
    person.act(.paste("text"))
    person.act(.mouse(MouseEvent(kind: .press(.left), x: 1, y: 3)))
    #expect(person.tree.eventCount == before)
    #expect(person.state.overlay == nil)
    #expect(person.cursor == .root)
    #expect(person.screen().contains { $0.contains("Too small: 39x24") })
    person.press("q")
    #expect(person.takeEffects() == [.session(.quit)])
  }

  @Test("A resize keeps the selected row on the screen")
  func resize() {
    var person = Self.searched(Size(columns: 80, rows: 50))
    person.press("G")
    let node = person.cursor
    for rows in [10, 40, 12, 24] {
      person.act(.resize(Size(columns: 80, rows: rows)))
      #expect(person.cursor == node)
      #expect(person.frame().cursor != nil)
    }
  }
}
