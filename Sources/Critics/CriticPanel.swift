import Models
import Vocabulary

/// All critics a search may ask, by name; heads of one model are asked together.
public struct CriticPanel: Sendable {
  private let neural: NeuralCritics?
  /// The model's heads, without those that another critic stands for.
  private let heads: [String]
  private let others: [any Critic]
  private let tools: ToolDispatcher?
  private let doubts = CriticDoubts()

  /// Makes a panel of the model's heads, where there is one, of `others`, and of the tools. One of `others` takes the place
  /// of a head of its name.
  public init(neural: NeuralCritics?, others: [any Critic] = [], tools: ToolDispatcher? = nil) {
    self.neural = neural
    self.others = others + (tools?.critics ?? [])
    self.tools = tools
    heads = neural?.names.filter { name in !others.contains { $0.name == name } } ?? []
  }

  /// The names that can be asked for: heads first, in their model's order.
  public var names: [String] { heads + others.map(\.name) }

  /// The scope of the critic `name`, nil where there is none of this name.
  public func scope(of name: String) -> CriticScope? {
    if heads.contains(name) { return NeuralCritics.scope(of: name) }
    return others.first { $0.name == name }?.scope
  }

  /// Verdicts by name for each state; a critic whose scope leaves a state out gives none for it.
  ///
  /// - Parameter names: critics to ask; all where nil.
  /// - Throws: `ModelError` for an unknown name, and what a critic throws.
  public func score(_ states: [JudgedState], names wanted: [String]? = nil) async throws -> [[String: Verdict]] {
    try await score(states, namesByState: states.map { _ in wanted ?? names })
  }

  /// Verdicts by name for each state, of the critics that are asked about it; each critic is called once. One that can never
  /// judge a state says so in its verdict, which has no score.
  ///
  /// - Throws: `ModelError` for an unknown name, and what a critic throws that may judge a little later.
  public func score(_ states: [JudgedState], namesByState: [[String]]) async throws -> [[String: Verdict]] {
    if let unknown = namesByState.joined().first(where: { scope(of: $0) == nil }) {
      throw ModelError("critics", unknown, "expected one of \(names.joined(separator: ", "))")
    }
    let wanted = namesByState.map { $0.filter(heads.contains) }
    async let judged = wanted.allSatisfy(\.isEmpty) ? nil : neural?.score(states, namesByState: wanted)
    let doubts = doubts
    var out = [[String: Verdict]](repeating: [:], count: states.count)
    try await withThrowingTaskGroup(of: (String, [Int], [Verdict]).self) { group in
      for critic in others {
        let asked = states.indices.filter {
          namesByState[$0].contains(critic.name) && (critic.scope == .everyNode || states[$0].isComplete)
        }
        if asked.isEmpty { continue }
        group.addTask { (critic.name, asked, try await doubts.ask(critic, about: asked.map { states[$0] })) }
      }
      for try await (name, asked, verdicts) in group {
        for (i, verdict) in zip(asked, verdicts) { out[i][name] = verdict }
      }
    }
    if let judged = try await judged {
      for i in out.indices { out[i].merge(judged[i]) { first, _ in first } }
    }
    for i in out.indices { try await weigh(&out[i], states[i]) }
    return out
  }

  /// Continues each state by one step of `policy` as its request says, drawing again what the tools refute.
  ///
  /// - Throws: what the policy and the tools throw.
  public func propose(
    _ states: [JudgedState], _ requests: [SampleRequest], by policy: any LanguageModel
  ) async throws -> [SampleResult] {
    guard let tools, states.contains(where: { !$0.tools.enabled.isEmpty && $0.tools.redraws > 0 }) else {
      return try await policy.sample(requests)
    }
    return try await CheckedSampling(policy: policy, tools: tools).steps(
      zip(states, requests).map { CheckedSampling.Start(state: $0, request: $1) })
  }

  /// Whole solutions of `policy` from each state as its request says, drawing again each line that the tools refute: what a fast rollout
  /// does, for whoever samples.
  ///
  /// - Throws: what the policy and the tools throw.
  public func solutions(
    _ states: [JudgedState], _ requests: [SampleRequest], by policy: any LanguageModel
  ) async throws -> [SampleResult] {
    guard let tools, states.contains(where: { !$0.tools.enabled.isEmpty && $0.tools.redraws > 0 }) else {
      return try await policy.sample(requests)
    }
    return try await tools.solutions(
      zip(states, requests).map { CheckedSampling.Start(state: $0, request: $1) }, by: policy)
  }

  /// The ORM's verdict after the tools have read the whole solution.
  private func weigh(_ verdicts: inout [String: Verdict], _ state: JudgedState) async throws {
    guard let tools, !state.tools.enabled.isEmpty, let score = verdicts[CriticName.orm]?.score else { return }
    let weighed = try await tools.weighed(score, state)
    verdicts[CriticName.orm]?.score = weighed.score
    if let note = weighed.note { verdicts[CriticName.orm]?.note = note }
  }
}
