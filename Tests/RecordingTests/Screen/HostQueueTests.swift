import Explorer
import Testing

@testable import Hosts

/// A host that opens when it is let.
private actor SlowHost: RunHost {
  private(set) var log: [String] = []
  private var gate: CheckedContinuation<Void, Never>?

  func begin(_ opening: RunOpening?) async {
    log.append("opens")
    await withCheckedContinuation { gate = $0 }
    log.append("open")
  }

  func perform(_ effect: RunEffect) { log.append("\(effect)") }
  func eventCountAtRest() -> Int? { nil }
  func close() {}

  /// Lets it open, once it has come so far.
  func release() -> Bool {
    gate?.resume()
    defer { gate = nil }
    return gate != nil
  }
}

@Suite("What a host is asked for")
struct HostQueueTests {
  @Test("What is asked for while a run opens waits until it is open")
  func order() async {
    let host = SlowHost()
    let queue = HostQueue(host)
    let worker = Task { await queue.work() }
    queue.begin(.problem("p"))
    queue.perform(.startTour)
    queue.perform(.step)
    while await host.log.isEmpty { await Task.yield() }
    for _ in 0..<200 { await Task.yield() }
    #expect(await host.log == ["opens"])
    while await !host.release() { await Task.yield() }
    while await host.log.count < 4 { await Task.yield() }
    #expect(await host.log == ["opens", "open", "startTour", "step"])
    worker.cancel()
  }
}
