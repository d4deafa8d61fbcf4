import Vocabulary

/// Sets that are alike found among many without comparing each with each: MinHash with bands (Broder 1997).
///
/// 128 functions in 32 bands of 4: sets that share s of their elements are candidates with probability 1 − (1 − s⁴)³²: 1 − 5·10⁻⁸
/// at s = .8, .995 at .65, .08 at .22. Candidates are to be compared as they are.
struct MinHash {
  private static let bands = 32
  private static let rows = 4

  private var holders: [UInt64: [Int32]] = [:]

  /// Nothing yet.
  init() {}

  /// The keys of a set's bands; none for an empty set. Complexity: O(elements × 128).
  static func keys(of elements: [UInt64]) -> [UInt64] {
    guard !elements.isEmpty else { return [] }
    return (0..<bands).map { band in
      var key = UInt64(band) &* 0x9E37_79B9_7F4A_7C15
      for row in 0..<rows {
        let salt = SplitMix.first(of: UInt64(band * rows + row + 1))
        var least = UInt64.max
        for element in elements {
          let value = SplitMix.first(of: element ^ salt)
          if value < least { least = value }
        }
        key = SplitMix.first(of: key ^ least)
      }
      return key
    }
  }

  /// Takes a set in under a number.
  mutating func add(_ keys: [UInt64], as number: Int32) {
    for key in keys { holders[key, default: []].append(number) }
  }

  /// The numbers of the sets that may be like one, in order. Complexity: O(candidates).
  func candidates(for keys: [UInt64]) -> [Int32] {
    Set(keys.flatMap { holders[$0] ?? [] }).sorted()
  }
}
