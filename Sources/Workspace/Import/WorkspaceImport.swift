import Foundation

/// What other workspaces hold, verified and ready to be taken over by one.
///
/// A run keeps its id where that is free, else it gets the next free one of its fingerprint; forks and commits follow the
/// run they were made from. A run that is there already, made at the same moment from the same header, is not made twice:
/// it grows where the source has more of its events. So a second import changes nothing. Whoever presents a run, and what
/// its audience votes, stays where it is.
public struct WorkspaceImport {
  private let imports: [(path: String, content: RunImport)]

  /// Reads and verifies the workspaces at `paths`, which are not touched.
  ///
  /// Throws ``WorkspaceError`` that names the source, and the run and the event in it, where one is missing, damaged,
  /// foreign or newer. Complexity: O(events × depth) of the sources, one run in memory at a time.
  public init(from paths: [String]) throws {
    imports = try paths.map { ($0, try RunImport(from: try Workspace(path: $0, readOnly: true))) }
  }

  /// Writes what `workspace` lacks, in one transaction: all of it or nothing. Throws ``WorkspaceError``.
  public func write(into workspace: Workspace) throws -> [ImportReport] {
    for (path, _) in imports where try Self.identity(path) == Self.identity(workspace.path) {
      throw WorkspaceError(.refused, "\(path): this is the workspace itself; expected another one")
    }
    var locks: [FileLock] = []
    return try workspace.write(durably: true) { db in
      try imports.map { try $0.content.write(into: workspace, db, locks: &locks) }
    }
  }

  /// What tells a file from others, whatever it is called.
  private static func identity(_ path: String) throws -> [UInt64] {
    var information = stat()
    guard stat(path, &information) == 0 else { throw WorkspaceError(.missing, "\(path): \(SystemError(errno))") }
    return [UInt64(information.st_dev), UInt64(information.st_ino)]
  }
}

/// What an import from one workspace did.
public struct ImportReport: Codable, Equatable, Sendable {
  /// What became of a run.
  public enum Outcome: String, Codable, Sendable {
    /// It is a run of its own here now.
    case new
    /// The run was here, with fewer events; the others were appended.
    case grown
    /// The run was here with all its events; nothing was changed.
    case known
  }

  /// A run of the source.
  public struct Run: Codable, Equatable, Sendable {
    /// Its id in the source.
    public let from: String
    /// Its id here: the same where that was free.
    public let run: String
    /// What became of it.
    public let outcome: Outcome
  }

  /// The workspace that was read.
  public let source: String
  /// Its runs, the oldest first.
  public let runs: [Run]
  /// Entries that were appended to the commit log.
  public let entries: Int
  /// Labels that were appended to the log of labels.
  public let labels: Int

  /// Runs with this outcome.
  public func count(_ outcome: Outcome) -> Int { runs.count { $0.outcome == outcome } }
}
