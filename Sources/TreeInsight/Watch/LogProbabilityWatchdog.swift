import TreeSearch

/// A whole option of two tokens or more cannot be certain: log-probabilities that are all 0 were never computed.
struct LogProbabilityWatchdog: Watchdog {
  static let name = "log-probability"

  init(tree: SearchTree) {}

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    seen.compactMap { observation in
      guard case .answered(_, let answer) = observation.event, case .options(let options) = answer.content,
        let node = observation.node, let option = options.first(where: isCertain)
      else { return nil }
      return Alarm(
        Self.self, cause: "policy", at: node,
        "each of the \(option.logProbabilities.count) tokens of an option has the log-probability 0")
    }
  }

  private func isCertain(_ option: SearchOption) -> Bool {
    option.logProbabilities.count > 1 && option.logProbabilities.allSatisfy { $0 == 0 }
  }
}
