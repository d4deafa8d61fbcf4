import Synchronization
import TreeSearch
import Vocabulary

/// How a path goes on to an answer.
public struct PathEnding: Equatable, Sendable {
  /// What is written behind the path, possibly nothing.
  public var text: String
  /// The answer it ends with, as it is spelled.
  public var answer: String

  /// An ending with its fields as given.
  public init(text: String, answer: String) { (self.text, self.answer) = (text, answer) }
}

/// The endings that the trees of a workspace know: how the trajectories through a node went on.
///
/// A run's journal only grows, and a commit says nothing of what lies beside its path but the siblings: the same journals give
/// the same endings.
public final class PathEndings: Sendable {
  private let workspace: Workspace
  /// The run that was asked of last: commits of one run mostly follow one another.
  private let last = Mutex<(run: String, tree: RunEndings?)?>(nil)

  /// The endings of the runs of `workspace`.
  public init(of workspace: Workspace) { self.workspace = workspace }

  /// The best ending of the trajectories through `node` of `run`: that of the highest ORM score, else mean value; the first
  /// found of equals.
  ///
  /// - Parameter bad: nodes through which no ending may go.
  /// - Returns: nil where none is finished, and where the run is not in the workspace.
  /// - Throws: ``WorkspaceError`` where its journal is damaged.
  /// Complexity: O(events of the run × depth) for the first question about a run, then O(nodes).
  public func best(after node: Int, of run: String, avoiding bad: Set<Int> = []) throws -> PathEnding? {
    try endings(of: run)?.best(after: node, avoiding: bad)
  }

  private func endings(of run: String) throws -> RunEndings? {
    if let last = last.withLock({ $0 }), last.run == run { return last.tree }
    let found: RunEndings?
    do {
      found = RunEndings(try workspace.tree(of: run))
    } catch let error as WorkspaceError where error.kind == .missing {
      // A commit outlives its run.
      found = nil
    }
    last.withLock { $0 = (run, found) }
    return found
  }
}

/// The finished trajectories of one tree.
private struct RunEndings: Sendable {
  let tree: SearchTree
  let candidates: [Candidate]

  init(_ tree: SearchTree) { (self.tree, candidates) = (tree, tree.candidates()) }

  func best(after node: Int, avoiding bad: Set<Int>) -> PathEnding? {
    var best: (candidate: Candidate, below: [NodeID])?
    for candidate in candidates where candidate.score > best?.candidate.score ?? -1 {
      guard let below = path(from: node, to: candidate.node), bad.isDisjoint(with: below.map(\.offset)) else {
        continue
      }
      best = (candidate, below)
    }
    return best.map { candidate, below in
      let options = below.map { tree.details[$0.offset].option?.text ?? "" }
      let rest = candidate.rollout.map { tree.rollouts(of: candidate.node)[$0].text } ?? ""
      return PathEnding(text: options.joined() + rest, answer: candidate.answer)
    }
  }

  /// The nodes below `node` down to `end`; nil where `end` does not lie below it.
  private func path(from node: Int, to end: NodeID) -> [NodeID]? {
    var below: [NodeID] = []
    var at = end
    // A parent's number is smaller than its children's.
    while at.offset > node {
      below.append(at)
      at = tree[at].parent
    }
    return at.offset == node ? below.reversed() : nil
  }
}
