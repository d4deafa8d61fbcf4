import Explorer
import Foundation
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// The texts of all runs, indexed as far as they have been read: what has been searched once is found again at once.
struct RunTexts {
  private var index: TextIndex?
  /// Problems by the names of their runs.
  private var problems: [String: String] = [:]

  /// Places that are shown at most.
  private static let most = 500

  /// Where `query` stands in steps and rollouts. Throws `WorkspaceError`.
  ///
  /// Complexity: O(texts of the runs that have grown since the last time), then that of the index.
  mutating func find(_ query: String, in workspace: Workspace) throws -> FoundTexts {
    let index = try self.index ?? TextIndex()
    self.index = index
    let runs = try workspace.runList().runs
    for run in runs {
      problems[run.id] = run.problem
      if index.holds(run.id, events: run.eventCount) { continue }
      // What somebody has damaged hides nothing else.
      guard let tree = try? workspace.tree(of: run.id) else { continue }
      try index.take(Self.texts(of: tree), of: run.id, events: run.eventCount)
    }
    let (hits, count) = try index.find(query, limit: Self.most)
    return FoundTexts(
      query,
      hits: hits.map { hit in
        FoundTexts.Hit(
          problem: problems[hit.run] ?? "",
          place: TreePlace(run: hit.run, node: hit.node, rollout: hit.rollout < 0 ? nil : hit.rollout), text: hit.text)
      }, count: count, runs: runs.count)
  }

  private static func texts(of tree: SearchTree) -> [TextIndex.Text] {
    tree.nodes.indices.filter { tree.nodes[$0].isShown }.flatMap { offset -> [TextIndex.Text] in
      let option = tree.details[offset].option.map { TextIndex.Text(node: offset, text: $0.text) }
      let rollouts = tree.rollouts(of: NodeID(offset)).enumerated().map {
        TextIndex.Text(node: offset, rollout: $0.offset, text: $0.element.text)
      }
      return (option.map { [$0] } ?? []) + rollouts
    }
  }
}

extension Workspace {
  /// The runs that can be read, as the explorer lists them. Complexity: O(runs).
  func runEntries(of catalog: ProblemCatalog) throws -> [RunEntry] {
    let presenters = Stage.presenters(workspace: path)
    return try runList().runs.map { run in
      let totals = run.totals
      return RunEntry(
        id: run.id, problem: run.problem, simulations: totals.simulations, nodes: totals.nodes,
        tokens: totals.tokens.generated, stopped: totals.stopped, answer: totals.answer,
        isCorrect: catalog.problem(run.problem)?.accepts(totals.answer), agreement: totals.agreement,
        updated: String(run.updated.formatted(.iso8601).prefix(16)).replacing("T", with: " "),
        openWith: presenters[run.id])
    }
  }
}
