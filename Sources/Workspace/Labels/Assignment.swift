import Vocabulary

/// Which problems are whose to label: everybody gets as many, and some are two people's.
public struct Assignment: Sendable {
  /// Problems in their order, with the people they are given to.
  public let people: [(problem: String, names: [String])]

  /// Gives `problems` to `people`, a share `overlap` in [0, 1] of them to two. Deterministic: chance is the ids'.
  ///
  /// Complexity: O(problems log problems).
  public init(of problems: [String], to people: [String], overlap: Double) {
    let lots = problems.map { SHA256.lot(of: $0) }
    let order = problems.indices.sorted { (lots[$0], $0) < (lots[$1], $1) }
    let shared = people.count > 1 ? Int((Double(problems.count) * overlap).rounded()) : 0
    var names = Array(repeating: [String](), count: problems.count)
    var turn = 0
    for (rank, index) in order.enumerated() {
      for _ in 0..<(rank < shared ? 2 : 1) {
        names[index].append(people[turn % people.count])
        turn += 1
      }
    }
    self.people = zip(problems, names).map { ($0, $1) }
  }

  /// How many problems each person has.
  public var counts: [String: Int] {
    people.reduce(into: [:]) { counts, given in for name in given.names { counts[name, default: 0] += 1 } }
  }
}
