import Foundation
import GRDB
import TreeSearch

/// Part of a journal as its rows hold it, read at one moment; nothing of it is decoded yet.
struct StoredEvents: Sendable {
  /// A row: one event as JSON, or many in a packet.
  struct Row: Sendable {
    /// The number of its first event.
    let first: Int
    let bytes: Data
    let isPacked: Bool

    /// Calls `body` with its events in order, as long as it returns true. Throws where they cannot be read.
    func forEach(_ decoder: JSONDecoder, _ body: (SearchEvent) throws -> Bool) throws {
      func event(_ json: Data) throws -> SearchEvent {
        try SearchEvent(canonical: json) ?? decoder.decode(SearchEvent.self, from: json)
      }
      if isPacked { return try EventUnpacker.forEach(in: bytes, json: event, body) }
      _ = try body(event(bytes))
    }

    /// The same as JSON, byte by byte what was appended.
    func forEachJSON(_ encoder: JSONEncoder, _ body: (Data) throws -> Bool) throws {
      if isPacked { return try EventUnpacker.forEach(in: bytes) { try body($0.canonical(encoder)) } }
      _ = try body(bytes)
    }
  }

  /// The run as it stands at that moment.
  let summary: RunSummary
  /// Numbers of the events that were asked for; the rows may hold more before and behind.
  let range: Range<Int>
  var rows: [Row] = []
}

/// Journals that grow long: what is older than the last few thousand events is kept in packets, a fifth of the bytes and read many
/// times as fast; the latest events stay JSON, and so does all of a journal that is short. Imported history is packed whole.
///
/// Nothing is lost by it: a packet takes the place of events only where it says their JSON again to the byte, in the transaction that
/// appends others. The journal's digest is that of the JSON as before.
enum JournalPacking {
  /// Events of a packet.
  static let length = PackedEvents.packetLength
  /// Events that stay JSON at least.
  static let open = 4 * length
  /// Packets that are made at most while a search waits for its events to be kept.
  private static let mostAtOnce = 16

  /// Packs what may be packed of the run in row `run` after its events `first`… to before `count` were appended. Most times there is
  /// nothing to do, and nothing is read.
  static func pack(_ run: Int64, from first: Int, to count: Int, _ db: Database) throws {
    guard count >= open + length, first / length != count / length else { return }
    try pack(run, to: count, db, most: mostAtOnce)
  }

  /// The rows of a run that is history from its first moment: nobody appends to it, so all of it lies in packets; and the digest of
  /// its JSON. Complexity: O(bytes).
  static func history(_ events: [SearchEvent]) throws -> (rows: [NewRun.Row], digest: [UInt8]) {
    var (rows, digest) = ([NewRun.Row](), JournalDigest.empty)
    var writer = CanonicalWriter()
    let encoder = CanonicalJSON.encoder()
    for first in stride(from: 0, to: events.count, by: length) {
      let portion = events[first..<min(first + length, events.count)]
      if let packet = try? Data(EventPacker.packet(of: portion, json: { try $0.canonical(encoder) })),
        let after = try digested(packet, of: portion, digest, encoder, &writer)
      {
        rows.append(NewRun.Row(first: first, bytes: packet))
        digest = after
      } else {
        for (number, event) in zip(portion.indices, portion) {
          rows.append(NewRun.Row(first: number, bytes: try event.canonical(encoder)))
          digest = JournalDigest.after(digest, rows[rows.count - 1].bytes)
        }
      }
    }
    return (rows, digest)
  }

  /// The digest after `packet`, made of what it says; nil where that is not `events`.
  private static func digested(
    _ packet: Data, of events: ArraySlice<SearchEvent>, _ digest: [UInt8], _ encoder: JSONEncoder,
    _ writer: inout CanonicalWriter
  ) throws -> [UInt8]? {
    var (next, digest) = (events.startIndex, digest)
    func read(_ json: Data) throws -> SearchEvent {
      try SearchEvent(canonical: json) ?? EventUnpacker.decoded(json)
    }
    try EventUnpacker.forEach(in: packet, json: read) { event in
      guard events.indices.contains(next), event == events[next] else { return false }
      try writer.rewrite(event, encoder)
      JournalDigest.go(on: &digest, with: writer.bytes)
      next += 1
      return true
    }
    return next == events.endIndex ? digest : nil
  }

  /// Packs what may be packed of a run with `count` events. Complexity: O(bytes of what is not packed yet).
  static func pack(_ run: Int64, to count: Int, _ db: Database, most: Int = .max) throws {
    var (first, made) = (try packed(of: run, db), 0)
    let encoder = CanonicalJSON.encoder()
    while count - first >= open + length, made < most {
      let keys = [JournalKey.key(run, first), JournalKey.key(run, first + length)]
      let rows = try Data.fetchAll(
        db.cachedStatement(sql: "SELECT event FROM events WHERE key >= ? AND key < ? ORDER BY key"),
        arguments: StatementArguments(keys))
      guard rows.count == length, let packet = packet(of: rows, encoder) else { return }
      try db.cachedStatement(sql: "DELETE FROM events WHERE key >= ? AND key < ?").execute(
        arguments: StatementArguments(keys))
      try db.cachedStatement(sql: "INSERT INTO events (key, event) VALUES (?, ?)").execute(
        arguments: [keys[0], packet])
      (first, made) = (first + length, made + 1)
    }
  }

  /// A packet that says these events again to the byte; nil where there is none, as of JSON that others wrote.
  private static func packet(of rows: [Data], _ encoder: JSONEncoder) -> Data? {
    let decoder = CanonicalJSON.decoder()
    let events = try? rows.map { try SearchEvent(canonical: $0) ?? decoder.decode(SearchEvent.self, from: $0) }
    guard let events, let packet = try? Data(EventPacker.packet(of: events)) else { return nil }
    var again: [Data] = []
    let row = StoredEvents.Row(first: 0, bytes: packet, isPacked: true)
    let isRead: Void? = try? row.forEachJSON(encoder) { event in
      again.append(event)
      return true
    }
    return isRead != nil && again.elementsEqual(rows) ? packet : nil
  }

  /// Events of a run that lie in packets: all before the first that does not. Complexity: O(log packets × log rows).
  private static func packed(of run: Int64, _ db: Database) throws -> Int {
    func isPacked(_ packet: Int) throws -> Bool {
      let key = JournalKey.key(run, packet * length)
      let row = try Row.fetchOne(db, sql: "SELECT event FROM events WHERE key = ?", arguments: [key])
      return (row?[0] as Data?).flatMap { EventUnpacker.count(in: $0) } == length
    }
    // The last packet lies right before the events that stay open, or a little earlier.
    var packets = 0
    var step = 1
    while try isPacked(packets + step - 1) {
      packets += step
      step *= 2
    }
    while step > 1 {
      step /= 2
      if try isPacked(packets + step - 1) { packets += step }
    }
    return packets * length
  }
}
