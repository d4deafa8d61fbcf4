import Canvas
import TreeInsight
import TreeSearch

/// The two signs in front of an option: what the node is, and what was done to it.
struct TreeSigns {
  let look: Look
  let tree: SearchTree
  let folds: Folds
  /// Nodes for which a request is in flight.
  let awaited: Set<NodeID>

  init(look: Look, run: OpenRun) {
    self.look = look
    tree = run.tree
    folds = run.folds
    awaited = Set(run.tree.pending.values.map(\.node))
  }

  /// Open, closed, leaf, awaited, finished with an answer (right, wrong, or nobody knows), finished without.
  func state(_ id: NodeID) -> Span {
    let glyphs = look.glyphs
    if awaited.contains(id) { return Span(glyphs.running, look("tree.glyph.running")) }
    switch tree[id].terminal {
    case .answer:
      switch tree.isCorrect(at: id) {
      case true?: return Span(glyphs.answerOK, look("tree.glyph.right"))
      case false?: return Span(glyphs.contradicted, look("tree.glyph.wrong"))
      case nil: return Span(glyphs.answered, look("tree.glyph.answer"))
      }
    case .endOfText, .depthCap, .noContinuation, .filtered:
      return Span(glyphs.nodeTerminal, look("tree.glyph.terminal"))
    case nil: break
    }
    guard folds.hasRows(below: id, in: tree) else { return Span(glyphs.nodeOpen, look("tree.glyph.open")) }
    return Span(folds.isOpen(id, in: tree) ? glyphs.treeOpen : glyphs.treeClosed, look("tree.glyph.open"))
  }

  /// Pruned, doubted by a tool, inserted, overridden, widened no more; the first that holds.
  func mark(_ id: NodeID) -> Span? {
    let glyphs = look.glyphs
    let marks = tree[id].marks
    if marks.contains(.pruned) { return Span(glyphs.pruned, look("tree.glyph.pruned")) }
    if tree.isContradicted(id) {
      // What is right is right: the doubt is shown for what it is worth.
      let isRefuted = tree.isCorrect(at: id) == true
      return Span(glyphs.doubted, look(isRefuted ? "ui.text.faint" : "tree.glyph.doubt"))
    }
    if marks.contains(.inserted) { return Span(glyphs.inserted, look("tree.glyph.inserted")) }
    if marks.contains(.overridden) { return Span(glyphs.overridden, look("tree.glyph.inserted")) }
    if marks.contains(.widthFrozen) { return Span(glyphs.paused, look("ui.text.faint")) }
    return nil
  }

  /// The signs that are met first, for the first time that somebody is here.
  static func shortLegend(_ look: Look) -> [Span] {
    let (glyphs, faint) = (look.glyphs, look("ui.text.faint"))
    return [
      Span(glyphs.answerOK, look("tree.glyph.right")), Span(" right  ", faint),
      Span(glyphs.contradicted, look("tree.glyph.wrong")), Span(" wrong  ", faint),
      Span(glyphs.doubted, look("tree.glyph.doubt")), Span(" doubted ", faint),
    ]
  }

  /// The signs and what they mean, for help.
  static func legend(_ glyphs: GlyphSet) -> [(sign: String, meaning: String)] {
    [
      (glyphs.treeOpen, "open"), (glyphs.treeClosed, "closed"), (glyphs.nodeOpen, "no children yet"),
      (glyphs.answerOK, "right"), (glyphs.contradicted, "wrong"), (glyphs.answered, "states an answer"),
      (glyphs.nodeTerminal, "ended without one"), (glyphs.running, "being worked on"),
      (glyphs.doubted, "a tool doubts it"), (glyphs.pruned, "pruned by a person"),
      (glyphs.inserted, "a person's step"), (glyphs.overridden, "a person's score"), (glyphs.paused, "widened no more"),
      (glyphs.best, "on the best path"), (glyphs.bookmark, "bookmark"),
      (glyphs.up, "kept in sight"),
    ]
  }
}
