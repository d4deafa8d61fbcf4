import ArgumentParser
import Foundation
import TreeInsight
import TreeSearch
import Workspace

/// `etascope benchmark journal`: events a second into a workspace on disk, written as a run writes them.
struct JournalBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Events a second into a run's journal on disk.",
    discussion: """
      Writes the events of the synthetic search into a new workspace in the system's folder for temporary files (TMPDIR), \
      one transaction for what a run with so many workers makes between two answers, and counts them again at the end. A \
      process that is killed loses at most the last transaction.
      """)

  @Option(help: "Events to write, at least.") var events = 100_000
  @Option(help: "Simulations under way, which is what fills a transaction.") var workers = 16
  @Flag(help: "One JSON object.") var json = false

  private struct Figures: Encodable {
    let events: Int
    let workers: Int
    let transactions: Int
    let seconds: Double
    let eventsPerSecond: Double
    let bytesPerEvent: Double

    private enum CodingKeys: String, CodingKey {
      case events, workers, transactions, seconds
      case eventsPerSecond = "events_per_second"
      case bytesPerEvent = "bytes_per_event"
    }
  }

  func run() throws {
    guard (1...100_000_000).contains(events) else {
      throw ExitError.usage("--events: expected 1 to 100000000, found \(events)")
    }
    guard (1...64).contains(workers) else { throw ExitError.usage("--workers: expected 1 to 64, found \(workers)") }
    let figures = try TemporaryFolder.use { try measure($0.appending(path: "workspace.sqlite").path()) }
    let out = StandardOutput()
    if json { return try out.json(figures) }
    try out.line(
      String(
        format: "%d events in %d transactions of %d workers: %.0f events a second, %.0f bytes each", figures.events,
        figures.transactions, workers, figures.eventsPerSecond, figures.bytesPerEvent))
  }

  private func measure(_ path: String) throws -> Figures {
    let workspace = try Workspace(path: path)
    var search = Search(header: try SyntheticTask.header(depth: 24, workers: workers))
    var task = SyntheticTask()
    let run = try workspace.createRun(search.tree.header).id
    let writer = try workspace.writer(of: run)
    var (written, transactions) = (0, 0)
    let clock = ContinuousClock()
    var spent = Duration.zero
    func flush() throws {
      let batch = search.takeEvents()
      guard !batch.isEmpty else { return }
      let start = clock.now
      try writer.append(batch, first: written, totals: RunTotals(tree: search.tree))
      spent += clock.now - start
      written += batch.count
      transactions += 1
    }
    while written < events {
      let asked = search.ask(upTo: .max)
      try flush()
      for request in asked { search.tell(request.id, task.answer(request, search.tree)) }
      try flush()
    }
    guard try workspace.eventCount(of: run) == written else { throw ExitError.failed("\(path): events are missing") }
    let seconds = spent / .seconds(1)
    let bytes = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    return Figures(
      events: written, workers: workers, transactions: transactions, seconds: seconds,
      eventsPerSecond: Double(written) / seconds, bytesPerEvent: Double(bytes) / Double(written))
  }
}
