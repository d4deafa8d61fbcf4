import Critics
import Foundation
import Models
import Training
import TreeSearch
import Vocabulary
import Workspace

/// Another source of rows for the same questions, trained for as many steps as the round's own rows and measured beside them: what
/// the search's rows are worth is told by nothing else (a source that trains longer looks better than it is).
package enum RoundArm: String, Codable, Sendable, CaseIterable {
  /// The given problems' own solutions: where they do not lift the policy, nothing will.
  case gold
  /// The policy's answer at temperature 0, where the ORM likes it.
  case greedy
  /// The best of as many samples as the search's tokens buy, where the ORM likes it.
  case bestOfN
  /// What the search reports, whatever the rule says of it.
  case unfiltered

  /// An ORM score from which a solution of ``greedy`` and ``bestOfN`` is learned from.
  static let leastScore = 0.8

  /// All of them, for help.
  package static let list = allCases.map(\.rawValue).joined(separator: ", ")

  /// Whether its solutions have to be drawn.
  var isDrawn: Bool { self == .greedy || self == .bestOfN }

  /// The arm that `--arms` calls `name`. Throws `LabError`.
  package static func named(_ name: String) throws -> RoundArm {
    guard let arm = RoundArm(rawValue: name) else {
      throw LabError.settings("--arms: expected some of \(list), found '\(name)'")
    }
    return arm
  }
}

/// A solution that an arm drew for a question.
struct ArmSolution: Codable, Sendable, Equatable {
  var problem: String
  /// Nil where none states an answer.
  var text: String?
  /// The ORM's score of it in [0, 1].
  var score: Double
  /// Whether it agrees with the reference; nil without one.
  var correct: Bool?
  var tokens: Int
}

extension RoundContext {
  /// Trains the arms of the plan, each on its own rows for `steps` steps.
  func trainArms(steps: Int) async throws -> [RoundStageReport.Figure] {
    var figures: [RoundStageReport.Figure] = []
    for name in plan.arms {
      let rows = try await rows(of: RoundArm.named(name))
      guard !rows.isEmpty else { throw LabError.failed("--arms \(name): it has no row to train on") }
      let place = folder.appending(path: "arms/\(name)")
      try write(rows, to: place.appending(path: "export"))
      var recipe = plan.recipe
      recipe.maxSteps = steps
      recipe.epochs = max(1, (steps * recipe.batch + rows.count - 1) / rows.count)
      let job = TrainingJob(
        data: place.appending(path: "export").path(percentEncoded: false),
        model: try plan.base(in: DataFolder.locate()),
        output: place.appending(path: "model").path(percentEncoded: false), seed: seed, recipe: recipe)
      let model = try await train(job, stage: .train, keepsLosses: false)
      figures += [.init("rows \(name)", rows.count), .init("steps \(name)", model.steps)]
      if let right = RoundStageReport.Figure("right rows \(name)", right: rows.compactMap(\.correct)) {
        figures.append(right)
      }
    }
    return figures
  }

  private struct ArmRow {
    let prompt: String
    let completion: String
    let correct: Bool?
  }

  private func rows(of arm: RoundArm) async throws -> [ArmRow] {
    let problems = try problems()
    func rows(_ text: (Problem) -> (String, Bool?)?) -> [ArmRow] {
      problems.compactMap { problem in
        text(problem).map { ArmRow(prompt: problem.prompt + "\n", completion: $0.0, correct: $0.1) }
      }
    }
    switch arm {
    case .gold:
      let solutions = try solutions()
      return rows { problem in
        solutions[problem.id].map {
          ($0.hasSuffix("\n") ? $0 : $0 + "\n", AnswerFormat.answer(in: $0).flatMap { problem.accepts($0) })
        }
      }
    case .unfiltered:
      let candidates: [RoundCandidate] = try items(.filter)
      let best = Dictionary(candidates.map { ($0.problem, $0) }) { first, _ in first }
      return rows { problem in best[problem.id].map { ($0.text, $0.correct) } }
    case .greedy, .bestOfN:
      let drawn = try await draw(arm, problems)
      let kept = Dictionary(drawn.map { ($0.problem, $0) }) { first, _ in first }
      return rows { problem in
        guard let solution = kept[problem.id], let text = solution.text, solution.score >= RoundArm.leastScore else {
          return nil
        }
        return (text, solution.correct)
      }
    }
  }

