import TreeInsight

/// In which order the problems are listed.
enum ProblemOrder: String, MenuOrder {
  /// As the files have them.
  case file
  /// What a person's look is worth, with a share at random.
  case worth
  case id, split, state, answer, finals, tokens

  static let standard = file

  /// The letter that chooses it.
  var letter: Character {
    switch self {
    case .file: "f"
    case .worth: "w"
    case .id: "i"
    case .split: "s"
    case .state: "d"
    case .answer: "a"
    case .finals: "n"
    case .tokens: "t"
    }
  }

  /// What it means.
  var sentence: String {
    switch self {
    case .file: "in the order of the file"
    case .worth: "by what a look at them is worth, one in \(Self.auditEvery) at random"
    case .id: "by id"
    case .split: "by tier and split"
    case .state: "by what has been done: undecided first"
    case .answer: "by answer: wrong first, then those of which nobody knows"
    case .finals: "by how few final selections agree"
    case .tokens: "by tokens, most first"
    }
  }

  /// Of so many rows in the order of worth, one is drawn at random from all that follow: labels only of what looks worth it would
  /// mislead whoever estimates anything from them.
  static let auditEvery = 8

  /// Places of `entries` in this order; in that of worth, chance has put some where they stand.
  ///
  /// Deterministic: chance is the id's. Complexity: O(n log n).
  func places(of entries: [ProblemEntry], isReversed: Bool) -> [Int] {
    let sorted = sortedPlaces(of: entries, isReversed: isReversed)
    return self == .worth && !isReversed ? Self.mixed(sorted, entries) : sorted
  }

  func key(_ entry: ProblemEntry) -> RowKey? {
    switch self {
    case .file: nil
    // What nobody has searched has no worth yet, and comes last.
    case .worth: RowKey(number: -(entry.result?.worth?.total ?? -1))
    case .id: RowKey(text: entry.id)
    case .split: RowKey(text: "\(entry.tier ?? "") \(entry.split ?? "")")
    case .state: RowKey(number: entry.decision != nil ? 2 : entry.result == nil ? 1 : 0, text: entry.state)
    case .answer: RowKey(number: entry.result?.isCorrect.map { $0 ? 2 : 0 } ?? (entry.result == nil ? 3 : 1))
    case .finals: RowKey(number: Double(entry.result?.agreement ?? 6))
    case .tokens: RowKey(number: -Double(entry.result?.tokens ?? -1))
    }
  }

  /// The rows that chance draws from those that have been searched, in the order in which it does: one of ``auditEvery``.
  static func drawn(of entries: [ProblemEntry]) -> [Int] {
    let searched = entries.indices.filter { entries[$0].result?.worth != nil }
    return Array(searched.sorted { entries[$0].lot < entries[$1].lot }.prefix(searched.count / auditEvery))
  }

  /// Puts a row that chance has drawn at every ``auditEvery``th place.
  private static func mixed(_ sorted: [Int], _ entries: [ProblemEntry]) -> [Int] {
    let drawn = drawn(of: entries)
    let audited = Set(drawn)
    var chance = drawn.makeIterator()
    var mixed: [Int] = []
    mixed.reserveCapacity(sorted.count)
    for place in sorted where !audited.contains(place) {
      if mixed.count % auditEvery == auditEvery - 1, let next = chance.next() { mixed.append(next) }
      mixed.append(place)
    }
    while let next = chance.next() { mixed.append(next) }
    return mixed
  }
}
