import TreeSearch
import Vocabulary

/// Something that a person or a breakpoint noted of a run: kept with the run, but no part of the search.
public enum RunNote: Hashable, Sendable {
  /// A bookmarked node with a remark, possibly empty; nil where the bookmark is taken away.
  case bookmark(NodeID, String?)
  /// The label of a step; nil where it is taken away.
  case label(NodeID, StepLabel?)
  /// At this moment a breakpoint or a watchdog said this.
  case breakpoint(moment: Int, String)
  /// At this moment a trajectory was committed under this id.
  case commit(moment: Int, String)
}

extension OpenRun {
  /// Takes a note up, whether it was made now or in an earlier session.
  mutating func apply(_ note: RunNote) {
    switch note {
    case .bookmark(let node, let remark): bookmarks[node] = remark
    case .label(let node, let label): labels[node] = label
    case .breakpoint(let moment, _): course.mark(.breakpoint, at: moment)
    case .commit(let moment, _): course.mark(.commit, at: moment)
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
