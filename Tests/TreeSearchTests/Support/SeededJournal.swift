import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// A short seeded run of one preset, kept as JSON Lines: the header, then an event a line. The runs are recorded anew only
/// where ETASCOPE_RECORD is 1; CI never sets it.
struct SeededJournal {
  /// Simulations of each run.
  static let simulations = 15

  let header: RunHeader
  let events: [SearchEvent]

  /// The stored run of `preset`.
  init(stored preset: Preset) throws {
    let url = try #require(
      Bundle.module.url(forResource: preset.rawValue, withExtension: "jsonl", subdirectory: "Fixtures"),
      "there is no journal of \(preset.rawValue); record it with ETASCOPE_RECORD=1")
    let lines = try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
    header = try JSONDecoder().decode(RunHeader.self, from: #require(lines.first))
    events = try lines.dropFirst().map { try JSONDecoder().decode(SearchEvent.self, from: $0) }
  }

  /// A new run of `preset` with a policy and critics made up from the seed.
  init(recording preset: Preset) throws {
    let start = RunHeader(
      problem: Problem(id: preset.rawValue, question: "Which way?"), seed: 2404,
      parameters: try Preset.named(preset.rawValue),
      critics: [
        CriticWeight(name: CriticName.value, weight: 1, scope: .everyNode),
        CriticWeight(name: CriticName.prm, weight: 1, scope: .everyNode),
        CriticWeight(name: CriticName.orm, weight: 1, scope: .outcome),
      ])
    var driver = Driver(start, answer: RandomPolicy(vocabulary: 5).answer)
    driver.run(to: Self.simulations)
    (header, events) = (start, driver.journal)
  }

  /// What the engine makes of the stored header and the stored answers, each given to the request of its number.
  func again() throws -> Driver {
    var answers: [RequestID: Answer] = [:]
    for case .answered(let id, let answer) in events { answers[id] = answer }
    var driver = Driver(header) { request, _ in answers[request.id] ?? Answer(.options([])) }
    driver.run(to: Self.simulations)
    return driver
  }

  /// Writes the run beside the tests' sources.
  func write(as preset: Preset, file: String = #filePath) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = try encoder.encode(header) + Data("\n".utf8)
    for event in events { text += try encoder.encode(event) + Data("\n".utf8) }
    let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
    try text.write(to: folder.appending(path: "Fixtures/\(preset.rawValue).jsonl"))
  }
}
