import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension CommandTable {
  /// Filters, bookmarks, and what is worth a look by itself.
  static let findCommands: [Command] = [
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
      let node = state.selectedNode
      return state.note(.bookmark(node, state.run?.bookmarks[node] == nil ? "" : nil))
    },
    Command(
      "run.noteBookmark", "Note", "Sets a bookmark on the selected node with a few words of yours.", .run,
      [.character("\"")]
    ) { state in state.ask(.bookmark(state.selectedNode), state.run?.bookmarks[state.selectedNode] ?? "") },
    Command(
      "run.nextBookmark", "Next bookmark", "Goes to the next bookmark, going round.", .run, [.character("'")],
      unless: { $0.reasonOfNoBookmark }
    ) { state in
      let next = state.run.flatMap { run in
        let marks = run.liveBookmarks
        return marks.first { $0 > run.cursor } ?? marks.first
      }
      guard let next else { return [] }
      if let note = state.run?.bookmarks[next], !note.isEmpty { state.message = .glance(note) }
      return state.withRun { $0.select(next) }
    },
    Command(
      "run.bookmarks", "Bookmarks", "Lists the bookmarks with their notes, to go to one.", .run, [.character("`")],
      unless: { $0.reasonOfNoBookmark }
    ) { state in
      guard let run = state.run else { return [] }
      state.overlay = Menu(title: "Bookmarks", run.liveBookmarks) { letter, node in
        let note = run.bookmarks[node].flatMap { $0.isEmpty ? nil : "\($0): " } ?? ""
        let option = run.tree.details[node.offset].option.map { OptionText.line($0.bytes, glyphs: .unicode) } ?? "root"
        return Menu.Item(letter: letter, title: "node \(node)  \(note)\(option)") { $0.goTo(node) }
      }
      return []
    },
    Command(
      "run.nextDisagreement", "Next disagreement",
      "Goes to the next node of which two learned critics think differently.",
      .run, [.character("D")]
    ) { $0.find("critics differ > 0.4", none: "no two learned critics differ by more than 0.4") },
    Command(
      "run.firstWrong", "First wrong step",
      "Goes to the step at which the path through the selected node first goes wrong, and says what speaks against it.",
      .run, [.character("!")]
    ) { $0.goToFirstWrong() },
    Command(
      "run.nextContradiction", "Next contradiction", "Goes to the next node of which a tool found something wrong.",
      .run,
      [.character("C")]
    ) { $0.find("contradicted", none: "no tool contradicts anything") },
  ]
}

extension OpenRun {
  /// Bookmarks that are still in the tree, by id.
  var liveBookmarks: [NodeID] { bookmarks.keys.filter { tree.holds($0) }.sorted() }
}

extension ExplorerState {
  /// Selects a node that a menu offered, where it is still there.
  mutating func goTo(_ node: NodeID) -> [Effect] {
    withRun { if $0.tree.holds(node) { $0.select(node) } }
  }

  /// Selects the first wrong step of the path through the selected node, and says what speaks against it.
  mutating func goToFirstWrong() -> [Effect] {
    guard let run else { return [] }
    let end = run.tree.trajectory(through: run.cursor).last ?? run.cursor
    if run.tree.isCorrect(run.answer(at: end)) == true {
      message = .glance("this path answers right")
      return []
    }
    guard let wrong = FirstWrongStep(to: end, in: run.tree, labels: run.labels) else {
      message = .glance("nothing speaks against a step of this path")
      return []
    }
    message = .glance(wrong.sentence)
    return withRun { $0.selectStep(wrong.node) }
  }

  /// Why there is no bookmark to go to.
  var reasonOfNoBookmark: String? {
    run?.liveBookmarks.isEmpty == false
      ? nil : "no bookmark is set; \(key("run.bookmark")) sets one"
  }
}
