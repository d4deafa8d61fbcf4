import Foundation
import GRDB
import TreeSearch

/// The runs that a workspace has while imported ones are written, all in one transaction: a fingerprint is asked for once, however
/// many trees have it.
struct KnownRuns {
  /// Runs of one fingerprint.
  private struct Group {
    /// Ids by the digest of the journal.
    var ids: [Data: String]
    /// Names with numbers below this one are taken.
    var next = 1
  }

  /// Fingerprints that several runs have, or had one before: those of which nothing was known are not remembered.
  private var groups: [String: Group] = [:]

  /// The run that `new` is, and whether it had to be written. History does not grow: what has another digest is another run.
  /// Complexity: O(log runs), and O(runs of the fingerprint) the first time that there is one.
  mutating func run(_ new: NewRun, at moment: String, _ db: Database) throws -> (id: String, isNew: Bool) {
    let name = new.fingerprint
    var group = try groups[name] ?? Group(ids: Self.ids(of: name, db))
    if let id = group.ids[Data(new.digest)] {
      groups[name] = group
      return (id, false)
    }
    let isFirst = group.ids.isEmpty
    let (id, number) = try Workspace.freeName(of: name, from: group.next, db)
    try new.insert(as: id, created: moment, updated: moment, db)
    group.ids[Data(new.digest)] = id
    group.next = number + 1
    if !isFirst { groups[name] = group }
    return (id, true)
  }

  private static func ids(of fingerprint: String, _ db: Database) throws -> [Data: String] {
    // Names begin with the fingerprint, which the index of names knows; "." is the sign behind "-".
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, digest FROM runs WHERE fingerprint = ?1 AND (id = ?1 OR (id > ?1 || '-' AND id < ?1 || '.'))
          ORDER BY row
          """),
      arguments: [fingerprint])
    return try Dictionary(
      rows.map { (try $0.read("digest"), try $0.read("id")) }, uniquingKeysWith: { first, _ in first })
  }
}