  /// Solutions of every problem, drawn behind those that are kept already.
  private func draw(_ arm: RoundArm, _ problems: [Problem]) async throws -> [ArmSolution] {
    let stage = "arm-\(arm.rawValue)"
    var kept: [ArmSolution] = try RoundItems.read(workspace.items(of: record, stage: stage), of: record, stage)
    guard kept.count < problems.count else { return kept }
    let spent = Dictionary(try items(.search, as: RoundSearch.self).map { ($0.problem, $0.tokens) }) { first, _ in first
    }
    let (setup, policy) = try await setup(policy: plan.models.policy)
    defer { withExtendedLifetime(policy) {} }
    for problem in problems.dropFirst(kept.count) {
      try check()
      let budget = arm == .greedy ? nil : max(1, spent[problem.id] ?? 1)
      let solution = try await setup.solution(of: problem, within: budget, seed: SplitMix.seed(seed, kept.count))
      try writer.append([CanonicalJSON.data(solution)], stage: stage, first: kept.count)
      kept.append(solution)
      if kept.count % 20 == 0 { tell(.train, kept.count, of: problems.count, "solutions for \(arm.rawValue)") }
    }
    return kept
  }

  /// The given problems' own solutions by problem.
  private func solutions() throws -> [String: String] {
    let texts: [String?] = try workspace.list(RoundItems.solutions, of: record)
    return Dictionary(zip(try given(), texts).compactMap { problem, text in text.map { (problem.id, $0) } }) { $1 }
  }

  private func write(_ rows: [ArmRow], to folder: URL) throws {
    let data = folder.appending(path: "data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    var bytes = Data()
    for row in rows {
      bytes += try CanonicalJSON.data(["prompt": row.prompt, "completion": row.completion])
      bytes.append(0x0A)
    }
    try bytes.write(to: data.appending(path: "train.jsonl"), options: .atomic)
  }
}

extension RunSetup {
  /// The greedy solution of `problem`, or, with a budget of tokens, the sampled one that the ORM likes best.
  fileprivate func solution(of problem: Problem, within tokens: Int?, seed: UInt64) async throws -> ArmSolution {
    let prompt = models.policy.prompt(for: problem.prompt)
    let most = parameters[SearchParameters.rolloutMaximumTokens]
    func judge(_ solutions: [Solution]) async throws -> [Double] {
      try await models.scores(of: solutions, to: problem, by: .outcome).map { $0 ?? 0 }
    }
    var (solutions, scores): ([Solution], [Double])
    if let tokens {
      var pool = SamplePool(
        SamplePool.Source(
          model: models.policy, prompt: prompt, temperature: parameters[SearchParameters.optionTemperature],
          maximumTokens: most, seed: seed))
      let bought = try await pool.judged(within: tokens, by: judge)
      (solutions, scores) = (
        Array(pool.solutions.prefix(bought.count)), Array((pool.scores[.outcome] ?? []).prefix(bought.count))
      )
    } else {
      solutions = try await models.policy.sample(
        SampleRequest(prefix: prompt, temperature: 0, maximumTokens: most, end: .answer)
      ).samples.map { Solution($0, of: models.policy) }
      scores = try await judge(solutions)
    }
    let spent = solutions.reduce(0) { $0 + $1.cost }
    let best = zip(solutions, scores).filter { $0.0.answer != nil }.max { $0.1 < $1.1 }
    return ArmSolution(
      problem: problem.id, text: best?.0.text, score: best?.1 ?? 0,
      correct: best?.0.answer.flatMap { problem.accepts($0) }, tokens: spent)
  }
}
