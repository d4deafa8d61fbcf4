import Vocabulary

extension Workspace {
  /// What is said of steps of `run`, by node: what was noted with the run in earlier versions, and the labels since, each the last
  /// word of `who`, or (nil) of whoever spoke last. Throws ``WorkspaceError``. Complexity: O(labels of the run).
  public func stepLabels(of run: String, by who: String?) throws -> [Int: StepLabel] {
    var found: [Int: StepLabel] = [:]
    for note in try notes(of: run) where note.kind == .label {
      found[note.place] = note.text.flatMap { StepLabel(word: $0) }
    }
    for entry in try labels(ofRun: run) where entry.label.role == .labeller && who ?? entry.label.who == entry.label.who
    {
      if case .step(let label) = entry.label.act { found[entry.label.subject.node] = label }
    }
    return found
  }

  /// What was noted of `run`, by kind and place, with what is said of its steps: by `who`, or (nil) by whoever spoke last.
  ///
  /// Throws ``WorkspaceError``. Complexity: O(notes + labels of the run).
  public func notes(of run: String, labelledBy who: String?) throws -> [RunNote] {
    let labels = try stepLabels(of: run, by: who).map { RunNote(.label, at: $0.key, $0.value.word) }
    return (try notes(of: run).filter { $0.kind != .label } + labels).sorted {
      ($0.kind.rawValue, $0.place) < ($1.kind.rawValue, $1.place)
    }
  }
}
