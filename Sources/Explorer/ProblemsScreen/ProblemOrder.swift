import TreeInsight

/// In which order the problems are listed.
enum ProblemOrder: String, CaseIterable, Sendable {
  /// As the files have them.
  case file
  /// What a person's look is worth, with a share at random.
  case worth
  case id, split, state, answer, finals, tokens

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

  /// Places of `entries` in this order, and those among them that stand there at random.
  ///
  /// Deterministic: chance is the id's. Complexity: O(n log n).
  func sorted(_ places: [Int], _ entries: [ProblemEntry], isReversed: Bool) -> (places: [Int], audited: Set<Int>) {
    guard self != .file else { return (isReversed ? places.reversed() : places, []) }
    let keys = places.map { key(entries[$0]) }
    let order = places.indices.sorted { a, b in
      keys[a] == keys[b] ? a < b : isReversed ? keys[b] < keys[a] : keys[a] < keys[b]
    }
    let sorted = order.map { places[$0] }
    return self == .worth && !isReversed ? Self.mixed(sorted, entries) : (sorted, [])
  }

  /// A key that sorts upwards.
  private struct Key: Comparable {
    var number = 0.0
    var text = ""

    static func < (a: Key, b: Key) -> Bool { (a.number, a.text) < (b.number, b.text) }
  }

  private func key(_ entry: ProblemEntry) -> Key {
    switch self {
    case .file: Key()
    // What nobody has searched has no worth yet, and comes last.
    case .worth: Key(number: -(entry.result?.worth?.total ?? -1))
    case .id: Key(text: entry.id)
    case .split: Key(text: "\(entry.tier ?? "") \(entry.split ?? "")")
    case .state: Key(number: entry.decision != nil ? 2 : entry.result == nil ? 1 : 0, text: entry.state)
    case .answer: Key(number: entry.result?.isCorrect.map { $0 ? 2 : 0 } ?? (entry.result == nil ? 3 : 1))
    case .finals: Key(number: Double(entry.result?.agreement ?? 6))
    case .tokens: Key(number: -Double(entry.result?.tokens ?? -1))
    }
  }

  /// Puts a row that chance has drawn at every ``auditEvery``th place; chance draws from those that have been searched.
  private static func mixed(_ sorted: [Int], _ entries: [ProblemEntry]) -> (places: [Int], audited: Set<Int>) {
    let searched = sorted.filter { entries[$0].result?.worth != nil }
    let lots = searched.sorted { entries[$0].lot < entries[$1].lot }
    let audited = Set(lots.prefix(searched.count / auditEvery))
    var chance = lots.prefix(audited.count).makeIterator()
    var mixed: [Int] = []
    mixed.reserveCapacity(sorted.count)
    for place in sorted where !audited.contains(place) {
      if mixed.count % auditEvery == auditEvery - 1, let drawn = chance.next() { mixed.append(drawn) }
      mixed.append(place)
    }
    while let drawn = chance.next() { mixed.append(drawn) }
    return (mixed, audited)
  }
}
