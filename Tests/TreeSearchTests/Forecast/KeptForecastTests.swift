import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// A run that keeps what it forecasts, and nothing else that differs.
struct KeptForecastTests {
  private func run(_ changes: [String: String]) throws -> Driver {
    let policy = SeededPolicy()
    var driver = Driver(try header(changes, critics: [.value, .orm])) {
      policy.answer($0, depth: Int($1[$0.node].depth))
    }
    driver.run(to: 40)
    return driver
  }

  private func forecasts(_ journal: [SearchEvent]) -> [Forecast] {
    journal.compactMap { if case .forecast(let forecast) = $0 { forecast } else { nil } }
  }

  @Test func eachTimeTheSimulationsHaveDoubled() throws {
    let driver = try run(["forecast.keep": "true"])
    let kept = forecasts(driver.journal)
    #expect(kept.map(\.made) == [2, 4, 8, 16, 32])
    #expect(kept.map(\.more) == [38, 36, 32, 24, 8])
    #expect(driver.tree.forecasts == kept)
  }

  @Test func theTreeIsTheSameWithout() throws {
    let (with, without) = (try run(["forecast.keep": "true"]), try run([:]))
    #expect(forecasts(without.journal).isEmpty)
    let others = with.journal.filter { if case .forecast = $0 { false } else { true } }
    #expect(others == without.journal)
    #expect(with.tree.nodes == without.tree.nodes)
  }

  @Test func theJournalHoldsThem() throws {
    let driver = try run(["forecast.keep": "true"])
    #expect(try SearchTree(header: driver.tree.header, events: driver.journal) == driver.tree)
    let packet = try EventPacker.packet(of: driver.journal)
    var unpacked: [SearchEvent] = []
    try EventUnpacker.forEach(in: packet) {
      unpacked.append($0)
      return true
    }
    #expect(unpacked == driver.journal)
    // A forecast of another moment belongs to another journal.
    let stranger = Forecast(AnswerTally(votes: [1], simulations: 7), more: 3)
    var tree = driver.tree
    #expect(throws: ReplayError.self) { try tree.apply(.forecast(stranger)) }
  }

  @Test func nothingIsForecastOfNothing() throws {
    // At the limit nothing is left to forecast.
    #expect(try run(["forecast.keep": "true", "limit.simulations": "4"]).tree.forecasts.map(\.made) == [2])
  }

  @Test func tokensSayHowManyAreLeft() throws {
    let driver = try run(["limit.tokens": "1000"])
    let spent = driver.tree.usage.generated
    let rate = Double(spent) / Double(driver.tree.simulations)
    let left = min(0, driver.tree.simulationsLeft)
    #expect(left >= 0 && driver.tree.simulationsLeft <= Int((Double(max(0, 1000 - spent)) / rate).rounded(.up)))
  }
}
