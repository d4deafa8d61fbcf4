import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Moving and folding in the tree panel.
  static let treeCommands: [Command] = [
    Command("tree.down", "Next row", "Moves to the row below.", .tree, [.character("j"), .down]) { $0.moveRows(1) },
    Command("tree.up", "Previous row", "Moves to the row above.", .tree, [.character("k"), .up]) { $0.moveRows(-1) },
    Command(
      "tree.left", "Close or go to the parent", "Closes an open node; on a closed one or a leaf, goes to its parent.",
      .tree, [.character("h"), .left]
    ) { state in
      state.withRun { run in
        if run.isExpanded(run.cursor) {
          run.folds.close(run.cursor)
        } else if run.tree[run.cursor].parent.exists {
          run.select(run.tree[run.cursor].parent)
        }
      }
    },
    Command(
      "tree.right", "Open or go to the first child", "Opens a closed node; on an open one, goes to its first child.",
      .tree, [.character("l"), .right]
    ) { state in
      state.withRun { run in
        var walk = TreeWalk(run.tree, run.folds)
        guard let child = walk.firstChild(of: run.cursor) else { return }
        if run.isExpanded(run.cursor) { run.select(child) } else { run.folds.open(run.cursor) }
      }
    },
    Command(
      "tree.toggle", "Open or close", "Shows or hides the children of the selected node.", .tree,
      [.enter, .character("o")], hint: "open", unless: { $0.reasonNotToFold }
    ) { state in
      state.withRun { run in
        if run.isExpanded(run.cursor) { run.folds.close(run.cursor) } else { run.folds.open(run.cursor) }
      }
    },
    Command(
      "tree.toggleAll", "Open or close all below", "Opens everything below the selected node, or closes it again.",
      .tree, [.character("O")], unless: { $0.reasonNotToFold }
    ) { state in
      state.withRun { run in
        if run.folds.isUnfolded(run.cursor, in: run.tree) {
          run.folds.closeAll(below: run.cursor, in: run.tree)
        } else {
          run.folds.openAll(below: run.cursor, in: run.tree)
        }
      }
    },
    Command("tree.first", "First row", "Goes to the root.", .tree, [.character("g"), .home]) { state in
      state.withRun { $0.select(.root) }
    },
    Command("tree.last", "Last row", "Goes to the last row.", .tree, [.character("G"), .end]) { state in
      state.withRun { run in
        var walk = TreeWalk(run.tree, run.folds)
        run.select(walk.lastRow(of: .root))
      }
    },
    Command(
      "tree.pageDown", "Half a page down", "Moves down by half of the rows shown.", .tree, [.control("d"), .pageDown]
    ) { $0.moveRows($0.layout.treeRows / 2) },
    Command("tree.pageUp", "Half a page up", "Moves up by half of the rows shown.", .tree, [.control("u"), .pageUp]) {
      $0.moveRows(-($0.layout.treeRows / 2))
    },
    Command(
      "tree.sort", "Next order", "Sorts children by N, Q, P or the order in which they came, one after the other.",
      .tree,
      [.character("R")]
    ) { $0.sort(by: $0.run?.folds.order.next ?? .creation) },
    Command(
      "tree.sortBy", "Sort by", "Sorts children by N, Q, P or the order in which they came.", .tree, [.character("K")]
    ) {
      state in
      state.overlay = Menu(
        title: "Sort children by",
        items: ChildOrder.allCases.map { order in
          Menu.Item(letter: order.letter, title: order.sentence) { $0.sort(by: order) }
        })
      return []
    },
    Command(
      "tree.hidePruned", "Hide or show pruned", "Hides what is pruned, or shows it again.", .tree, [.character("X")]
    ) { state in
      state.withRun { $0.folds.hidesPruned.toggle() }
    },
    Command(
      "tree.foldVisits", "Fold by visits",
      "Folds every node that has fewer visits than you say; 0 folds by depth again.",
      .tree, [.character("#")]
    ) { state in state.ask(.foldVisits, String(state.run?.folds.leastVisits ?? 0)) },
  ]
}

extension OpenRun {
  /// Changes the run in place: a copy, changed and put back, would cost the whole tree.
  mutating func update(_ change: (inout OpenRun) -> Void) { change(&self) }

  /// True where the children of `id` have rows.
  func isExpanded(_ id: NodeID) -> Bool { folds.isOpen(id, in: tree) && folds.hasRows(below: id, in: tree) }
}

extension ExplorerState {
  /// Changes the run on the screen, if there is one.
  mutating func withRun(_ change: (inout OpenRun) -> Void) -> [Effect] {
    run?.update(change)
    return []
  }

  /// Puts children in another order and says which.
  mutating func sort(by order: ChildOrder) -> [Effect] {
    message = .notice(order == .creation ? "children in the order in which they came" : "children by \(order.word)")
    arrangement.childOrder = order
    return withRun { $0.folds.order = order }
  }

  /// Moves the tree's cursor by `rows`.
  mutating func moveRows(_ rows: Int) -> [Effect] {
    withRun { run in
      var walk = TreeWalk(run.tree, run.folds)
      run.select(walk.row(rows, from: run.cursor))
    }
  }

  /// Why the selected node cannot be opened or closed.
  var reasonNotToFold: String? {
    guard let run, !run.folds.hasRows(below: run.cursor, in: run.tree) else { return nil }
    if !run.tree.childList(of: run.cursor).isEmpty { return "the children of node \(run.cursor) are pruned and hidden" }
    return "node \(run.cursor) has no children yet; e adds some"
  }
}
