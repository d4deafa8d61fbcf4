/// Decides which tools look at a state, and lets what they find weigh on the judgement of whole solutions.
///
/// *Which* and *when* are decided by each tool's own rule, option by option: a calculator where there is a formula, Python
/// where there is a finished block of code, unit tests where the problem has some and the solution is complete. *How
/// effectively* is learned (``ToolTrust``).
public struct ToolDispatcher: Sendable {
  /// The tools, in the order in which critics are shown.
  public let tools: [any Tool]

  /// A dispatcher of `tools`; names must differ.
  public init(_ tools: [any Tool]) { self.tools = tools }

  /// Each tool as a critic of its own.
  public var critics: [any Critic] { tools.map(ToolCritic.init) }

  /// An ORM score after the tools have read the whole solution: each refutation multiplies it by the tool's distrust
  /// (AlphaLLM gives tools to the ORM alone).
  ///
  /// - Returns: the score, and what was found where a tool objects.
  func weighed(_ score: Double, _ state: JudgedState) async throws -> (score: Double, note: String?) {
    let whole = state.joined
    var (score, notes) = (score, [String]())
    for tool in tools where state.tools.enabled.contains(tool.name) {
      try Task.checkCancellation()
      guard case .applies = tool.application(to: whole) else { continue }
      let finding: ToolFinding
      do { finding = try await tool.check(whole) } catch is SandboxError { continue }
      guard finding.kind == .refuted else { continue }
      let trust = state.tools.trust.trust(in: tool, .refuted)
      score *= 1 - trust
      notes.append("\(tool.name): \(finding.note)")
    }
    return (score, notes.isEmpty ? nil : ToolFinding.cut(notes.joined(separator: "; ")))
  }
}

extension JudgedState {
  /// The same state with all options as one.
  fileprivate var joined: JudgedState {
    var state = self
    let texts = optionTexts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }
    state.optionTexts = texts.isEmpty ? [] : [texts.joined()]
    return state
  }
}
