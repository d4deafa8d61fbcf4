import Foundation
import TreeSearch

/// A journal that is replayed twice while it is read, each event as two readers decode it, and the digest of its bytes.
struct TwoReplays {
  /// An event that cannot be read or applied.
  struct Damage: Error {
    let event: Int
    let reason: String
  }

  /// The tree of the events as the general reader, or that of packets, decodes them.
  private(set) var tree: SearchTree
  private var second: SearchTree
  private(set) var digest = JournalDigest.empty
  /// What ended the replay; the digest goes on.
  private(set) var damage: Damage?
  private var count = 0
  private let encoder = CanonicalJSON.encoder()
  private let decoder = CanonicalJSON.decoder()

  init(_ header: RunHeader) {
    tree = SearchTree(header: header)
    second = tree
  }

  /// True where both replays made the same tree. Complexity: O(nodes).
  var agree: Bool { second.nodes == tree.nodes && second.details == tree.details && second.usage == tree.usage }

  /// Goes on by the events of a row.
  mutating func read(_ row: StoredEvents.Row) {
    do {
      if row.isPacked {
        try EventUnpacker.forEach(in: row.bytes) { event in
          take(try event.canonical(encoder), event)
          return true
        }
      } else {
        take(row.bytes, nil)
      }
    } catch {
      damage = damage ?? Damage(event: count, reason: CanonicalJSON.reason(error))
    }
  }

  private mutating func take(_ json: Data, _ unpacked: SearchEvent?) {
    digest = JournalDigest.after(digest, json)
    guard damage == nil else { return }
    do {
      let fast = try SearchEvent(canonical: json) ?? decoder.decode(SearchEvent.self, from: json)
      try tree.apply(try unpacked ?? decoder.decode(SearchEvent.self, from: json))
      try second.apply(fast)
      count += 1
    } catch let error as ReplayError {
      damage = Damage(event: count, reason: error.problem)
    } catch {
      damage = Damage(event: count, reason: CanonicalJSON.reason(error))
    }
  }
}
