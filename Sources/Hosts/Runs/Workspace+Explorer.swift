import Explorer
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension Workspace {
  /// The other runs of the problem, the newest first, as many as there are letters to choose by. Complexity: O(runs).
  func otherRuns(of run: RunRecord) throws -> [RunChoice] {
    let others = try runs(ofProblem: run.header.problem.id).filter { $0.id != run.id }
    return others.reversed().prefix(26).map {
      RunChoice(id: $0.id, words: "\($0.totals.simulations) sims, \($0.totals.nodes) nodes, \($0.eventCount) events")
    }
  }

  /// The tree of `run` with that of `other` laid over it. Complexity: O(events × depth) of both runs.
  func laidOver(_ run: RunRecord, _ other: String) throws -> Action {
    .laidOver(LaidTrees(try tree(of: run.id), named: run.id, try tree(of: other), named: other))
  }

  /// Where `run` and `other` part. Complexity: O(events + nodes × depth) of both runs.
  func comparison(of run: RunRecord, with other: String) throws -> Action {
    .compared(RunDifference(try timeline(of: run.id), try timeline(of: other)), a: run.id, b: other)
  }

  /// Writes every format that has rows into a folder of its own below `folder`; what became of each, in words.
  func exportAll(to folder: String) throws -> [String] {
    // Read once for all formats.
    let source = try datasetSource(DatasetOptions(roots: try rootAncestors()))
    return try DatasetFormat.all.map { format in
      do {
        let export = try self.export(format: format, to: "\(folder)/\(format.name)", source: source)
        let left = export.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) left out, \($0.key)" }
        return (["\(format.name): \(export.rows) rows"] + left).joined(separator: "; ")
      } catch let error as WorkspaceError where error.kind == .refused {
        return "\(format.name): nothing written: \(error)"
      }
    }
  }

  /// The newest run of the header's problem that differs from it in limits at most: one that was searched for so long is the one to
  /// be looked at, and can go on. Nil where there is none. Complexity: O(runs of the problem).
  func newestRun(like header: RunHeader) throws -> RunRecord? {
    let wanted = try RunFingerprint.of(header.withoutLimits())
    for summary in try runs(ofProblem: header.problem.id).reversed() {
      guard let run = try readableRun(summary.id) else { continue }
      if try RunFingerprint.of(run.header.withoutLimits()) == wanted { return run }
    }
    return nil
  }
}

extension RunHeader {
  /// The same search without an end of its own, by whatever version of the program.
  fileprivate func withoutLimits() throws -> RunHeader {
    var header = self
    header.version = ""
    for (parameter, _) in parameters.all where parameter.id.hasPrefix("limit.") {
      try header.parameters.set(parameter.id, to: parameter.fallback.description)
    }
    return header
  }
}
