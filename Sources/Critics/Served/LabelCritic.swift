import Foundation
import Models
import Vocabulary

/// A model's belief in one word against another: the PRM and ORM of AlphaLLM (section 4.4), P(good) / (P(good) + P(bad)).
public struct LabelCritic: Critic {
  /// The two words; white space around them does not count where a server's tokens are read.
  public struct Labels: Sendable, Hashable {
    /// Says that the state is right.
    public var good: String
    /// Says that it is wrong.
    public var bad: String

    /// The paper's words by default.
    public init(good: String = "True", bad: String = "False") {
      self.good = good
      self.bad = bad
    }
  }

  /// The name that weights and events use.
  public let name: String
  /// Which states it judges.
  public let scope: CriticScope
  private let asked: AskedModel
  private let prompt: CriticPrompt
  private let labels: Labels
  private let stepsBack: Bool
  private let behind: CriticPrompt?

  /// Makes a critic that reads `labels` after `prompt`.
  ///
  /// - Parameter behind: what is asked instead where a server's model judges what it wrote and goes on with a text: it stands
  ///   behind question and steps as they were written, so that the server's cache holds all that comes before.
  /// - Parameter stepsBack: where neither label is among the most probable words, it is no judge, rather than one that has
  ///   nothing to say: a critic that nobody asked for is asked no more then.
  public init(
    _ name: String, _ scope: CriticScope, model: any LanguageModel, prompt: CriticPrompt, labels: Labels = Labels(),
    stepsBack: Bool = false, behind: CriticPrompt? = nil
  ) {
    self.stepsBack = stepsBack
    self.behind = behind
    self.name = name
    self.scope = scope
    asked = AskedModel(model)
    self.prompt = prompt
    self.labels = labels
  }

  /// Asks about all states at once, in one request where the server takes a list.
  ///
  /// - Throws: what the model or the server throws; `ModelError` where it steps back.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    try await asked.verdicts(states) { [asked, labels, stepsBack] states in
      let prefixes = states.map(prefix)
      // A word in the middle of a text begins with its space.
      let words = [labels.good, labels.bad].map { $0.first?.isWhitespace == true ? $0 : " " + $0 }
      let answers = try await asked.model.likelihoods(of: words, after: prefixes)
      guard answers.count == states.count, answers.allSatisfy({ $0.beliefs.count == 2 }) else {
        throw ModelError(asked.model.name, "labels", "expected a belief in each of two labels")
      }
      if stepsBack, answers.contains(where: { answer in !answer.beliefs.contains(where: \.isKnown) }) {
        throw ModelError(
          asked.model.name, "labels",
          "expected \(labels.good) or \(labels.bad) among the most probable words, as chat "
            + "models write them; this one writes others")
      }
      return answers.map { labels.verdict(good: $0.beliefs[0], bad: $0.beliefs[1], $0.usage, isWatched: !stepsBack) }
    }
  }

  /// What the labels are read after.
  private func prefix(of state: JudgedState) -> [Int32] {
    let model = asked.model
    guard let behind, let served = model.served, served.abilities?.goesOnWithTexts == true else {
      return model.tokenize(prompt.filled(state, good: labels.good, bad: labels.bad))
    }
    return model.prompt(for: state.question) + state.optionTexts.flatMap(model.tokenize)
      + model.tokenize(behind.filled(state, good: labels.good, bad: labels.bad))
  }
}

extension LabelCritic.Labels {
  /// Where one label is out of sight, the most that it can be stands for it, and the note says so; where both are, there
  /// is no score.
  func verdict(
    good: LabelResult.Belief, bad: LabelResult.Belief, _ usage: ModelUsage, isWatched: Bool = true
  ) -> Verdict {
    let (p, q) = (exp(good.bound), exp(bad.bound))
    let missing = [good.isKnown ? nil : self.good, bad.isKnown ? nil : self.bad].compactMap { $0 }
    let words = missing.map { "'\($0)'" }.joined(separator: " and ")
    let isTold = missing.isEmpty || !isWatched
    let most = missing.isEmpty ? "" : " (\(words) at most)"
    // The watchdog on labels knows the other beginning: what somebody described ought to work.
    let note =
      isTold
      ? "\(self.good) \(100 * p, digits: 1) %, \(self.bad) \(100 * q, digits: 1) %\(most)"
      : "label not in top-k: \(words), each at most \(100 * min(p, q), digits: 1) %"
    return Verdict(
      score: missing.count == 2 || p + q == 0 ? nil : p / (p + q), note: note,
      tokensRead: usage.prompted + usage.generated,
      tokensReused: usage.reused)
  }
}
