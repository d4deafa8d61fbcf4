import TreeSearch
import Vocabulary

extension RunNote {
  /// A bookmarked node with a remark, possibly empty; nil where the bookmark is taken away.
  static func bookmark(_ node: NodeID, _ remark: String?) -> RunNote { RunNote(.bookmark, at: node.offset, remark) }

  /// The label of a step; nil where it is taken away.
  static func label(_ node: NodeID, _ label: StepLabel?) -> RunNote { RunNote(.label, at: node.offset, label?.word) }

  /// At this moment a breakpoint or a watchdog said this.
  static func breakpoint(moment: Int, _ words: String) -> RunNote { RunNote(.breakpoint, at: moment, words) }

  /// At this moment a trajectory was committed under this id.
  static func commit(moment: Int, _ id: String) -> RunNote { RunNote(.commit, at: moment, id) }
}

extension OpenRun {
  /// Takes a note up, whether it was made now or in an earlier session; one that makes no sense, as another program may have
  /// written it, is left alone.
  mutating func apply(_ note: RunNote) {
    guard (0...Int(Int32.max)).contains(note.place) else { return }
    switch note.kind {
    case .bookmark: bookmarks[NodeID(note.place)] = note.text
    case .label:
      let label = note.text.flatMap { StepLabel(word: $0) }
      if label != nil || note.text == nil { labels[NodeID(note.place)] = label }
    case .breakpoint: course.mark(.breakpoint, at: note.place)
    case .commit: course.mark(.commit, at: note.place)
    case .line, .source, .finding: break  // for exports and reports
    }
  }
}

extension ExplorerState {
  /// Notes something of the run on the screen, and has it kept.
  mutating func note(_ note: RunNote) -> [Effect] {
    guard let id = run?.id else { return [] }
    run?.update { $0.apply(note) }
    return [.run(.keep(note, of: id))]
  }
}

extension StepLabel {
  /// The sign in the tree, which is also the key that sets it.
  var sign: String {
    switch self {
    case .good: "+"
    case .bad: "-"
    case .neutral: "0"
    }
  }
}
