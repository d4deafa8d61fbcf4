import Foundation

/// What is to be imagined, and what it has to pass.
package struct ImaginationSettings: Sendable, Equatable {
  /// What a policy that writes questions by itself begins with.
  package enum Opening: String, CaseIterable, Sendable {
    /// The beginning of a text: for a base model that has seen questions.
    case beginning
    /// Some of the given problems, as examples.
    case examples
    /// The bare turn of a user in a chat template (Magpie, Xu et al. 2024).
    case turn
  }

  /// Accepted questions to stop at, ≥ 1.
  package var count: Int
  /// Seed of everything random: the same seed imagines the same questions.
  package var seed: UInt64
  /// Names of ``ImaginationKind``, which take turns; empty for what suits the problems.
  package var kinds: [String] = []
  /// The round, for the records; each imagines others.
  package var round = 0
  /// Solutions drawn of each question, ≥ 0.
  package var samples = 0
  /// How many of them must say the same where nothing else vouches for the answer, ≥ 1; more than ``samples`` is never reached.
  package var agreement = 1
  /// The share of them that may be right; nil where that does not matter. Needs ``samples``.
  package var difficulty: ClosedRange<Double>?
  /// Sampling temperature of questions and of solutions.
  package var temperature = 0.8
  /// What the policy's own questions begin with; nil for what suits the model.
  package var opening: Opening?
  /// Prompt files by kind, where they are not those in `SampleData/Prompts`.
  package var prompts: [String: String] = [:]
  /// Questions refused one after the other after which nothing more is tried, ≥ 1.
  package var patience = 500

  /// The defaults: whatever can be vouched for by rule, nothing drawn.
  package init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// The least number of `samples` that must agree where nobody says another: three of ten (rStar-Math), two at least.
  package static func agreement(of samples: Int) -> Int { max(1, min(samples, 2), (samples * 3 + 9) / 10) }

  /// - Throws: `LabError` for what cannot be used.
  func checked() throws -> [ImaginationKind] {
    func refuse(_ field: String, _ expected: String) -> LabError { .settings("--\(field): expected \(expected)") }
    if count < 1 { throw refuse("count", "1 or more, found \(count)") }
    if samples < 0 || samples > 1024 { throw refuse("samples", "0 to 1024, found \(samples)") }
    if agreement < 1 || agreement > max(1, samples) {
      throw refuse("agreement", "1 to the number of samples, \(samples), found \(agreement)")
    }
    if !(temperature >= 0 && temperature <= 10) { throw refuse("temperature", "0 to 10, found \(temperature)") }
    if patience < 1 { throw refuse("patience", "1 or more, found \(patience)") }
    if let difficulty {
      guard samples > 0 else { throw refuse("difficulty", "with --samples, whose right ones are counted") }
      guard difficulty.lowerBound >= 0, difficulty.upperBound <= 1 else { throw refuse("difficulty", "shares in 0-1") }
    }
    let known = ImaginationKind.allCases.map(\.rawValue).joined(separator: ", ")
    let named = try kinds.map { name in
      guard let kind = ImaginationKind(rawValue: name) else {
        throw refuse("kinds", "some of \(known), found '\(name)'")
      }
      return kind
    }
    guard Set(kinds).count == kinds.count else { throw refuse("kinds", "each kind once") }
    for name in prompts.keys where ImaginationKind(rawValue: name) == nil {
      throw refuse("imagine-prompt", "a file for one of \(known), found '\(name)'")
    }
    return named
  }
}
