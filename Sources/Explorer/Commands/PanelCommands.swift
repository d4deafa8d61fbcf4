import Canvas
import TreeSearch

extension CommandTable {
  /// Moving along the trajectory in the path panel, and scrolling in the node panel.
  static let panelCommands: [Command] = [
    Command("path.down", "Next step", "Selects the next step of the trajectory.", .path, [.character("j"), .down]) {
      $0.moveAlongPath(1)
    },
    Command("path.up", "Previous step", "Selects the step before.", .path, [.character("k"), .up]) {
      $0.moveAlongPath(-1)
    },
    Command("path.first", "First step", "Selects the root.", .path, [.character("g"), .home]) {
      $0.moveAlongPath(-1_000_000)
    },
    Command("path.last", "Last step", "Selects the end of the trajectory.", .path, [.character("G"), .end]) {
      $0.moveAlongPath(1_000_000)
    },
    Command("node.down", "Scroll down", "Shows the line below.", .node, [.character("j"), .down]) { $0.scrollNode(1) },
    Command("node.up", "Scroll up", "Shows the line above.", .node, [.character("k"), .up]) { $0.scrollNode(-1) },
    Command("node.pageDown", "Half a page down", "Scrolls by half a panel.", .node, [.control("d"), .pageDown]) {
      $0.scrollNode(max(1, $0.layout.nodeRows / 2))
    },
    Command("node.pageUp", "Half a page up", "Scrolls back by half a panel.", .node, [.control("u"), .pageUp]) {
      $0.scrollNode(-max(1, $0.layout.nodeRows / 2))
    },
    Command("node.first", "Top", "Scrolls to the top.", .node, [.character("g"), .home]) { $0.scrollNode(-1_000_000) },
    Command("node.last", "End", "Scrolls to the end.", .node, [.character("G"), .end]) { $0.scrollNode(1_000_000) },
  ]
}

extension ExplorerState {
  /// Selects the step `steps` further along the trajectory shown.
  mutating func moveAlongPath(_ steps: Int) -> [Effect] {
    withRun { run in
      let path = run.shownPath
      let at = path.firstIndex(of: run.cursor) ?? 0
      run.selectStep(path[max(0, min(at + steps, path.count - 1))])
    }
  }

  /// Scrolls the node panel by `lines`; how far it can go is known when everything has its place.
  mutating func scrollNode(_ lines: Int) -> [Effect] {
    withRun { $0.nodeScroll = max(0, $0.nodeScroll + lines) }
  }
}
