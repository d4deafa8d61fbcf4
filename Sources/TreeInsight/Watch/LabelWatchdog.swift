import TreeSearch

extension CriticScore {
  /// How a note begins where a judging model's label was not among the most probable tokens that its server returned:
  /// the score then rests on nothing. Whatever follows is for people.
  public static let labelNotInTopK = "label not in top-k"

  /// True where the note says so.
  public var isLabelMissing: Bool { note?.hasPrefix(Self.labelNotInTopK) ?? false }
}

/// A critic that reads a label's probability must find the label among those returned.
struct LabelWatchdog: Watchdog {
  static let name = "label"

  init(tree: SearchTree) {}

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    seen.flatMap { observation -> [Alarm] in
      guard case .answered(_, let answer) = observation.event, case .scores(let scores) = answer.content,
        let node = observation.node
      else { return [] }
      return scores.filter(\.isLabelMissing).map {
        Alarm(Self.self, cause: $0.critic, at: node, "critic \($0.critic): \($0.note ?? CriticScore.labelNotInTopK)")
      }
    }
  }
}
