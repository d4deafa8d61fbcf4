/// The place with the greatest key among numbered places whose keys come, change and go: the first of equals.
///
/// A tree of winners over the places: a change plays the matches above one place again. Memory: a key and 4 bytes a place.
struct Tournament<Key: Comparable & Sendable>: Sendable {
  private var keys: [Key?] = []
  /// The winner of each match; the final is at 1, the matches that follow from match m at 2m and 2m + 1, and the places
  /// themselves are the leaves below. -1 where nobody plays.
  private var winners: [Int32] = []
  private var capacity: Int { winners.count }

  /// The key of a place; nil where it has none. Complexity: O(1).
  subscript(place: Int) -> Key? { keys.indices.contains(place) ? keys[place] : nil }

  /// The place with the greatest key; nil where none has one. Complexity: O(1).
  var winner: Int? {
    guard capacity > 1, winners[1] >= 0 else { return nil }
    return Int(winners[1])
  }

  /// Gives `place` a key, or (nil) takes it away. Complexity: O(log places), and O(places) when their number doubles.
  mutating func set(_ key: Key?, at place: Int) {
    if place >= keys.count {
      if key == nil { return }
      keys += Array(repeating: nil, count: place + 1 - keys.count)
    }
    if keys[place] == key { return }
    keys[place] = key
    guard place < capacity else { return playAll() }
    var match = (place + capacity) / 2
    while match >= 1 {
      play(match)
      match /= 2
    }
  }

  private mutating func playAll() {
    var size = max(2, capacity)
    while size < keys.count { size *= 2 }
    winners = Array(repeating: -1, count: size)
    for match in (1..<size).reversed() { play(match) }
  }

  private mutating func play(_ match: Int) {
    let (a, b) = (side(2 * match), side(2 * match + 1))
    guard let first = self[Int(a)], let second = self[Int(b)] else {
      winners[match] = self[Int(a)] == nil ? (self[Int(b)] == nil ? -1 : b) : a
      return
    }
    winners[match] = second > first ? b : a
  }

  /// Who has come through to here.
  private func side(_ match: Int) -> Int32 { match < capacity ? winners[match] : Int32(match - capacity) }
}
