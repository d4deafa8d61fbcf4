/// How often each critic gave a score.
struct CriticCounts: Sendable, Equatable {
  private let names: [String]
  private var counts: [Int]
  private var foreign: [String: Int] = [:]

  init(_ names: [String]) {
    self.names = names
    counts = Array(repeating: 0, count: names.count)
  }

  mutating func add(_ count: Int, to critic: String) {
    guard count > 0 else { return }
    if let at = names.firstIndex(of: critic) { counts[at] += count } else { foreign[critic, default: 0] += count }
  }

  /// The critics that were asked at all.
  var byName: [String: Int] {
    zip(names, counts).reduce(into: foreign) { if $1.1 > 0 { $0[$1.0] = $1.1 } }
  }
}
