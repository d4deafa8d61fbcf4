import Foundation
import GRDB
import Synchronization

/// Which file a workspace was opened as, so that it is noticed where what is written goes to another one, or to none.
final class WorkspaceIdentity: Sendable {
  private let path: String
  private let last: Mutex<WorkspaceLook>

  /// The file at `path` as it is now, opened by a process that writes it.
  init(_ path: String) {
    self.path = path
    last = Mutex(WorkspaceLook(path))
  }

  /// Throws ``WorkspaceError`` where the file that `pool` has open is no longer the one that is there, or has lost some of what it held.
  func check(_ pool: DatabasePool) throws {
    let problem: String? = last.withLock { last in
      let now = WorkspaceLook(path)
      if let problem = now.loss(since: last) ?? (now.isShorter(than: last) && !isWhole(pool, now) ? cut : nil) {
        return problem
      }
      last = now
      return nil
    }
    guard let problem else { return }
    throw WorkspaceError(
      .lost, "\(path): the workspace \(problem) while it was open, and what is written to it now is not kept")
  }

  private var cut: String { "has been cut short" }

  /// True where the file is as long as its pages are many: another program may have made it smaller by the rules.
  private func isWhole(_ pool: DatabasePool, _ now: WorkspaceLook) -> Bool {
    let bytes = try? pool.read { db in
      try (Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0) * (Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    }
    return bytes.map { $0 > 0 && now.file?.size ?? 0 >= $0 } ?? false
  }
}

extension WorkspaceLook {
  /// What has become of the file or its log since `earlier`, in words; nil where both are the same ones.
  fileprivate func loss(since earlier: WorkspaceLook) -> String? {
    guard let file else { return "has been deleted" }
    guard file.identity == earlier.file?.identity else { return "has been replaced by another file" }
    guard let before = earlier.log else { return nil }
    guard let log else { return "has lost its log, which has been deleted," }
    guard log.identity == before.identity else { return "has lost its log, which has been replaced by another file," }
    // A log that begins anew has another beginning; one that was emptied has none, and what was in it must be in the file now.
    let isCut = log.size < before.size && (head == earlier.head || (log.size == 0 && file == earlier.file))
    return isCut || (!head.isEmpty && head.allSatisfy { $0 == 0 })
      ? "has lost what was in its log, which was cut short," : nil
  }

  fileprivate func isShorter(than earlier: WorkspaceLook) -> Bool { file?.size ?? 0 < earlier.file?.size ?? 0 }
}
