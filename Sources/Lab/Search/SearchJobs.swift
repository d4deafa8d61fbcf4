import Foundation
import Models
import TreeSearch
import Vocabulary

extension RunSetup {
  /// Searches problems, several at once, each to its limit; every run is kept in the workspace. A problem that fails has an
  /// `error` in its result, and the others go on.
  ///
  /// - Parameters:
  ///   - each: Called with every result in the order of the problems, as soon as it and those before it have come.
  /// - Returns: The results in the order of the problems; fewer where the search was interrupted.
  /// - Throws: `LabError` where nothing can be kept, a breakpoint fires or a watchdog pauses a run; what was done is saved.
  ///   What `each` throws.
  @discardableResult
  public func search(
    _ problems: some Sequence<Problem>, control: SearchControl = SearchControl(),
    each: (SearchResult) async throws -> Void = { _ in }
  ) async throws -> [SearchResult] {
    try await inLanes(Array(problems), control: control, each: each) { setup, problem in
      try await setup.search(problem, control: control)
    }
  }

  /// Does `work` with every item, several at once, each with models of its own lane; results are in the order of the items, fewer where
  /// it was interrupted.
  func inLanes<Item: Sendable>(
    _ items: [Item], control: SearchControl, each: (SearchResult) async throws -> Void = { _ in },
    work: @escaping @Sendable (RunSetup, Item) async throws -> SearchResult
  ) async throws -> [SearchResult] {
    if items.isEmpty { return [] }
    let jobs = max(1, min(control.jobs ?? models.jobs, items.count))
    let lanes = try lanes(for: jobs)
    return try await withThrowingTaskGroup(of: (Int, Int, SearchResult).self) { group in
      func add(_ index: Int, lane: Int) {
        let (setup, item) = (lanes[lane], items[index])
        let isAlone = !models.areServed
        group.addTask(executorPreference: setup.models.thread) {
          // Another problem's prefixes are of no use: a lane begins each with empty caches, whatever it did before.
          if isAlone { await setup.models.forget() }
          return (index, lane, try await work(setup, item))
        }
      }
      for index in 0..<jobs { add(index, lane: index % lanes.count) }
      var begun = jobs
      var waiting: [Int: SearchResult] = [:]
      var results: [SearchResult] = []
      while let (index, lane, result) = try await group.next() {
        waiting[index] = result
        control.pulse?.finished()
        while let next = waiting.removeValue(forKey: results.count) {
          results.append(next)
          try await each(next)
        }
        if control.isInterrupted() { continue }
        if begun < items.count { add(begun, lane: lane) }
        begun += 1
      }
      // An interrupted batch has gaps where a run rests that was begun before one that has ended.
      for index in waiting.keys.sorted() {
        guard let result = waiting[index] else { continue }
        results.append(result)
        try await each(result)
      }
      return results
    }
  }

}

extension ModelSet {
  /// Whether the policy is behind a server, so that many runs may ask it at once.
  package var areServed: Bool { policy.served != nil }

  /// Runs that policy and servers can take at once: the processor's cores, or twice a server's slots, because a run that waits
  /// for its critics leaves its slots to others.
  package var jobs: Int {
    guard let server = policy.served else { return ProcessInfo.processInfo.activeProcessorCount }
    let most = 64
    guard let slots = server.abilities?.slots else { return most }
    return min(most, 2 * slots * server.urls.count)
  }
}
