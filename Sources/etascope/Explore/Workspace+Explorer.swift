import Explorer
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension Workspace {
  /// The other runs of the problem, the newest first, as many as there are letters to choose by. Complexity: O(runs).
  func runsToCompare(with run: RunRecord) throws -> Action {
    let others = try runs(ofProblem: run.header.problem.id).filter { $0.id != run.id }
    return .runsToCompare(
      others.reversed().prefix(26).map {
        RunChoice(
          id: $0.id, words: "\($0.totals.simulations) sims, \($0.totals.nodes) nodes, \($0.eventCount) events")
      })
  }

  /// Where `run` and `other` part. Complexity: O(events + nodes × depth) of both runs.
  func comparison(of run: RunRecord, with other: String) throws -> Action {
    .compared(RunDifference(try timeline(of: run.id), try timeline(of: other)), a: run.id, b: other)
  }
}

extension Workspace {
  /// What earlier sessions noted of a run.
  func notes(of run: String) throws -> [RunNote] { try annotations(of: run).compactMap { RunNote($0) } }

  /// Keeps a note with its run, or takes it away again.
  func keep(_ note: RunNote, of run: String) throws {
    switch note {
    case .bookmark(let node, let remark): try keep(.bookmark, at: node.offset, remark, of: run)
    case .label(let node, let label): try keep(.label, at: node.offset, label?.word, of: run)
    case .breakpoint(let moment, let words): try keep(.breakpoint, at: moment, words, of: run)
    case .commit(let moment, let id): try keep(.commit, at: moment, id, of: run)
    }
  }

  private func keep(_ kind: Annotation.Kind, at place: Int, _ text: String?, of run: String) throws {
    if let text {
      try annotate(run: run, Annotation(kind, at: place, text))
    } else {
      try removeAnnotation(kind, at: place, of: run)
    }
  }
}

extension RunNote {
  /// The note that is kept as `annotation`; nil where that makes no sense, as another program may have written it.
  fileprivate init?(_ annotation: Annotation) {
    let (place, text) = (annotation.place, annotation.text)
    guard (0...Int(Int32.max)).contains(place) else { return nil }
    switch annotation.kind {
    case .bookmark: self = .bookmark(NodeID(place), text)
    case .label:
      guard let label = StepLabel(word: text) else { return nil }
      self = .label(NodeID(place), label)
    case .breakpoint: self = .breakpoint(moment: place, text)
    case .commit: self = .commit(moment: place, text)
    }
  }
}
