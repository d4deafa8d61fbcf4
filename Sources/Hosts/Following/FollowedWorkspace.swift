import Foundation
import Workspace

/// A workspace in which somebody else is at work, for those who follow.
///
/// Where the folder cannot be written and nobody was at work, it has been opened as a file that cannot change: as soon as
/// somebody is, it is opened anew.
struct FollowedWorkspace: Sendable {
  /// What a file looks like from outside.
  private struct Look: Equatable {
    let date: Date?
    let size: Int?
  }

  /// Looks that may fail in a row before it is said.
  private static let patience = 10

  private var workspace: Workspace
  private var failures = 0
  /// The file as it was when it was opened as one that cannot change; nil where SQLite itself sees what is new.
  private var opened: Look?

  /// The file.
  var path: String { workspace.path }

  /// Follows what has been opened already.
  init(_ workspace: Workspace) {
    self.workspace = workspace
    opened = Self.isShared(workspace) ? nil : Self.look(workspace.path)
  }

  /// The workspace as it is now. Throws `WorkspaceError`.
  mutating func current() throws -> Workspace {
    guard let opened else { return workspace }
    let now = Self.look(workspace.path)
    // A writer that was done before anybody looked has left its mark on the file itself.
    guard now != opened || Self.hasLog(workspace.path) else { return workspace }
    do {
      workspace = try Workspace(path: workspace.path, readOnly: true)
      failures = 0
    } catch {
      // Whoever begins to write makes one file after the other: what is only half there is there a moment later.
      failures += 1
      guard failures < Self.patience else { throw error }
      return workspace
    }
    self.opened = Self.isShared(workspace) ? nil : now
    return workspace
  }

  /// True where what others write is seen by itself.
  private static func isShared(_ workspace: Workspace) -> Bool { !workspace.isReadOnly || hasLog(workspace.path) }

  private static func hasLog(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path + "-wal") }

  private static func look(_ path: String) -> Look {
    let found = try? FileManager.default.attributesOfItem(atPath: path)
    return Look(date: found?[.modificationDate] as? Date, size: (found?[.size] as? NSNumber)?.intValue)
  }
}
