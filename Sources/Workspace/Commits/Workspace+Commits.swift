import Foundation
import GRDB
import TreeInsight
import TreeSearch
import Vocabulary

extension Workspace {
  /// Commits the trajectory that ends in `node` of `run`, as the run's journal has it now, with what a person says of it.
  ///
  /// `who` signs it; by default the judgement's `who`, else the workspace's author. Throws ``WorkspaceError`` where the node
  /// is not there or a label is not on the path. Complexity: O(journal).
  @discardableResult
  public func commit(
    run id: String, node: NodeID, judgement: Judgement = Judgement(), who: String? = nil
  ) throws -> CommitEntry {
    let record = try run(id)
    return try commit(run: record.id, tree: try tree(of: record.id), node: node, judgement: judgement, who: who)
  }

  /// Commits the trajectory that ends in `node` of `tree`, which must be a state of `run`, or in one of the node's rollouts: for
  /// those who have the tree at hand already. Complexity: O(depth × width).
  @discardableResult
  public func commit(
    run: String, tree: SearchTree, node: NodeID, rollout: Int? = nil, judgement: Judgement = Judgement(),
    who: String? = nil
  ) throws -> CommitEntry {
    guard tree.nodes.indices.contains(node.offset), tree.path(to: node).allSatisfy({ tree[$0].isShown }) else {
      throw WorkspaceError(.missing, "\(path): run \(run) has no node \(node)")
    }
    if let rollout, !tree.rollouts(of: node).indices.contains(rollout) {
      throw WorkspaceError(.missing, "\(path): node \(node) of run \(run) has no rollout \(rollout)")
    }
    if node == .root, rollout == nil { throw WorkspaceError(.refused, "\(path): the root has no path to commit") }
    let steps = Set(tree.path(to: node).dropFirst().map(\.offset))
    if let astray = judgement.steps.keys.sorted().first(where: { !steps.contains($0) }) {
      throw WorkspaceError(.refused, "\(path): the label of node \(astray) is not on the path to node \(node)")
    }
    let trajectory = Trajectory(run: run, tree: tree, node: node, rollout: rollout, labels: judgement.steps)
    return try append(
      .commit(trajectory), who: who ?? judgement.who, verdict: judgement.verdict, note: judgement.note)
  }

  /// Takes a commit back by appending an entry that says so; the commit stays in the log.
  ///
  /// `id` may be shortened while it is unique. Throws ``WorkspaceError`` where there is no such commit or it is undone.
  @discardableResult
  public func undoCommit(_ id: String, note: String = "", who: String? = nil) throws -> CommitEntry {
    let found = try commits().commits(idPrefix: id)
    guard let commit = found.first else { throw WorkspaceError(.missing, "\(path): there is no commit '\(id)'") }
    if found.count > 1 { throw WorkspaceError(.refused, "\(path): '\(id)' begins the ids of several commits") }
    if let undo = commit.undoneBy {
      throw WorkspaceError(.refused, "\(path): commit \(commit.id) was undone already, by \(undo.who) at \(undo.at)")
    }
    return try append(.undo(commit.id), who: who, note: note)
  }

  /// The whole log. Throws where a row is damaged. Complexity: O(entries).
  public func commitLog() throws -> CommitLog { try read { try self.commitLog($0) } }

  /// Checks the log: sequences without gaps, ids with contents, undos and judgements with commits. Findings are reported, not thrown; empty
  /// where all is well. Complexity: O(bytes).
  public func verifyCommits() throws -> [String] {
    do {
      let log = try commitLog()
      let ids = try read { try String.fetchAll($0, sql: "SELECT id FROM commits ORDER BY sequence") }
      let misplaced = zip(log.entries, ids).filter { $0.0.id != $0.1 }
      return try log.problems() + misplaced.map { "entry \($0.0.id.printable) is kept under the id \($0.1.printable)" }
    } catch let error as WorkspaceError where error.kind == .damaged {
      return [error.description]
    }
  }

  func commitLog(_ db: Database) throws -> CommitLog {
    let rows = try Row.fetchAll(db, sql: "SELECT sequence, entry FROM commits ORDER BY sequence")
    let decoder = CanonicalJSON.decoder()
    let entries = try rows.enumerated().map { index, row in
      let sequence: Int = try row.read("sequence")
      guard sequence == index + 1 else {
        throw WorkspaceError(.damaged, "\(path): commit log: entry \(index + 1) is missing")
      }
      do {
        return try decoder.decode(CommitEntry.self, from: row.read("entry"))
      } catch {
        throw WorkspaceError(
          .damaged, "\(path): commit log: entry \(sequence) is damaged: \(CanonicalJSON.reason(error))")
      }
    }
    return CommitLog(entries, judgements: try JudgementRecord.all(db, of: entries, path: path))
  }

  private func append(
    _ content: CommitEntry.Content, who: String?, verdict: Judgement.Verdict? = nil, note: String
  ) throws -> CommitEntry {
    let moment = Timestamp.text(now())
    return try write(durably: true) { db in
      if case .undo(let id) = content {
        let index = try CommitIndex(db, path: path)
        guard index.places[id].flatMap({ index.undone[$0] }) == nil else {
          throw WorkspaceError(.refused, "\(path): commit \(id) was undone already")
        }
      }
      return try insertEntry(db, content, at: moment, who: who ?? author, verdict: verdict, note: note)
    }
  }

  /// Writes an entry behind the last one.
  @discardableResult
  func insertEntry(
    _ db: Database, _ content: CommitEntry.Content, at moment: String, who: String, verdict: Judgement.Verdict?,
    note: String
  ) throws -> CommitEntry {
    let last = try Row.fetchOne(db, sql: "SELECT sequence, id FROM commits ORDER BY sequence DESC LIMIT 1")
    let entry = try CommitEntry(
      previous: try last?.read("id"), at: moment, who: who, verdict: verdict, note: note, content: content)
    try db.execute(
      sql: "INSERT INTO commits (sequence, id, entry) VALUES (?, ?, ?)",
      arguments: [try (last?.read("sequence") ?? 0) + 1, entry.id, try CanonicalJSON.data(entry)])
    return entry
  }
}
