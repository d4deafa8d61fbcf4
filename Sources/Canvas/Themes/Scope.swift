/// A meaning that a theme gives a look to; the one list that themes, views, the linter and the reference read.
public struct Scope: Hashable, Sendable {
  /// The dotted name, as in theme files.
  public let id: String
  /// What it is for, in one line.
  public let help: String
  /// The scopes whose background it may be drawn on.
  public let surfaces: [String]
  /// The least WCAG contrast an RGB theme must give it: 4.5 for text (1.4.3), 3 for lines and bars (1.4.11).
  public let minimumContrast: Double

  /// Whether a name is in the list.
  public static func isDeclared(_ id: String) -> Bool {
    index[id] != nil
  }

  /// Whether a name is in the list or stands above one (`tree` above `tree.row`), so that a theme may give it a look.
  public static func canBeThemed(_ id: String) -> Bool {
    isDeclared(id) || all.contains { $0.id.hasPrefix(id + ".") }
  }

  /// Every scope by name.
  static let index: [String: Scope] = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Scope {
  /// Every scope, in the order of the reference.
  public static let all: [Scope] = interface + tree + node + lists + lessons

  private static let interface: [Scope] = [
    on([], "ui.background", "the whole screen, below everything else"),
    on(panes, "ui.text", "plain text"),
    on(panes, "ui.text.faint", "text of less weight: units, hints, times"),
    on(["ui.background"], "ui.title", "titles of panels"),
    on(panes, "ui.border", "borders and separators", contrast: 3),
    on(["ui.background"], "ui.border.focused", "the border of the panel that has the keyboard", contrast: 3),
    on([], "ui.status", "the status line"),
    on(["ui.status"], "ui.status.state.idle", "the word for a search that has not started"),
    on(["ui.status"], "ui.status.state.running", "the word for a search that runs"),
    on(["ui.status"], "ui.status.state.paused", "the word for a search that is paused"),
    on(["ui.status"], "ui.status.state.done", "the word for a search that is finished"),
    on(["ui.status"], "ui.status.state.error", "the word for a search that failed"),
    on(panes, "ui.help", "help text and the footer"),
    on(panes + ["ui.help"], "ui.key", "the name of a key in help and footer"),
    on([], "ui.popup", "the inside of a pop-up"),
    on(["ui.popup"], "ui.popup.title", "the title of a pop-up"),
    on(panes, "ui.input", "a text field"),
    on(panes, "ui.input.cursor", "the place of the cursor in a text field"),
    on(panes, "ui.notice", "a message"),
    on(panes, "ui.error", "a message about something that went wrong"),
  ]

  private static let tree: [Scope] = [
    on(["ui.background"], "tree.row", "a row of the tree"),
    on([], "tree.row.selected", "the selected row while the tree has the keyboard"),
    on([], "tree.row.selected.unfocused", "the selected row while another panel has the keyboard"),
    on(rows, "tree.branch", "the lines between nodes", contrast: 3),
    on(rows, "tree.text", "the text of an option"),
    on(rows, "tree.own", "the words of an option that its sibling has not"),
    on(rows, "tree.glyph.open", "the sign of a node that can be expanded"),
    on(rows, "tree.glyph.terminal", "the sign of a node that ends a trajectory"),
    on(rows, "tree.glyph.answer", "the signs of an answer of which nothing is known, and of the best path"),
    on(rows, "tree.glyph.right", "the sign of an answer that is right by the reference"),
    on(rows, "tree.glyph.wrong", "the sign of an answer that is wrong by the reference"),
    on(rows, "tree.glyph.doubt", "the sign of a step that a tool doubts"),
    on(rows, "tree.glyph.pruned", "the sign of a pruned node"),
    on(rows, "tree.glyph.inserted", "the sign of a node that a person inserted"),
    on(rows, "tree.glyph.merged", "the sign of merged options"),
    on(rows, "tree.glyph.failed", "the sign of a node whose request failed"),
    on(rows, "tree.glyph.running", "the sign of a node with a request in flight"),
    on(rows, "tree.glyph.bookmark", "the sign of a bookmark"),
    on(rows, "tree.number", "visits and other counts"),
    on(rows, "tree.q.low", "a mean value in the lowest third"),
    on(rows, "tree.q.middle", "a mean value in the middle third"),
    on(rows, "tree.q.high", "a mean value in the highest third"),
    on(rows, "tree.bar", "the bar of a value", contrast: 3),
    on(rows, "tree.match", "a match of the filter"),
    on(rows, "tree.lit", "the text of a node that a lesson speaks of, words that differ where two are compared"),
  ]

  private static let node: [Scope] = [
    on(panes, "node.label", "the name of a fact about a node"),
    on(panes, "node.value", "the fact"),
    on(panes, "node.prefix", "the text before the option: problem and earlier steps"),
    on(panes, "node.option", "the option itself"),
    on(panes, "node.token.likely", "a token that the model expected"),
    on(panes, "node.token.unlikely", "a token that surprised the model"),
    on(panes, "path.row", "a step of the chosen trajectory"),
    on(panes, "path.answer", "its answer, where nothing is known of it"),
    on(panes, "critic.agree", "what is right, and a critic that agrees"),
    on(panes, "critic.contradict", "what is wrong, and a number that goes down"),
    on(panes, "critic.doubt", "a tool's doubt"),
    on(panes, "critic.abstain", "a critic that has nothing to say"),
  ]

  private static let lists: [Scope] = [
    on(panes, "list.row", "a row of a list"),
    on([], "list.row.selected", "the selected row of a list"),
    on([], "list.row.selected.unfocused", "the selected row of a list that has not the keyboard"),
  ]

  private static let lessons: [Scope] = [
    on(["ui.background"], "teach.phase", "a phase of the simulation in teaching mode"),
    on(["ui.background"], "teach.phase.current", "the phase that the lesson speaks of"),
    on(["ui.background"], "teach.text", "what the lesson says"),
    on(["ui.background"], "teach.formula", "a formula with its numbers"),
    on(["ui.background"], "teach.next", "what will happen next"),
  ]

  /// The backgrounds of panels and pop-ups.
  private static let panes = ["ui.background", "ui.popup"]
  /// The backgrounds that the parts of a tree row meet.
  private static let rows = ["tree.row", "tree.row.selected", "tree.row.selected.unfocused"]

  private static func on(_ surfaces: [String], _ id: String, _ help: String, contrast: Double = 4.5) -> Scope {
    Scope(id: id, help: help, surfaces: surfaces, minimumContrast: contrast)
  }
}
