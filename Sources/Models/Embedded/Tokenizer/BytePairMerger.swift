/// Byte-pair merges: joins the neighbours with the lowest rank until none is left (Sennrich et al., 2016).
struct BytePairMerger: Sendable {
  private struct Merge {
    let rank: Int32
    let token: Int32
  }

  /// A pair that may be joined, found in a heap by rank and then by place.
  private struct Candidate {
    let rank: Int32
    let place: Int32
    let left: Int32
    let right: Int32
  }

  private var merges: [UInt64: Merge] = [:]

  mutating func add(_ left: Int32, _ right: Int32, rank: Int, token: Int32) {
    merges[Self.key(left, right)] = Merge(rank: Int32(rank), token: token)
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// `tokens` after all merges. Complexity: O(n log n), so that a line of a megabyte is no trap.
  func merged(_ tokens: [Int32]) -> [Int32] {
    guard tokens.count > 1 else { return tokens }
    var ids = tokens
    var previous = (0..<Int32(tokens.count)).map { $0 - 1 }
    var following = (0..<Int32(tokens.count)).map { $0 + 1 }
    let end = Int32(tokens.count)
    var heap = Heap()

    func consider(_ place: Int32, _ ids: [Int32], _ following: [Int32], _ heap: inout Heap) {
      let next = following[Int(place)]
      guard next < end, let merge = merges[Self.key(ids[Int(place)], ids[Int(next)])] else { return }
      heap.push(Candidate(rank: merge.rank, place: place, left: ids[Int(place)], right: ids[Int(next)]))
    }

    for place in 0..<end - 1 { consider(place, ids, following, &heap) }
    while let best = heap.pop() {
      let place = Int(best.place)
      let next = following[place]
      guard ids[place] == best.left, next < end, ids[Int(next)] == best.right,
        let merge = merges[Self.key(best.left, best.right)]
      else { continue }  // one of the two has been joined to another since
      ids[place] = merge.token
      ids[Int(next)] = -1
      following[place] = following[Int(next)]
      if following[place] < end { previous[Int(following[place])] = best.place }
      if previous[place] >= 0 { consider(previous[place], ids, following, &heap) }
      consider(best.place, ids, following, &heap)
    }
    return ids.filter { $0 >= 0 }
  }

  /// A binary heap, lowest rank first, then leftmost.
  private struct Heap {
    private var items: [Candidate] = []

    private func before(_ a: Int, _ b: Int) -> Bool {
      (items[a].rank, items[a].place) < (items[b].rank, items[b].place)
    }

    mutating func push(_ item: Candidate) {
      items.append(item)
      var i = items.count - 1
      while i > 0, before(i, (i - 1) / 2) {
        items.swapAt(i, (i - 1) / 2)
        i = (i - 1) / 2
      }
    }

    mutating func pop() -> Candidate? {
      guard let first = items.first else { return nil }
      let last = items.removeLast()
      guard !items.isEmpty else { return first }
      items[0] = last
      var i = 0
      while true {
        var least = i
        for child in [2 * i + 1, 2 * i + 2] where child < items.count && before(child, least) { least = child }
        if least == i { return first }
        items.swapAt(i, least)
        i = least
      }
    }
  }
}
