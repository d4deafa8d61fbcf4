import TreeInsight

/// In which order rounds are listed; those that are equal in it stand as they come, the newest first.
enum RoundOrder: String, MenuOrder {
  case newest, series, state, gain, accepted

  static let standard = newest

  var letter: Character {
    switch self {
    case .newest: "n"
    case .series: "s"
    case .state: "d"
    case .gain: "g"
    case .accepted: "a"
    }
  }

  var sentence: String {
    switch self {
    case .newest: "newest first"
    case .series: "by series, the newest of each first"
    case .state: "by state: what waits for a person or failed first"
    case .gain: "by gain, the greatest first"
    case .accepted: "by how many trajectories were accepted"
    }
  }

  func key(_ round: RoundEntry) -> RowKey? {
    switch self {
    case .newest: nil
    case .series: RowKey(text: round.series)
    case .state: RowKey(number: Double(Self.urgency.firstIndex(of: round.standing) ?? Self.urgency.count))
    // What has not been measured has no gain yet, and comes last.
    case .gain: RowKey(number: round.gain.map { -Self.finite($0.value) } ?? 2)
    case .accepted: RowKey(number: -Double(round.accepted ?? -1))
    }
  }

  /// States in the order in which a person should look at them.
  private static let urgency: [RoundStanding] = [.waiting, .failed, .running, .resting, .promoted, .kept, .refused]

  /// What is not a number must not stand in the way of an order.
  private static func finite(_ number: Double) -> Double { number.isFinite ? number : -1 }
}

extension RoundEntry: QueriedRow {
  static let fields = [
    RowField("gain", "points gained", isNumber: true), RowField("accepted", "trajectories accepted", isNumber: true),
    RowField("number", "its place in its series", isNumber: true), RowField("id", "its name"),
    RowField("series", "the series that it belongs to"), RowField("state", "where it stands"),
    RowField("by", "who approved or signed it"),
  ]
  static let words = RoundStanding.allCases.map { RowWord($0.rawValue, "where it stands") }

  func number(_ name: String) -> Double? {
    switch name {
    case "gain": gain.map { 100 * $0.value }
    case "accepted": accepted.map(Double.init)
    case "number": Double(number)
    default: nil
    }
  }

  func text(_ name: String) -> String? {
    switch name {
    case "id": id
    case "series": series
    case "state": standing.word
    case "by": signer ?? approver
    default: nil
    }
  }

  func says(_ text: SoughtText) -> Bool {
    ([id, series, standing.word, begun, reason ?? "", approver ?? "", signer ?? ""] + plan.map(\.words))
      .contains { text.isFound(in: $0) }
  }
}
