import Foundation
import Testing

@testable import TreeSearch

/// A seeded run of every preset is reproduced event by event from its stored header and answers.
struct SeededJournalTests {
  @Test(arguments: Preset.allCases)
  func theEngineMakesTheSameEventsAgain(_ preset: Preset) throws {
    if ProcessInfo.processInfo.environment["ETASCOPE_RECORD"] == "1" {
      return try SeededJournal(recording: preset).write(as: preset)
    }
    let stored = try SeededJournal(stored: preset)
    let driver = try stored.again()
    for (number, (old, new)) in zip(stored.events, driver.journal).enumerated() {
      try #require(old == new, "\(preset.rawValue), event \(number)")
    }
    #expect(stored.events.count == driver.journal.count)
    let replayed = try SearchTree(header: stored.header, events: stored.events)
    #expect(replayed.differences(from: driver.tree).isEmpty)
    #expect(Invariants.check(replayed).isEmpty)
  }

  @Test(arguments: Preset.allCases)
  func theStoredRunIsOneOfThePresetAsItIs(_ preset: Preset) throws {
    let stored = try SeededJournal(stored: preset)
    #expect(stored.header.parameters == (try Preset.named(preset.rawValue)))
    let tree = try SearchTree(header: stored.header, events: stored.events)
    // A run that ends early must say why.
    #expect(tree.simulations >= SeededJournal.simulations || tree.stopReason == .exhausted)
    #expect(stored.events.count > 50)
  }

  @Test(arguments: Preset.allCases)
  func aDriverWithThePolicyItselfAgrees(_ preset: Preset) throws {
    #expect(try SeededJournal(recording: preset).events == SeededJournal(stored: preset).events)
  }
}
