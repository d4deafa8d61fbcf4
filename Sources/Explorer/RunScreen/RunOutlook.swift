import TreeSearch
import Vocabulary

/// What a forecast of the run on the screen reads: its answers, counted anew whenever the tree has grown by a sixteenth, and how long a
/// simulation takes. So a frame never looks at every node.
struct RunOutlook: Sendable {
  /// The answers as last counted.
  private(set) var tally: AnswerTally { didSet { foremost = Self.foremost(of: tally) } }
  /// Places in it of the answer that is chosen and of those that the most paths state, at most ``mostForemost``.
  private(set) var foremost: [Int]
  /// Answers that a list has room for.
  static let mostForemost = 6
  /// Since when the search runs without a pause, and how many simulations it had then.
  private var began: (time: TimeOfDay, simulations: Int)?
  /// Seconds that a simulation takes at the present rate; nil where nobody knows.
  private(set) var secondsPerSimulation: Double?

  /// The outlook of a run as it stands. Complexity: O(nodes), once.
  init(_ tree: SearchTree) {
    tally = AnswerTally(tree)
    foremost = Self.foremost(of: tally)
  }

  private static func foremost(of tally: AnswerTally) -> [Int] {
    let byVotes = tally.groups.indices.sorted { a, b in
      let (first, second) = (tally.groups[a], tally.groups[b])
      return first.votes == second.votes ? a < b : first.votes > second.votes
    }
    let chosen = tally.leader.map { [$0] } ?? []
    return Array((chosen + byVotes.filter { $0 != tally.leader }).prefix(mostForemost))
  }

  /// Takes up an event of the run that has made `tree`. Amortised O(1); O(nodes) after an act of a person.
  mutating func note(_ event: SearchEvent, in tree: SearchTree) {
    switch event {
    case .backedUp:
      if tree.simulations - tally.simulations >= max(1, tally.simulations / 16) { tally = AnswerTally(tree) }
    case .intervened, .undone, .redone: tally = AnswerTally(tree)
    default: break
    }
  }

  /// Takes note of what the clock shows while the search runs, or that it rests.
  mutating func note(_ time: TimeOfDay?, isRunning: Bool, simulations: Int) {
    guard isRunning, let time else { return began = nil }
    guard let began else { return began = (time, simulations) }
    let (made, seconds) = (simulations - began.simulations, began.time.seconds(until: time))
    if made > 0, seconds > 0 { secondsPerSimulation = Double(seconds) / Double(made) }
  }

  /// What so many more simulations would buy. Complexity: O(answers × trajectories to come).
  func forecast(more: Int, _ parameters: SearchParameters) -> Forecast {
    Forecast(tally, more: more, calibrations: parameters.forecastCalibrations)
  }
}

extension TimeOfDay {
  /// Seconds from this time to the next that the clock shows as `later`, less than a day.
  fileprivate func seconds(until later: TimeOfDay) -> Int {
    func whole(_ time: TimeOfDay) -> Int { (time.hour * 60 + time.minute) * 60 + time.second }
    return (whole(later) - whole(self) + 86_400) % 86_400
  }
}
