import Models
import Vocabulary

/// How far a model's own solutions agree (self-consistency, Wang et al., 2022): of an unfinished state the share of its
/// completions that state the most frequent answer, of a finished one the share of fresh solutions that state its answer.
public struct ConsistencyCritic: Critic {
  /// The name that weights and events use.
  public let name: String
  /// Which states it judges.
  public let scope: CriticScope
  private let asked: AskedModel
  private let samples: Int
  private let temperature: Double
  /// Most tokens of a solution.
  private static let longest = 512

  /// Makes a critic that draws `samples` solutions; what they answer is read by ``AnswerFormat``.
  public init(
    _ name: String, _ scope: CriticScope, model: any LanguageModel, samples: Int = 8, temperature: Double = 0.8
  ) {
    self.name = name
    self.scope = scope
    asked = AskedModel(model)
    self.samples = samples
    self.temperature = temperature
  }

  /// Asks about every state by itself, all at once.
  ///
  /// - Throws: what the model or the server throws.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    try await asked.verdicts(states) { try await verdict($0) }
  }

  private func verdict(_ state: JudgedState) async throws -> Verdict {
    let model = asked.model
    let steps = state.isComplete ? [] : state.optionTexts
    let request = SampleRequest(
      prefix: model.prompt(for: state.question) + steps.flatMap(model.tokenize), count: samples,
      temperature: temperature, maximumTokens: Self.longest, end: .answer, seed: Self.seed(of: state))
    let result = try await model.sample(request)
    let markers = state.tools.checks.answerMarkers
    let answers = result.samples.map { AnswerFormat.answer(in: steps.joined() + $0.text, markers: markers) }
    let usage = result.usage
    let choices = state.tools.checks.choices
    func told(_ score: Double?, _ note: String) -> Verdict {
      Verdict(score: score, note: note, tokensRead: usage.prompted + usage.generated, tokensReused: usage.reused)
    }
    if state.isComplete {
      guard let own = state.statedAnswer else { return told(0, "states no answer") }
      let agreeing = answers.count { $0.map { AnswerFormat.agree($0, own, among: choices) } == true }
      return told(Double(agreeing) / Double(samples), "\(agreeing) of \(samples) fresh solutions answer \(own)")
    }
    var votes = AnswerVote(among: choices)
    for answer in answers.compactMap({ $0 }) { votes.add(answer) { $0 + 1 } }
    guard let best = votes.winner else { return told(0, "none of \(samples) completions states an answer") }
    let (count, answer) = (votes.weights[best], votes.spelling(of: best))
    return told(count / Double(samples), "\(Int(count)) of \(samples) completions answer \(answer)")
  }

  /// A number that the state alone decides, so that a run can be repeated.
  private static func seed(of state: JudgedState) -> UInt64 {
    var hash = ByteHash()
    hash.feed((state.question + "\n" + state.optionTexts.joined()).utf8)
    return hash.value
  }
}
