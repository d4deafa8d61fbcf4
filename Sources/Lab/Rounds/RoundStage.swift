import Foundation
import Models
import TreeSearch
import Vocabulary
import Workspace

/// A stage of a round: reads what the stages before it made, makes something, says what it counted.
///
/// A stage of your own is a value of this protocol in a list for ``RoundRunner``. It keeps what it makes as items, one by one,
/// and begins behind those that are there: a round that was killed goes on where it stopped.
package protocol RoundStage: Sendable {
  /// Which stage it is.
  var name: RoundStageName { get }

  /// Does it, or goes on with it. The report's times and output digest are filled in by whoever drives the round, from the items,
  /// unless the stage says them itself.
  ///
  /// - Throws: ``RoundHalt`` where a person is waited for or a signal came; whatever else goes wrong is the round's failure, and
  ///   may be tried again.
  func run(_ round: RoundContext) async throws -> RoundStageReport
}

/// Why a round rests without having failed.
package enum RoundHalt: Error, Equatable {
  /// Somebody interrupted it; what is done is kept.
  case interrupted
  /// The gate waits for a person.
  case waiting
}

/// How far a stage has come, for progress lines.
package struct RoundProgress: Codable, Sendable, Equatable {
  /// The round's id.
  package var round: String
  /// The stage.
  package var stage: RoundStageName
  /// What is done of it.
  package var done: Int
  /// Of how many; 0 where nobody knows.
  package var all: Int
  /// In words: the latest figure, tokens a second, time left.
  package var note: String
}

/// Who wants to know how a round goes, and may stop it.
package struct RoundControl: Sendable {
  /// Asked between two steps; once it says true, the round rests.
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Told how far it has come.
  package var progress: @Sendable (RoundProgress) -> Void = { _ in }
  /// Told every event as it is kept.
  package var event: @Sendable (RoundEvent) -> Void = { _ in }

  /// Nobody asks.
  package init() {}

  /// Calls `stop` once somebody interrupts, until the task is cancelled: for work that cannot ask by itself.
  func whenInterrupted(_ stop: @escaping @Sendable () -> Void) -> Task<Void, any Error> {
    Task {
      while !isInterrupted() { try await Task.sleep(for: .milliseconds(100)) }
      stop()
    }
  }
}

/// What a stage works with.
package struct RoundContext: Sendable {
  /// The round's place in its series, and its name.
  package let record: RoundRecord
  /// What it is to do.
  package let plan: RoundPlan
  /// Where it stands.
  package let state: RoundState
  /// Where runs, commits and rounds are kept.
  package let workspace: Workspace
  /// Who asks and who may stop it.
  package let control: RoundControl
  let settings: Settings
  let writer: RoundWriter

  /// Seed of the round's random choices: another one in each round of a series.
  package var seed: UInt64 { SplitMix.seed(plan.seed, record.number) }

  /// The folder for what is too large for the workspace: exports and models.
  package var folder: URL { workspace.folder(of: record) }

  /// The plan's settings with `policy` as the policy (as `--model` takes it; empty for the embedded one).
  package func settings(policy: [String]) throws -> Settings {
    var settings = settings
    let whole = try policy.map { try plan.whole($0, by: settings.models) }
    settings.models.policy = whole.isEmpty ? nil : try ModelSpec(whole, flag: "--model")
    settings.parameters = plan.parameters
    settings.critics = plan.critics
    settings.seed = seed
    return settings
  }

  /// What `stage` of this round has made so far. Throws `WorkspaceError`, `LabError` where an item cannot be read.
  package func items<Item: Decodable>(_ stage: RoundStageName, as type: Item.Type = Item.self) throws -> [Item] {
    try RoundItems.read(workspace.items(of: record, stage: stage.rawValue), of: record, stage.rawValue)
  }

  /// Keeps items of `stage` behind the `first` that are there.
  package func append<Item: Encodable>(_ items: [Item], to stage: RoundStageName, first: Int) throws {
    try writer.append(items.map { try CanonicalJSON.data($0) }, stage: stage.rawValue, first: first)
  }

  /// Tells how far a stage has come.
  package func tell(_ stage: RoundStageName, _ done: Int, of all: Int, _ note: String = "") {
    control.progress(RoundProgress(round: record.id, stage: stage, done: done, all: all, note: note))
  }

  /// Throws where somebody interrupted the round.
  package func check() throws { if control.isInterrupted() { throw RoundHalt.interrupted } }
}

/// Items as they are kept.
enum RoundItems {
  /// The list of what is searched, and that of what the policies are measured on: kept with the first round of a series.
  static let (given, heldOut) = ("given", "held-out")
  /// The given problems' own solutions, in their order.
  static let solutions = "solutions"

  static func read<Item: Decodable>(
    _ rows: [Data], of round: RoundRecord, _ stage: String, from first: Int = 0
  ) throws -> [Item] {
    try rows.enumerated().map { index, row in
      do {
        return try CanonicalJSON.value(Item.self, from: row)
      } catch {
        throw LabError.failed("round \(round.id): \(stage): item \(first + index + 1) is damaged: \(error)")
      }
    }
  }
}

extension RoundContext {
  /// The problems that the series was begun with. Throws `WorkspaceError`, `LabError`.
  package func given() throws -> [Problem] { try problems(RoundItems.given) }

  /// The problems that policies are measured on. Throws `WorkspaceError`, `LabError`.
  package func heldOut() throws -> [Problem] { try problems(RoundItems.heldOut) }

  private func problems(_ list: String) throws -> [Problem] { try workspace.list(list, of: record) }

  /// The rounds of the series up to this one.
  package func series() throws -> [RoundRecord] {
    try workspace.rounds().filter { $0.series == record.series && $0.number <= record.number }
  }
}

extension Workspace {
  /// A list that was kept with the first round of the series of `record`, as it is kept.
  func rows(_ list: String, of record: RoundRecord) throws -> (first: RoundRecord, rows: [Data]) {
    let first = try round("\(record.series)-1")
    return (first, try items(of: first, stage: list))
  }

  /// The same, read. Throws `WorkspaceError`, `LabError` where an item cannot be read.
  func list<Item: Decodable>(_ list: String, of record: RoundRecord) throws -> [Item] {
    let (first, rows) = try rows(list, of: record)
    return try RoundItems.read(rows, of: first, list)
  }
}
