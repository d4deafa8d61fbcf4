import Foundation
import Models
import Testing

/// The embedded critic scores fixed solutions as PyTorch does (`SampleData/Models/Training/critic_fixture.py`).
struct CriticAgreementTests {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      let tokens: [Int32]
      let prompt: Int
      let positions: [Int]
      let scores: [[Double]]
    }
    let heads: [String]
    let cases: [Case]
  }

  @Test func headsAndLikelihoodFeaturesAgree() async throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = try #require(Bundle.module.url(forResource: "critic", withExtension: "json", subdirectory: "Fixtures"))
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
    let critic = try CriticModel(
      ModelFolder.load(repository.appending(path: "SampleData/Models/critic").path(percentEncoded: false)))
    #expect(fixture.cases.count >= 8)
    for one in fixture.cases {
      let found = try await critic.headScores(tokens: one.tokens, positions: one.positions, promptCount: one.prompt)
      for (scores, expected) in zip(found, one.scores) {
        for (head, value) in zip(fixture.heads, expected) {
          #expect(abs((scores.scores[head] ?? -1) - value) < 1e-3)
        }
      }
    }
  }
}
