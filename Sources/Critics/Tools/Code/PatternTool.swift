import Vocabulary

/// Checks that the final answer has the form that the problem asks for: a regular expression in Python's syntax, matched
/// in the sandbox, where one that would run for ages is stopped.
public struct PatternTool: Tool {
  /// `pattern`.
  public let name = "pattern"
  /// The form of an answer.
  public let summary = "the problem's regular expression, matched against the answer"
  /// True.
  public let needsSandbox = true
  /// Whole solutions.
  public let scope = CriticScope.outcome
  /// A wrong form is wrong; the right form says little.
  public let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 0, bad: 48))

  private let sandboxes: SandboxProvider

  /// Makes a tool that matches in what `sandboxes` provide.
  public init(_ sandboxes: SandboxProvider) { self.sandboxes = sandboxes }

  /// Problems with a pattern.
  public func isUseful(for checks: ProblemChecks) -> Bool { checks.pattern != nil }

  /// Whole solutions of problems that have a pattern.
  public func application(to state: JudgedState) -> ToolApplication {
    if state.tools.checks.pattern == nil { return .rests("the problem has no pattern") }
    return state.isComplete ? .applies : .rests("not a whole solution")
  }

  /// Holds where the whole answer matches.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    guard let pattern = state.tools.checks.pattern else { return ToolFinding(.unsure, "the problem has no pattern") }
    guard let answer = state.statedAnswer else {
      return ToolFinding(.refuted, "the solution states no answer")
    }
    let result = try await sandboxes.run(
      """
      re = __import__('re')
      try:
          p = re.compile(\(SandboxProgram.literal(pattern)))
      except re.error as e:
          print("bad", e)
      else:
          print("yes" if p.fullmatch(\(SandboxProgram.literal(answer))) else "no")
      """)
    let shown = ToolFinding.safe(String(answer.prefix(60)))
    switch (result.ending, result.output) {
    case (.finished, "yes\n"): return ToolFinding(.holds, "\(shown) has the form asked for")
    case (.finished, "no\n"): return ToolFinding(.refuted, "\(shown) has not the form asked for")
    case (.finished, let said):
      return ToolFinding(.unsure, ToolFinding.safe("the problem's pattern: " + said.dropFirst(4)))
    case (let ending, _): return ToolFinding(.unsure, ToolFinding.cut("the match: \(ending.words)"))
    }
  }
}
