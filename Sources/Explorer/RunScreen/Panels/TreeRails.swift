import Canvas
import TreeSearch

/// The lines between rows of the tree: every row of a screen has the same columns for the same level, however deep the tree
/// is, so that a child always stands right of its parent.
///
/// Where the lines would take too much of the text's room, all levels become narrower; where even that is too much, the upper
/// levels of deep rows are left out, and an ellipsis says so.
struct TreeRails {
  /// Columns of a level: 3, 2 or 1.
  let step: Int
  /// Levels above the first one that has columns; 0 where all have.
  let hidden: Int
  /// The pieces of a level, cut to its columns.
  private let branch, last, vertical, space: String
  private let ellipsis: String

  /// Lines for rows down to depth `deepest` (the root has 0) in at most `room` columns.
  init(deepest: Int, room: Int, glyphs: GlyphSet) {
    let step = (1...3).last { deepest * $0 <= room } ?? 1
    func cut(_ line: String, _ columns: Int) -> String { TextWidth.prefix(line, columns: columns) }
    (branch, last) = (cut(glyphs.treeBranch, step), cut(glyphs.treeLast, step))
    (vertical, space) = (cut(glyphs.treeVertical, step), cut(glyphs.treeSpace, step))
    ellipsis = cut(glyphs.ellipsis, 1)
    self.step = step
    // The ellipsis takes one column.
    hidden = deepest * step <= room ? 0 : max(0, deepest - max(1, room - 1))
  }

  /// Columns before a row's signs at this depth.
  func width(atDepth depth: Int) -> Int { (hidden > 0 ? 1 : 0) + max(0, depth - hidden) * step }

  /// The lines before the row of `id`; `continued` has those of its path that have a row of a sibling below.
  ///
  /// Complexity: O(levels shown).
  func text(_ id: NodeID, in tree: SearchTree, continued: Set<NodeID>) -> String {
    let depth = Int(tree[id].depth)
    var parts: [String] = []
    var at = id
    while at.exists, at != .root, Int(tree[at].depth) > hidden {
      let goesOn = continued.contains(at)
      parts.append(at == id ? goesOn ? branch : last : goesOn ? vertical : space)
      at = tree[at].parent
    }
    let cut = hidden == 0 ? "" : depth > hidden ? ellipsis : " "
    return cut + parts.reversed().joined()
  }
}
