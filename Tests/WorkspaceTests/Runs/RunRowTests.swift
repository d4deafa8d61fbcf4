import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// What stands in the rows of runs is written by hand, and is what the general encoder writes.
@Suite struct RunRowTests {
  @Test(arguments: [false, true]) func rowsAreWhatTheGeneralEncoderWrites(_ areStrange: Bool) throws {
    var random = RandomEvents(random: SplitMix(seed: 21), areStrange: areStrange)
    for _ in 0..<2000 {
      var problem = Problem(id: random.text(), question: random.text(), answer: random.maybe(random.text()))
      (problem.source, problem.split) = (random.maybe(random.text()), random.maybe(random.text()))
      (problem.pattern, problem.schema) = (random.maybe(random.text()), random.maybe(random.text()))
      problem.system = random.maybe(random.text())
      if random.int(8) == 0 { problem.choices = [random.text()] }
      let json = try RunRow.json(of: problem)
      var general = try CanonicalJSON.data(problem)
      #expect(json == general)

      var header = RunHeader(
        problem: problem, seed: .random(in: 0 ... .max, using: &random.random),
        critics: (0..<random.int(3)).map { _ in
          CriticWeight(name: random.text(), weight: random.number(), scope: .allCases[random.int(2)])
        }, version: random.text())
      for _ in 0..<random.int(3) { header.models[random.text()] = random.text() }
      if random.int(8) == 0 { header.forkedFrom = ForkOrigin(run: random.text(), event: 3) }
      if random.int(8) == 0 { try header.parameters.set("limit.simulations", to: "7") }
      let written = try RunRow.json(of: header, problem: json)
      general = try CanonicalJSON.data(header)
      #expect(written == general)

      var totals = RunTotals(
        stopped: random.maybe(.imported), simulations: random.int(99), nodes: random.int(99),
        tokens: TokenUsage(policy: random.int(9), rollout: 2, critic: random.int(3), reused: 4),
        answer: random.maybe(random.text()), agreement: random.maybe(random.int(6)))
      totals.missesRight = random.maybe(random.int(2) == 0)
      totals.worth = random.maybe(
        CurationWorth(convincing: random.number(), disagreement: random.number(), ambiguity: random.number()))
      let sums = try RunRow.json(of: totals)
      general = try CanonicalJSON.data(totals)
      #expect(sums == general)
    }
  }

  /// The same number as the library's, to the last bit, or none where it finds none.
  @Test func numbersAreThoseOfTheLibrary() {
    var random = RandomEvents(random: SplitMix(seed: 22))
    let signs = Array("0123456789.-+eE")
    var texts = ["", "-", "0", "-0", "1.", ".5", "-.5", "00", "0.1", "1e5", "1.5e-3", "123456789012345678901234567890"]
    texts += ["9007199254740993", "0.1000000000000000055511151231257827", "5e-324", "1e400"]
    for _ in 0..<20_000 {
      texts.append("\(random.number())")
      texts.append("\(random.int(1 << 60)).\(random.int(1 << 40))")
      texts.append(String((0..<random.int(7)).map { _ in signs[random.int(signs.count)] }))
    }
    for text in texts {
      let value = Array(text.utf8).withUnsafeBufferPointer(JSONNumber.value)
      #expect(value?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }
}
