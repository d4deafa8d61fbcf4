import Foundation
import Testing

@testable import Models

/// The shipped policy against `transformers` in 32 bits; the fixture is made by SampleData/Models/Training/fixture.py.
@Suite("The shipped policy agrees with transformers")
struct TransformersAgreementTests {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      let text: String
      let prompt: [Int32]
      let ids: [Int32]
      let logits: [Double]
      let logSumExp: Double
    }

    let watched: [Int]
    let cases: [Case]
  }

  @Test("50 prefixes: tokens are equal, logits and their log-sum-exp to 1e-3")
  func agreement() async throws {
    let fixture = try JSONDecoder().decode(Fixture.self, from: RepositoryFiles.fixture("logits.json"))
    let model = try EmbeddedModel(ModelFolder.load(RepositoryFiles.policy))
    try #require(fixture.cases.count == 50)
    for each in fixture.cases {
      #expect([1] + model.tokenize(each.text) == each.prompt)
      let logits = try await model.logits(after: each.ids)
      for (id, expected) in zip(fixture.watched, each.logits) {
        #expect(abs(Double(logits[id]) - expected) < 1e-3)
      }
      let sum = logits.reduce(0.0) { $0 + exp(Double($1)) }
      #expect(abs(log(sum) - each.logSumExp) < 1e-3)
    }
  }
}
