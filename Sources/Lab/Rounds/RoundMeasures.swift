import TreeInsight
import Vocabulary

/// What trials say of policies: each measure before and after, and the gain with its interval, problem by problem.
package struct RoundMeasures {
  private let arms: [String: [RoundTrial]]
  private let order: [String]
  private let searches: [Int]

  init(_ trials: [RoundTrial], searches: [Int]) {
    arms = Dictionary(grouping: trials, by: \.arm)
    order = trials.reduce(into: []) { if $0.last != $1.arm, !$0.contains($1.arm) { $0.append($1.arm) } }
    self.searches = searches
  }

  /// Whether the measure called `name` is a share; the others are amounts.
  package static func isShare(_ name: String) -> Bool { !["tokens", "distinct answers"].contains(name) }

  /// Whether it is one of right answers.
  package static func isAccuracy(_ name: String) -> Bool { isShare(name) && name != "ORM agrees" }

  /// A measure of one trial; nil where it was not taken.
  private struct Measure {
    let name: String
    /// Whether a higher one is better: then its gain is tested.
    var isGain = true
    let value: (RoundTrial) -> Double?
  }

  private var measures: [Measure] {
    let samples = arms.values.joined().map(\.samples).max() ?? 0
    var all = [Measure(name: "greedy") { $0.isRight ? 1 : 0 }]
    if samples > 0 {
      all.append(Measure(name: "pass@1") { $0.pass(at: 1) })
      if samples > 1 { all.append(Measure(name: "pass@\(samples)") { $0.pass(at: samples) }) }
      all.append(Measure(name: "majority") { $0.samples > 0 ? ($0.majority ? 1 : 0) : nil })
      all.append(Measure(name: "distinct answers", isGain: false) { $0.samples > 0 ? Double($0.distinct) : nil })
    }
    for (place, simulations) in searches.enumerated() {
      all.append(
        Measure(name: "search \(simulations)") { $0.found.indices.contains(place) ? ($0.found[place] ? 1 : 0) : nil })
    }
    // A policy that learns to please its critic more than to be right shows here.
    all.append(
      Measure(name: "ORM agrees", isGain: false) { trial in trial.score.map { ($0 >= 0.5) == trial.isRight ? 1 : 0 } })
    all.append(Measure(name: "tokens", isGain: false) { Double($0.tokens) })
    return all
  }

  /// The figures, measure by measure.
  var figures: [RoundStageReport.Figure] {
    guard let before = arms["before"] else { return [] }
    var figures: [RoundStageReport.Figure] = []
    for measure in measures {
      for arm in order {
        let values = (arms[arm] ?? []).compactMap(measure.value)
        guard !values.isEmpty else { continue }
        figures.append(.init("\(measure.name) \(arm)", Statistics.bootstrap(values), note: "\(values.count) problems"))
      }
      for arm in order where arm != "before" {
        let pairs = zip(arms[arm] ?? [], before).compactMap { new, old in
          measure.value(new).flatMap { new in measure.value(old).map { (new, $0) } }
        }
        guard !pairs.isEmpty else { continue }
        let gain = Statistics.paired(pairs.map(\.0), minus: pairs.map(\.1))
        var note: String?
        if measure.isGain, pairs.allSatisfy({ [0, 1].contains($0.0) && [0, 1].contains($0.1) }) {
          let table = TurnTable(pairs.map { (before: $0.1 == 1, after: $0.0 == 1) })
          note = "\(table.repaired) turned right, \(table.broken) wrong; \(table.test)"
        }
        figures.append(.init(arm == "after" ? "\(measure.name) gain" : "\(measure.name) gain \(arm)", gain, note: note))
      }
    }
    return figures
  }
}
