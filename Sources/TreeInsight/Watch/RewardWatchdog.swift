import TreeSearch

/// Every score and every reward must lie in [0, 1].
struct RewardWatchdog: Watchdog {
  static let name = "reward range"

  init(tree: SearchTree) {}

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    seen.compactMap { observation in
      guard let node = observation.node, let (cause, finding) = finding(observation.event) else { return nil }
      return Alarm(Self.self, cause: cause, at: node, finding)
    }
  }

  private func finding(_ event: SearchEvent) -> (cause: String, finding: String)? {
    switch event {
    case .evaluated(_, let reward), .backedUp(_, let reward):
      return isInRange(reward) ? nil : ("reward", "the reward \(reward) lies outside [0, 1]")
    case .answered(_, let answer):
      guard case .scores(let scores) = answer.content,
        let bad = scores.first(where: { !isInRange($0.score ?? 0) })
      else { return nil }
      return (bad.critic, "critic \(bad.critic) gave \(bad.score ?? 0), outside [0, 1]")
    // The engine refuses such an answer and says so.
    case .failed(_, let message, _): return message.hasSuffix("outside [0, 1]") ? ("answer", message) : nil
    default: return nil
    }
  }

  private func isInRange(_ score: Double) -> Bool { score >= 0 && score <= 1 }
}
