/// Texts among which the one most like another is found: by the share of their runs of four words, names masked and numbers kept.
///
/// Exact where a sketch (MinHash) would estimate: an index from each run to the texts that have it names the candidates, and the
/// best of them are compared whole. Runs that hundreds of texts have say nothing and are passed over while candidates are sought.
struct NearTexts: Sendable {
  /// Words of a run.
  private static let length = 4
  /// A run that more texts have is no sign of nearness.
  private static let commonest = 256
  /// Candidates that are compared whole.
  private static let compared = 16

  private var holders: [UInt64: [Int32]] = [:]
  private var runs: [[UInt64]] = []
  private var ids: [String] = []

  /// Nothing yet.
  init() {}

  /// The digests of a text's runs, sorted, each once.
  static func runs(of words: TextWords) -> [UInt64] {
    let digests = WordRuns.digests(words.masked)
    return Array(Set(WordRuns.runs(digests, of: min(length, max(1, digests.count))))).sorted()
  }

  /// Takes a text in. Complexity: O(runs).
  mutating func add(_ own: [UInt64], id: String) {
    for run in own where holders[run, default: []].count <= Self.commonest {
      holders[run, default: []].append(Int32(runs.count))
    }
    runs.append(own)
    ids.append(id)
  }

  /// The text most like another, the first of equals; nil where none shares a telling run with it.
  /// Complexity: O(runs × texts that share one).
  func nearest(to own: [UInt64]) -> (id: String, distance: Double)? {
    var shared: [Int32: Int] = [:]
    for run in own {
      guard let holders = holders[run], holders.count <= Self.commonest else { continue }
      for holder in holders { shared[holder, default: 0] += 1 }
    }
    let candidates = shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.compared)
    let likeness = candidates.map { (place: Int($0.key), value: Self.likeness(own, runs[Int($0.key)])) }
    guard let best = likeness.min(by: { ($1.value, $0.place) < ($0.value, $1.place) }) else { return nil }
    return (ids[best.place], 1 - best.value)
  }

  /// The share of the runs of either that both have (Jaccard), in [0, 1].
  static func likeness(_ a: [UInt64], _ b: [UInt64]) -> Double {
    var (i, j, both) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] { both += 1 }
      let (left, right) = (a[i], b[j])
      if left <= right { i += 1 }
      if right <= left { j += 1 }
    }
    let all = a.count + b.count - both
    return all == 0 ? 0 : Double(both) / Double(all)
  }
}
