import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Lab

/// An evaluation that goes on where it was stopped.
struct KeptTrialsTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID().uuidString).jsonl")
    .path(percentEncoded: false)

  private func part(_ index: Int) -> ProblemTrials {
    var reliability = Reliability()
    reliability.add(0.75, isRight: true)
    let figures = RunFigures(
      goldReached: true, correctFinals: [.rerank, .majority], draws: 3, criticCalls: 4,
      reliability: ["orm": reliability],
      computedPromptTokens: 5, reusedPromptTokens: 6, secondsInside: 0.5)
    let outcome = Outcome(answer: "7", tokens: 11, nodes: 3, seconds: 0.25, run: figures)
    var part = ProblemTrials(index: index, id: "p\(index)")
    part.trials.append(
      Trial(method: "search", budget: 0, budgetTokens: 12, problem: index, seed: 1, outcome: outcome, isCorrect: true))
    return part
  }

  @Test func whatIsKeptIsThereAgain() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var kept = try KeptTrials(at: path, key: "abc")
    #expect(kept.parts.isEmpty)
    try kept.keep(part(4))
    try kept.keep(part(1))
    let again = try KeptTrials(at: path, key: "abc")
    #expect(again.parts.keys.sorted() == [1, 4])
    let trial = try #require(again.parts[4]?.trials.first)
    #expect((trial.method, trial.problem, trial.seed, trial.isCorrect) == ("search", 4, 1, true))
    #expect(trial.outcome.answer == "7" && trial.outcome.tokens == 11)
    let (run, own) = (try #require(trial.outcome.run), try #require(part(4).trials[0].outcome.run))
    #expect(run.correctFinals == own.correctFinals && run.reliability == own.reliability)
    // What is written again is what was there.
    let before = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count
    #expect(before == 3)
    #expect(throws: LabError.self) { try KeptTrials(at: path, key: "abd") }
  }

  @Test func whatFailedIsTriedAgain() async throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var failed = part(2)
    let nothing: Int? = try await failed.keep("search") { throw LabError.failed("the server is gone") }
    #expect(nothing == nil && failed.failures.count == 1)
    var kept = try KeptTrials(at: path, key: "abc")
    try kept.keep(failed)
    #expect(try KeptTrials(at: path, key: "abc").parts.isEmpty)
  }

  @Test func aDamagedFileIsNamedWithItsLine() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var kept = try KeptTrials(at: path, key: "abc")
    try kept.keep(part(0))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try (text + "{\"index\": 3").write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: LabError.self) { try KeptTrials(at: path, key: "abc") }
    #expect(error.map { "\($0)".contains(":3: expected what a problem came to") } == true)
    try "odd".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: LabError.self) { try KeptTrials(at: path, key: "abc") }
  }
}
