import TreeSearch
import Vocabulary

/// A learned critic must not say the same of every node.
struct ConstantCriticWatchdog: Watchdog {
  static let name = "constant critic"
  /// Nodes in a row of which a critic may say the very same.
  static let tolerated = 49
  /// The latest score of each critic, and of how many nodes in a row it was given.
  private var runs: [String: (score: Double, length: Int)] = [:]

  init(tree: SearchTree) {}

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    var alarms: [Alarm] = []
    for observation in seen {
      guard case .answered(_, let answer) = observation.event, case .scores(let scores) = answer.content,
        let node = observation.node
      else { continue }
      for score in scores where CriticName.learned.contains(score.critic) {
        guard let number = score.score else { continue }
        let length = runs[score.critic].map { $0.score == number ? $0.length + 1 : 1 } ?? 1
        runs[score.critic] = length > Self.tolerated ? nil : (number, length)
        guard length > Self.tolerated else { continue }
        alarms.append(
          Alarm(
            Self.self, cause: score.critic, at: node,
            "critic \(score.critic) gave \(number) to each of the last \(length) nodes"))
      }
    }
    return alarms
  }
}
