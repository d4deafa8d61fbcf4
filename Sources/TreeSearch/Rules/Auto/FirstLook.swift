import Vocabulary

/// How hard a problem looks by its first answers: how far they agree, what critics make of them and whether tools object.
public struct FirstLook: Codable, Equatable, Sendable {
  /// Finished trajectories that state an answer, ≥ 0.
  public let trajectories: Int
  /// The share of them that states the answer with most to speak for it, in [0, 1]; 0 where none is stated.
  public let agreement: Double
  /// The chance of that answer by all the evidence, in [0, 1].
  public let chance: Double
  /// The share of the trajectories of which a tool doubts a step, in [0, 1].
  public let doubted: Double

  /// A look with its fields as given.
  package init(trajectories: Int, agreement: Double, chance: Double, doubted: Double) {
    (self.trajectories, self.agreement, self.chance, self.doubted) = (trajectories, agreement, chance, doubted)
  }

  /// What `tree` shows so far. Complexity: O(nodes + trajectories × depth).
  public init(_ tree: SearchTree) {
    let candidates = tree.candidates()
    let leader = tree.answerStandings().reduce(nil as AnswerStanding?) { best, next in
      next.chance > best?.chance ?? -1 ? next : best
    }
    let all = Double(max(1, candidates.count))
    self.init(
      trajectories: candidates.count, agreement: Double(leader?.trajectories ?? 0) / all, chance: leader?.chance ?? 0,
      doubted: Double(candidates.count { tree.evidence(for: $0)[.doubts] < 0 }) / all)
  }

  /// How easy the problem looks, in [0, 1]: the mean of agreement and chance, less as much as tools doubt.
  public var ease: Double { (agreement + chance) / 2 * (1 - doubted) }

  /// True where every number is one that a look can have.
  var isPlausible: Bool { trajectories >= 0 && [agreement, chance, doubted].allSatisfy { 0...1 ~= $0 } }
}

/// How hard a problem looks, in a word.
public enum PredictedDifficulty: String, Codable, Sendable, CaseIterable {
  /// The first answers agree, and critics believe them: little is left to find.
  case easy
  /// Some of them are right, or nearly so.
  case middle
  /// They differ, or nobody believes them.
  case hard

  /// What a problem of `ease` in [0, 1] is under these parameters.
  init(ease: Double, _ parameters: SearchParameters) {
    self =
      ease >= parameters[SearchParameters.autoEasy]
      ? .easy : ease < parameters[SearchParameters.autoHard] ? .hard : .middle
  }
}

extension SearchParameters {
  /// `auto.samples`.
  public static let autoSamples = ParameterKey<Int>(
    "auto.samples", 0...1000, default: 0,
    help: "After so many simulations, pick a preset by how hard the problem looks; 0 means that none is picked.",
    citation: "Snell et al., 2024: the best strategy depends on the predicted difficulty")
  /// `auto.easy`.
  public static let autoEasy = ParameterKey<Double>(
    "auto.easy", 0...1, default: 0.5,
    help:
      "A problem whose first answers look at least this likely, by agreement, critics and tools, is easy to auto.samples.",
    citation: "this program")
  /// `auto.hard`.
  public static let autoHard = ParameterKey<Double>(
    "auto.hard", 0...1, default: 0.2,
    help: "A problem whose first answers look less likely than this is hard to auto.samples.", citation: "this program")
}
