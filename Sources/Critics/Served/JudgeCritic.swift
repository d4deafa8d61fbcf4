import Foundation
import Models
import Vocabulary

/// A model that writes a reason and a score: the judge of LLM-as-a-judge (Zheng et al., 2023).
public struct JudgeCritic: Critic {
  /// The name that weights and events use.
  public let name: String
  /// Which states it judges.
  public let scope: CriticScope
  private let asked: AskedModel
  private let prompt: CriticPrompt
  /// Most tokens of a judgement.
  private static let longest = 256
  /// Characters of the reason that are kept.
  private static let shownReason = 200

  /// Makes a judge that is asked with `prompt`.
  public init(
    _ name: String, _ scope: CriticScope, model: any LanguageModel, prompt: CriticPrompt = .init(CriticPrompt.judge)
  ) {
    self.name = name
    self.scope = scope
    asked = AskedModel(model)
    self.prompt = prompt
  }

  /// Asks about every state by itself, all at once.
  ///
  /// - Throws: what the model or the server throws.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    try await asked.verdicts(states) { [asked, prompt] state in
      let request = SampleRequest(
        prefix: asked.model.tokenize(prompt.filled(state)), temperature: 0, maximumTokens: Self.longest, end: .text)
      let result = try await asked.model.sample(request)
      let judgement = Self.read(result.samples.first?.text ?? "")
      return Verdict(
        score: judgement.score, note: judgement.reason, tokensRead: result.usage.prompted + result.usage.generated,
        tokensReused: result.usage.reused)
    }
  }

  /// The last score that the judgement names, as `Score: 7`, `score 7/10`, `SCORE = 70 %` or `Score: 0.7`, in [0, 1], and
  /// what is said before it.
  ///
  /// A number alone counts out of ten, and one with a point below 1 as it is. What is no score, or out of range, is none.
  static func read(_ text: String) -> (score: Double?, reason: String) {
    let pattern =
      /(?i)\bscore\b[ \t]*(?:is|of)?[ \t]*[:=]?[ \t*]*(-?[0-9]{1,4}(?:\.[0-9]{1,6})?)[ \t]*(%|\/[ \t]*(?:100|10|5|1)\b)?/
    let found = text.matches(of: pattern)
    let reason = shown(found.last.map { text[..<$0.range.lowerBound] } ?? text[...])
    guard let match = found.last, let value = Double(match.1) else {
      return (nil, "no score in the judgement: \(reason)")
    }
    let scale =
      switch match.2?.filter({ !$0.isWhitespace }) {
      case "%", "/100": 100.0
      case "/5": 5.0
      case "/1": 1.0
      case "/10": 10.0
      default: match.1.contains(".") && value <= 1 ? 1.0 : 10.0
      }
    let score = value / scale
    return (0...1).contains(score) ? (score, reason) : (nil, "a score out of range, \(match.1): \(reason)")
  }

  private static func shown(_ text: Substring) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count <= shownReason ? words : String(words.prefix(shownReason)) + "…"
  }
}
