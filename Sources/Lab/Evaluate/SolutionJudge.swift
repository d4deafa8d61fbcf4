import Critics
import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// Who judges whole solutions, so that one of them can be chosen: the same critics and tools that a search of the problem has.
package enum SolutionJudge: Hashable, Sendable {
  /// The ORM, whose score tools lower where they object.
  case outcome
  /// The PRM's score of the worst line.
  case worstStep
  /// The weighted mean of all critics, as the reward of a finished node in a search.
  case merged
}

extension ModelSet {
  /// What tools know of `problem` where `critics` take part and a refuted line is drawn again so often.
  func tools(_ critics: [CriticWeight], for problem: Problem, redraws: Int) -> ToolContext {
    var problem = problem
    if !policy.answerMarkers.isEmpty { problem.answerMarkers = policy.answerMarkers }
    let names = self.critics(of: critics, for: problem).filter { $0.weight > 0 }.map(\.name)
    let tools = Set(names).intersection(CriticRegistry.standard.tools.map(\.name))
    return ToolContext(enabled: tools, checks: ProblemChecks(problem), redraws: redraws)
  }

  /// The judge's score of each of `solutions` to `problem`, in [0, 1]; nil where nobody can judge it.
  ///
  /// - Throws: what the critics throw.
  func scores(
    of solutions: [Solution], to problem: Problem, by judge: SolutionJudge, _ critics: [CriticWeight] = [],
    tools: ToolContext = ToolContext()
  ) async throws -> [Double?] {
    switch judge {
    case .outcome:
      let states = solutions.map { state(of: $0, to: problem, tools) }
      return try await panel.score(states, names: [CriticName.orm]).map { $0[CriticName.orm]?.score }
    case .worstStep: return try await worstSteps(of: solutions, to: problem)
    case .merged:
      let weighed = self.critics(of: critics, for: problem).filter { $0.weight > 0 }
      let states = solutions.map { state(of: $0, to: problem, tools) }
      return try await panel.score(states, names: weighed.map(\.name)).map { verdicts in
        let given = weighed.compactMap { critic in verdicts[critic.name]?.score.map { (critic.weight, $0) } }
        let weight = given.reduce(0) { $0 + $1.0 }
        return weight > 0 ? given.reduce(0) { $0 + $1.0 * $1.1 } / weight : nil
      }
    }
  }

  /// A finished solution as its critics see it, a line an option.
  private func state(of solution: Solution, to problem: Problem, _ tools: ToolContext) -> JudgedState {
    JudgedState(
      question: problem.prompt, tokens: policy.prompt(for: problem.prompt) + solution.tokens,
      optionTexts: tools.enabled.isEmpty ? [solution.text] : solution.lines, isComplete: true, tools: tools)
  }

  private func worstSteps(of solutions: [Solution], to problem: Problem) async throws -> [Double?] {
    let prompt = policy.prompt(for: problem.prompt)
    let states = solutions.map { solution in
      solution.lines.indices.map { last in
        let lines = Array(solution.lines[...last])
        return JudgedState(
          question: problem.prompt, tokens: prompt + lines.flatMap(policy.tokenize), optionTexts: lines,
          isComplete: false)
      }
    }
    var verdicts = try await panel.score(states.flatMap { $0 }, names: [CriticName.prm])[...]
    return states.map { lines in
      defer { verdicts = verdicts.dropFirst(lines.count) }
      return verdicts.prefix(lines.count).compactMap { $0[CriticName.prm]?.score }.min()
    }
  }
}
