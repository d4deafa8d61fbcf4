import Critics
import Foundation
import Models
import SearchRun
import TreeSearch
import Workspace

extension RunSetup {
  /// Every method on one problem with one seed; majority and best-of-N spend what search spent.
  func compare(_ problem: Problem, index: Int, seed: UInt64) async throws -> [Trial] {
    let reference = problem.answer ?? ""
    func trial(_ method: Method, _ answer: String?, _ tokens: Int, _ nodes: Int, _ seconds: Double) -> Trial {
      Trial(
        method: method, problem: index, seed: seed, isCorrect: ReferenceAnswer.agrees(answer, with: reference) ?? false,
        tokens: tokens, nodes: nodes, seconds: seconds)
    }
    let searched = try await searchUnkept(problem, seed: seed)
    let clock = ContinuousClock()
    var started = clock.now
    let greedy = try await samples(problem, count: 1, temperature: 0, budget: .max, seed: seed)
    let greedySeconds = (clock.now - started) / .seconds(1)
    started = clock.now
    let budget = searched.tokens.generated
    let drawn = try await samples(
      problem, count: .max, temperature: parameters.value("option.temperature")?.number ?? 0, budget: budget,
      seed: seed &+ 1)
    let sampleSeconds = (clock.now - started) / .seconds(1)
    let spent = drawn.reduce(0) { $0 + $1.tokens.count }
    let judged = try await judge(problem, drawn)
    let best = drawn.indices.max { judged[$0] < judged[$1] }
    return [
      trial(.greedy, greedy.first?.answer, greedy.first?.tokens.count ?? 0, 1, greedySeconds),
      trial(.majority, majority(drawn.map(\.answer)), spent, drawn.count, sampleSeconds),
      trial(.bestOfN, best.flatMap { drawn[$0].answer }, spent, drawn.count, sampleSeconds),
      trial(.search, searched.answer, searched.tokens.generated, searched.nodes, searched.seconds),
    ]
  }

  private struct Solution {
    let tokens: [Int32]
    let text: String
    var answer: String? { AnswerFormat.answer(in: text) }
  }

  private func searchUnkept(_ problem: Problem, seed: UInt64) async throws -> SearchResult {
    let header = header(problem, seed: seed)
    let runner = SearchRunner(search: Search(header: header), responder: models.responder, journal: .none)
    let failure = await runner.runToLimit()
    let tree = await runner.tree
    if let failure, tree.stopReason == nil { throw ExitError.failed("\(problem.id): \(failure)") }
    return SearchResult(run: "", tree: tree, seconds: await runner.seconds)
  }

  /// Whole solutions until the next one would go beyond `budget` tokens; at least one.
  private func samples(
    _ problem: Problem, count: Int, temperature: Double, budget: Int, seed: UInt64
  ) async throws -> [Solution] {
    let prompt = models.policy.prompt(for: problem.question)
    var found: [Solution] = []
    var spent = 0
    var round = 0
    while found.count < count {
      let result = try await models.policy.sample(
        SampleRequest(
          prefix: prompt, count: min(8, count), temperature: temperature, topP: 1,
          maximumTokens: Int(parameters.value("rollout.maximumTokens")?.number ?? 0), end: .text,
          seed: SeedSequence.seed(seed, round)))
      for sample in result.samples {
        // An ending is drawn as well: a solution costs one token at least.
        let cost = max(1, sample.tokens.count)
        if !found.isEmpty, spent + cost > budget { return found }
        spent += cost
        found.append(Solution(tokens: sample.tokens, text: sample.text))
        if found.count == count { return found }
      }
      round += 1
    }
    return found
  }

  /// The ORM's score of each solution.
  private func judge(_ problem: Problem, _ solutions: [Solution]) async throws -> [Double] {
    let prompt = models.policy.prompt(for: problem.question)
    let states = solutions.map {
      JudgedState(question: problem.question, tokens: prompt + $0.tokens, optionTexts: [$0.text], isComplete: true)
    }
    return try await models.panel.score(states, names: [CriticName.orm]).map { $0[CriticName.orm]?.score ?? 0 }
  }

  private func majority(_ answers: [String?]) -> String? {
    var order: [String] = []
    var votes: [String: Int] = [:]
    for answer in answers.compactMap({ $0 }) {
      if votes[answer] == nil { order.append(answer) }
      votes[answer, default: 0] += 1
    }
    return order.reduce(nil) { best, next in
      votes[next, default: 0] > best.map { votes[$0, default: 0] } ?? 0 ? next : best
    }
  }
}
