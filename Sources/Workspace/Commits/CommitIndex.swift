import Foundation
import GRDB
import Vocabulary

/// Where things stand in the commit log: a few numbers for an entry, so that a log of any length is read entry by entry.
struct CommitIndex: Sendable {
  /// Entries of the log when it was indexed; it only grows, so that these stay as they are.
  private(set) var count = 0
  /// The places of commits by the id of their entry, from 1.
  private(set) var places: [String: Int32] = [:]
  /// The place of the entry that took a commit back, by the commit's place.
  private(set) var undone: [Int32: Int32] = [:]
  /// The place of the last judgement that a commit's own author gave beside the log, by the commit's place; nil in a workspace of
  /// an earlier version that can only be read, where the notes of the entries hold it.
  private(set) var judged: [Int32: Int32]? = [:]

  /// What the index needs of an entry.
  private struct Head: Decodable {
    let id: String
    let kind: String
    let who: String
    let undoes: String?
  }

  /// Reads the heads of all entries. Throws ``WorkspaceError`` where a row is missing or damaged. Complexity: O(bytes).
  init(_ db: Database, path: String) throws {
    let decoder = CanonicalJSON.decoder()
    var people: [String: Int32] = [:]
    var authors: [Int32: Int32] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT sequence, entry FROM commits ORDER BY sequence")
    while let row = try rows.next() {
      guard try row.read("sequence") == count + 1 else {
        throw WorkspaceError(.damaged, "\(path): commit log: entry \(count + 1) is missing")
      }
      count += 1
      let place = Int32(count)
      let head = try Self.decoded(Head.self, from: row, at: count, decoder, path: path)
      if let undoes = head.undoes {
        // As in the log as a value: an undo counts wherever it stands.
        if let commit = places[undoes], undone[commit] == nil { undone[commit] = place }
      } else {
        places[head.id] = places[head.id] ?? place
        authors[place] = people[head.who, default: Int32(people.count)]
        people[head.who] = authors[place]
      }
    }
    guard try db.tableExists("judgements") else {
      judged = nil
      return
    }
    try JudgementRecord.forEach(db, path: path) { number, record in
      guard let place = places[record.commit], let who = people[record.who], authors[place] == who else { return }
      judged?[place] = Int32(number)
    }
  }

  /// The entry in `row`, which is number `sequence`.
  static func decoded<T: Decodable>(
    _ type: T.Type, from row: Row, at sequence: Int, _ decoder: JSONDecoder, path: String
  ) throws -> T {
    do {
      return try decoder.decode(type, from: row.read("entry"))
    } catch {
      throw WorkspaceError(
        .damaged, "\(path): commit log: entry \(sequence) is damaged: \(CanonicalJSON.reason(error))")
    }
  }
}
