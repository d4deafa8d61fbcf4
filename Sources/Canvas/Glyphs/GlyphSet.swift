/// The signs of the screen by meaning: one column each (tree lines three), none wide, none a braille pattern.
public struct GlyphSet: Hashable, Sendable {
  // Tree lines
  /// Three columns before a child that has siblings below.
  public let treeBranch: String
  /// Three columns before the last child.
  public let treeLast: String
  /// Three columns where an ancestor's line passes.
  public let treeVertical: String
  /// Three columns where no ancestor's line passes.
  public let treeSpace: String
  /// A node whose children are shown.
  public let treeOpen: String
  /// A node whose children are hidden.
  public let treeClosed: String
  /// A node without children.
  public let treeLeaf: String

  // Node states
  /// A node that can still be expanded.
  public let nodeOpen: String
  /// A node that ends a trajectory.
  public let nodeTerminal: String
  /// An answer that is stated, while nothing is known of it.
  public let answered: String
  /// Right by what is known: an answer, a decision. Nothing else has this sign.
  public let answerOK: String
  /// Wrong by what is known.
  public let contradicted: String
  /// A tool's doubt, which may be mistaken.
  public let doubted: String
  /// A critic that abstains.
  public let abstained: String
  /// A pruned node.
  public let pruned: String
  /// A node inserted by a person.
  public let inserted: String
  /// A value overridden by a person.
  public let overridden: String
  /// Options merged into another.
  public let merged: String
  /// A request that failed.
  public let failed: String
  /// A request in flight.
  public let running: String
  /// A search that is paused.
  public let paused: String
  /// A trajectory that was committed.
  public let committed: String
  /// A moment at which a breakpoint or a watchdog paused the search.
  public let breakpoint: String
  /// A bookmark.
  public let bookmark: String
  /// A node on the best path.
  public let best: String

  // Bars
  /// Partial fillings of one column from the least to full.
  public let barSteps: [String]
  /// An empty column of a bar.
  public let barEmpty: String
  /// The same where it is to be seen how far the bar could reach: a dot in place of a space.
  public var barRoom: String { barEmpty == " " ? separator : barEmpty }
  /// Heights of one row from the least to full, for curves.
  public let curveSteps: [String]

  // Lines and boxes
  /// A line across.
  public let horizontal: String
  /// A line down.
  public let vertical: String
  /// Corners of a box.
  public let topLeft: String
  /// The upper right corner.
  public let topRight: String
  /// The lower left corner.
  public let bottomLeft: String
  /// The lower right corner.
  public let bottomRight: String

  // Signs
  /// Text was cut here.
  public let ellipsis: String
  /// More above.
  public let up: String
  /// More below.
  public let down: String
  /// Leads to the left.
  public let left: String
  /// Leads to the right.
  public let right: String
  /// An item of a list.
  public let bullet: String
  /// The selected row, so that colour is not the only sign.
  public let selection: String
  /// A line end inside text.
  public let lineEnd: String
  /// Plus or minus a spread; two columns in ASCII.
  public let plusMinus: String
  /// Times, in a formula.
  public let times: String
  /// Separates facts on one line.
  public let separator: String
  /// Between what was and what is; two columns in ASCII.
  public let becomes: String
}

extension GlyphSet {
  /// For terminals that show UTF-8.
  public static let unicode = GlyphSet(
    treeBranch: "├─ ", treeLast: "╰─ ", treeVertical: "│  ", treeSpace: "   ",
    treeOpen: "▾", treeClosed: "▸", treeLeaf: "·",
    nodeOpen: "○", nodeTerminal: "■", answered: "◉", answerOK: "✓", contradicted: "✗", doubted: "?", abstained: "–",
    pruned: "×", inserted: "+",
    overridden: "✎", merged: "≈", failed: "!", running: "◌", paused: "‖", committed: "▲", breakpoint: "●",
    bookmark: "◆", best: "★",
    barSteps: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], barEmpty: " ",
    curveSteps: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
    ellipsis: "…", up: "↑", down: "↓", left: "←", right: "→", bullet: "•", selection: "▌", lineEnd: "⏎",
    plusMinus: "±", times: "×", separator: "·", becomes: "→")

  /// For every other terminal and for goldens that any editor shows.
  public static let ascii = GlyphSet(
    treeBranch: "|- ", treeLast: "`- ", treeVertical: "|  ", treeSpace: "   ",
    treeOpen: "v", treeClosed: ">", treeLeaf: ".",
    nodeOpen: "o", nodeTerminal: "#", answered: "A", answerOK: "Y", contradicted: "N", doubted: "?", abstained: "-",
    pruned: "x", inserted: "+",
    overridden: "e", merged: "~", failed: "!", running: "%", paused: "=", committed: "C", breakpoint: "B",
    bookmark: "@", best: "*",
    barSteps: ["#"], barEmpty: ".", curveSteps: [".", ":", "-", "=", "+", "*", "%", "#"],
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    ellipsis: "~", up: "^", down: "v", left: "<", right: ">", bullet: "*", selection: ">", lineEnd: "$",
    plusMinus: "+-", times: "x", separator: "|", becomes: "->")

  /// Every glyph with its name, for tests and the reference.
  public var all: [(name: String, glyph: String)] {
    var list: [(name: String, glyph: String)] = []
    for child in Mirror(reflecting: self).children {
      if let glyph = child.value as? String {
        list.append((child.label ?? "", glyph))
      } else if let steps = child.value as? [String] {
        for (index, step) in steps.enumerated() { list.append(("\(child.label ?? "")[\(index)]", step)) }
      }
    }
    return list
  }
}
