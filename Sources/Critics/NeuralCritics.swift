import Models
import Vocabulary

/// The heads of one critic model: state value, process reward of the newest option (PRM), outcome reward of a whole
/// solution (ORM), AlphaLLM section 4.4. However many are asked for, the trunk passes over a state once.
public struct NeuralCritics: Sendable {
  /// Where the trunk's input comes from.
  public enum Input: Sendable, Hashable {
    /// The states' own tokens: policy and critic share a tokenizer.
    case stateTokens
    /// The question and option texts, tokenized anew.
    case texts
  }

  /// The trunk and its heads.
  public let model: CriticModel
  /// Where its input comes from.
  public let input: Input

  /// Makes critics of all of the model's heads.
  public init(_ model: CriticModel, input: Input) {
    self.model = model
    self.input = input
  }

  /// Makes critics for states of `policy`: its tokens are used where both read the same `tokenizer.json`.
  public init(_ model: CriticModel, judging policy: any LanguageModel) {
    let shared = policy.vocabulary == model.tokenizerFingerprint
    self.init(model, input: shared ? .stateTokens : .texts)
  }

  /// The heads' names.
  public var names: [String] { model.heads }

  /// ORM judges whole solutions, the others every node.
  public static func scope(of name: String) -> CriticScope { name == CriticName.orm ? .outcome : .everyNode }

  /// The verdicts of the heads `names` on each state, in one batch. A state out of a head's scope has no verdict of it.
  public func score(_ states: [JudgedState], names: [String]) async throws -> [[String: Verdict]] {
    try await score(states, namesByState: states.map { _ in names })
  }

  /// The verdicts of each state's own choice of heads, in one batch. A state out of a head's scope has no verdict of it; of
  /// one that is longer than the model's context they say that they cannot judge it.
  public func score(_ states: [JudgedState], namesByState: [[String]]) async throws -> [[String: Verdict]] {
    let asked = zip(states, namesByState).map { state, names in names.filter { Self.judges($0, state) } }
    var out = [[String: Verdict]](repeating: [:], count: states.count)
    let inputs = states.indices.map { asked[$0].isEmpty ? [] : tokens(of: states[$0]) }
    var wanted: [Int] = []
    var spent: [Int: ModelUsage] = [:]
    for i in states.indices where !asked[i].isEmpty {
      if let reason = overflow(inputs[i].count) {
        for name in asked[i] { out[i][name] = .cannotJudge(reason) }
        continue
      }
      let strange = try await model.strangeness(of: states[i].question)
      guard let figures = strange.figures else {
        wanted.append(i)
        spent[i] = strange.usage
        continue
      }
      for (place, name) in asked[i].enumerated() {
        out[i][name] = .cannotJudge(
          "\(CriticName.isUnfamiliar) \(figures)", tokensRead: place == 0 ? strange.usage.prompted : 0)
      }
    }
    // The states of a batch mostly share one question, whose prompt is tokenized once.
    var prompts: [String: Int] = [:]
    for i in wanted where prompts[states[i].question] == nil {
      prompts[states[i].question] = model.prompt(for: states[i].question).count
    }
    let answers = try await model.headScores(
      batch: wanted.map { inputs[$0] },
      promptCounts: wanted.map { prompts[states[$0].question] ?? 0 })
    for (i, answer) in zip(wanted, answers) {
      var usage: ModelUsage? = answer.usage
      // What was read to know the question was read for this state.
      let before = spent[i]?.prompted ?? 0
      usage?.prompted += before
      usage?.reused -= min(before, answer.usage.reused)
      for name in asked[i] {
        guard let score = answer.scores[name] else {
          throw ModelError(model.name, name, "expected one of the heads \(model.heads.joined(separator: ", "))")
        }
        out[i][name] = Verdict(
          score: score, tokensRead: usage?.prompted ?? 0, tokensReused: usage?.reused ?? 0)
        usage = nil
      }
    }
    return out
  }

  /// Why a state of so many tokens cannot be read; nil where it can.
  private func overflow(_ count: Int) -> String? {
    count <= model.contextLength
      ? nil : "\(count) tokens, more than the \(model.contextLength) that it reads"
  }

  /// One head as a critic of its own.
  public func critic(_ name: String) -> any Critic { HeadCritic(critics: self, name: name) }

  private static func judges(_ name: String, _ state: JudgedState) -> Bool {
    scope(of: name) == .everyNode || state.isComplete
  }

  /// The trunk's input; a whole solution always ends with a line break, where the heads were trained to speak.
  private func tokens(of state: JudgedState) -> [Int32] {
    var tokens = state.tokens
    if input == .texts {
      let lines = state.optionTexts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }
      tokens = model.prompt(for: state.question) + model.tokenize(lines.joined())
    }
    if state.isComplete, let last = tokens.last, !model.bytes(of: [last]).contains(0x0A) {
      // A solution that was cut where it filled the context gives its last token for the line break.
      let lineBreak = model.tokenize("\n")
      tokens = tokens.prefix(max(0, model.contextLength - lineBreak.count)) + lineBreak
    }
    return tokens
  }
}

/// One head of a critic model.
struct HeadCritic: Critic {
  let critics: NeuralCritics
  let name: String

  var scope: CriticScope { NeuralCritics.scope(of: name) }

  func score(_ states: [JudgedState]) async throws -> [Verdict] {
    try await critics.score(states, names: [name]).map { $0[name] ?? Verdict(score: nil, note: "not a whole solution") }
  }
}
