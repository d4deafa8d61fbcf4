import Canvas
import TreeSearch

extension CommandTable {
  /// Finding one's way in a run, whichever panel has the keyboard.
  static let runCommands: [Command] = [
    Command(
      "run.previousSibling", "Better sibling", "Goes to the sibling of next greater mean value.", .run,
      [.character("[")], unless: { $0.selectedNode == .root ? "the root has no siblings" : nil }
    ) { $0.moveAmongSiblings(-1) },
    Command(
      "run.nextSibling", "Worse sibling", "Goes to the sibling of next smaller mean value.", .run, [.character("]")],
      unless: { $0.selectedNode == .root ? "the root has no siblings" : nil }
    ) { $0.moveAmongSiblings(1) },
    Command(
      "run.bestPath", "Best path",
      "Opens and shows the path of greatest mean value, or again the one through the selected node.",
      .run, [.character("p")], hint: "path"
    ) { state in
      state.withRun { run in
        run.pathChoice = run.pathChoice == .best ? .selected : .best
        if run.pathChoice == .best, let end = run.tree.bestPath().last { run.folds.reveal(end, in: run.tree) }
      }
    },
    Command(
      "run.bestLeaf", "Best leaf",
      "Goes to the finished trajectory of greatest mean value; while there is none, to the end of the best path.",
      .run, [.character("b")]
    ) { state in
      state.withRun { $0.select($0.bestLeaf ?? $0.tree.bestPath().last ?? .root) }
    },
    Command(
      "run.filter", "Filter nodes", "Marks the nodes for which every term holds: n>10 q<0.4 depth=2 pruned \"text\".",
      .run, [.character("/")], hint: "find"
    ) { state in state.ask(.filter, state.run?.filter?.source ?? "") },
    Command(
      "run.nextMatch", "Next match", "Goes to the next node that passes the filter.", .run, [.character("n")],
      unless: { $0.run?.filter == nil ? "no filter is set; / sets one" : nil }
    ) { $0.findMatch(backwards: false) },
    Command(
      "run.previousMatch", "Previous match", "Goes to the previous node that passes the filter.", .run,
      [.character("N")], unless: { $0.run?.filter == nil ? "no filter is set; / sets one" : nil }
    ) { $0.findMatch(backwards: true) },
    Command(
      "run.clearFilter", "Clear the filter", "Shows all nodes alike again.", .run, [.escape],
      unless: { $0.run?.filter == nil ? "no filter is set" : nil }
    ) { state in state.withRun { $0.filter = nil } },
    Command("run.bookmark", "Bookmark", "Sets a bookmark on the selected node, or removes it.", .run, [.character("m")])
    {
      state in
      state.withRun { run in
        if run.bookmarks.remove(run.cursor) == nil { run.bookmarks.insert(run.cursor) }
      }
    },
    Command(
      "run.nextBookmark", "Next bookmark", "Goes to the next bookmark, going round.", .run, [.character("'")],
      unless: { $0.run?.liveBookmarks.isEmpty == false ? nil : "no bookmark is set; m sets one" }
    ) { state in
      state.withRun { run in
        let marks = run.liveBookmarks
        if let next = marks.first(where: { $0 > run.cursor }) ?? marks.first { run.select(next) }
      }
    },
    Command(
      "run.close", "Back to the problems", "Leaves this run; everything done is saved.", .run, [.character("P")],
      unless: { $0.problems.entries.isEmpty ? "there is no list of problems to go back to" : nil }
    ) { state in
      state.run = nil
      return [.closeRun]
    },
  ]
}

extension OpenRun {
  /// Bookmarks that are still in the tree, by id.
  var liveBookmarks: [NodeID] { bookmarks.filter { tree.holds($0) }.sorted() }
}

extension ExplorerState {
  /// Selects the sibling `steps` further down the ranking.
  mutating func moveAmongSiblings(_ steps: Int) -> [Effect] {
    withRun { run in
      let siblings = run.tree.rankedSiblings(of: run.cursor)
      let at = siblings.firstIndex(of: run.cursor) ?? 0
      run.select(siblings[max(0, min(at + steps, siblings.count - 1))])
    }
  }

  /// Selects the next match of the filter, or says that there is none.
  mutating func findMatch(backwards: Bool) -> [Effect] {
    guard let run, let filter = run.filter else { return [] }
    guard let match = filter.match(from: run.cursor, backwards: backwards, in: run.tree, run.folds) else {
      message = .failure("no node matches \(filter.source)")
      return []
    }
    return withRun { $0.select(match) }
  }
}
