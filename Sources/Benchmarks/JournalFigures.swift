import Foundation
import TreeSearch
import Workspace

/// How fast the events of the synthetic search go into a run's journal on disk.
package struct JournalFigures: Encodable {
  private let events: Int
  private let workers: Int
  private let transactions: Int
  private let seconds: Double
  private let eventsPerSecond: Double
  private let bytesPerEvent: Double

  private enum CodingKeys: String, CodingKey {
    case events, workers, transactions, seconds
    case eventsPerSecond = "events_per_second"
    case bytesPerEvent = "bytes_per_event"
  }

  /// Writes so many events, or a few more, into a new workspace at `path`: one transaction for what a run with `workers`
  /// makes between two answers.
  package init(events wanted: Int, workers: Int, workspace path: String) throws {
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
    while written < wanted {
      let asked = search.ask(upTo: .max)
      try flush()
      for request in asked { search.tell(request.id, task.answer(request, search.tree)) }
      try flush()
    }
    guard try workspace.eventCount(of: run) == written else { throw BenchmarkError("\(path): events are missing") }
    let seconds = spent / .seconds(1)
    let bytes = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    (self.workers, self.transactions, self.seconds) = (workers, transactions, seconds)
    events = written
    eventsPerSecond = Double(written) / seconds
    bytesPerEvent = Double(bytes) / Double(written)
  }

  /// The figures in words.
  package var line: String {
    String(
      format: "%d events in %d transactions of %d workers: %.0f events a second, %.0f bytes each", events, transactions,
      workers, eventsPerSecond, bytesPerEvent)
  }
}
