extension GlyphSet {
  /// For terminals that show UTF-8.
  public static let unicode = GlyphSet(
    treeBranch: "├─ ", treeLast: "╰─ ", treeVertical: "│  ", treeSpace: "   ",
    treeOpen: "▾", treeClosed: "▸", treeLeaf: "·",
    nodeOpen: "○", nodeTerminal: "■", answerOK: "✓", contradicted: "✗", abstained: "–", pruned: "×", inserted: "+",
    overridden: "✎", merged: "≈", failed: "!", running: "◌", paused: "‖", bookmark: "◆", best: "★",
    barSteps: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], barEmpty: " ",
    curveSteps: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
    ellipsis: "…", up: "↑", down: "↓", left: "←", right: "→", bullet: "•", selection: "▌", lineEnd: "⏎",
    plusMinus: "±", times: "×", separator: "·")

  /// For every other terminal and for goldens that any editor shows.
  public static let ascii = GlyphSet(
    treeBranch: "|- ", treeLast: "`- ", treeVertical: "|  ", treeSpace: "   ",
    treeOpen: "v", treeClosed: ">", treeLeaf: ".",
    nodeOpen: "o", nodeTerminal: "#", answerOK: "Y", contradicted: "N", abstained: "-", pruned: "x", inserted: "+",
    overridden: "e", merged: "~", failed: "!", running: "*", paused: "=", bookmark: "@", best: "^",
    barSteps: ["#"], barEmpty: ".", curveSteps: [".", ":", "-", "=", "+", "*", "%", "#"],
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    ellipsis: "~", up: "^", down: "v", left: "<", right: ">", bullet: "*", selection: ">", lineEnd: "$",
    plusMinus: "+-", times: "x", separator: "|")

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
