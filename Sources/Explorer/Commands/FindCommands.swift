import Canvas
import TreeSearch

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
      state.withRun { run in
        if run.bookmarks.removeValue(forKey: run.cursor) == nil { run.bookmarks[run.cursor] = "" }
      }
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
      let items = zip("abcdefghijklmnopqrstuvwxyz", run.liveBookmarks).map { letter, node in
        let note = run.bookmarks[node].flatMap { $0.isEmpty ? nil : "\($0): " } ?? ""
        let option = run.tree.details[node.offset].option.map { OptionText.line($0.bytes, glyphs: .unicode) } ?? "root"
        return Menu.Item(letter: letter, title: "node \(node)  \(note)\(option)", choice: .select(node))
      }
      state.popup = .menu(Menu(title: "Bookmarks", items: items))
      return []
    },
    Command(
      "run.nextDisagreement", "Next disagreement",
      "Goes to the next node of which two learned critics think differently.",
      .run, [.character("D")]
    ) { $0.find("critics differ > 0.4", none: "no two learned critics differ by more than 0.4") },
    Command(
      "run.nextContradiction", "Next contradiction", "Goes to the next node of which a tool found something wrong.",
      .run,
      [.character("C")]
    ) { $0.find("contradicted", none: "no tool contradicts anything") },
  ]
}

extension NodeFilter {
  /// Nodes that are looked at to count matches: about as many as can be between two frames.
  static let mostCounted = 50_000

  /// How many nodes match, in words; of great trees, the oldest nodes are counted.
  ///
  /// Complexity: O(min(nodes, ``mostCounted``)).
  func matchWords(in tree: SearchTree) -> String {
    let looked = min(tree.nodes.count, Self.mostCounted)
    let found = (0..<looked).count { tree[NodeID($0)].isShown && matches(NodeID($0), in: tree) }
    let rest = looked < tree.nodes.count ? " of the first \(Number.count(looked))" : ""
    return "\(Number.things(found, "node"))\(rest) \(found == 1 && rest.isEmpty ? "matches" : "match")"
  }
}

extension OpenRun {
  /// Bookmarks that are still in the tree, by id.
  var liveBookmarks: [NodeID] { bookmarks.keys.filter { tree.holds($0) }.sorted() }
}

extension ExplorerState {
  /// Selects the next match of the filter, or says that there is none.
  mutating func findMatch(backwards: Bool) -> [Effect] {
    guard let filter = run?.filter else { return [] }
    return find(filter, backwards: backwards, none: "no node matches \(filter.source)")
  }

  /// Selects the next node that passes a filter of the program's own, and says what there is to be seen.
  mutating func find(_ source: String, none: String) -> [Effect] {
    guard let filter = try? NodeFilter(source) else { return [] }
    let effects = find(filter, backwards: false, none: none)
    if message == nil, let run { message = .glance(run.judgement(of: run.cursor)) }
    return effects
  }

  private mutating func find(_ filter: NodeFilter, backwards: Bool, none: String) -> [Effect] {
    guard let run, let match = filter.match(from: run.cursor, backwards: backwards, in: run.tree, run.folds) else {
      message = .failure(none)
      return []
    }
    return withRun { $0.select(match) }
  }

  /// Sets a bookmark with what was typed.
  mutating func confirmBookmark(_ node: NodeID, _ prompt: Prompt) -> [Effect] {
    popup = nil
    return withRun { $0.bookmarks[node] = prompt.field.text }
  }

  /// What is typed into a filter is counted at once; what cannot be read yet counts nothing.
  mutating func countMatches() {
    guard case .prompt(var prompt) = popup, case .filter = prompt.purpose, let run else { return }
    prompt.count = (try? NodeFilter(prompt.field.text)).map { $0.matchWords(in: run.tree) }
    popup = .prompt(prompt)
  }

  /// Why there is no bookmark to go to.
  var reasonOfNoBookmark: String? {
    run?.liveBookmarks.isEmpty == false
      ? nil : "no bookmark is set; \(keys.keys(of: "run.bookmark").first?.description ?? "the palette") sets one"
  }
}

extension OpenRun {
  /// What critics think of a node, and what tools object to.
  fileprivate func judgement(of id: NodeID) -> String {
    let scores = CriticName.learned.compactMap { name in
      tree.score(name, of: id).map { "\(name) \(Number.score($0))" }
    }
    let objections = tree.details[id.offset].scores.filter { CriticName.isContradiction($0.score, by: $0.critic) }
    let words = objections.map { "\($0.critic): \($0.note ?? "contradicts")" } + scores
    return "node \(id): " + words.joined(separator: ", ")
  }
}
