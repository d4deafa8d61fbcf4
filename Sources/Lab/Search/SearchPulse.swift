import Foundation
import Models
import Runs
import Synchronization

/// What a batch of searches is doing, for whoever waits for it.
public final class SearchPulse: Sendable {
  private struct State {
    var meters: [PromptMeter] = []
    var last = (tokens: 0, at: ContinuousClock.now)
    var rate = 0.0
    var done = 0
  }

  private let state = Mutex(State())
  private let began = ContinuousClock.now

  private let all: Int

  /// Of a batch of so many problems that begins now.
  public init(of all: Int) { self.all = all }

  func follow(_ meter: PromptMeter) { state.withLock { $0.meters.append(meter) } }

  func finished() { state.withLock { $0.done += 1 } }

  /// In words: tokens a second since it was last asked, sequences that the servers of `setup` are writing, the share of prompt
  /// tokens that a cache spared, and about how long the problems that are left will take.
  package func words(of setup: RunSetup) -> String {
    let (rate, reused, done) = state.withLock { state -> (Double, Double?, Int) in
      let sum = state.meters.reduce(ModelUsage()) { $0 + $1.reading }
      let now = ContinuousClock.now
      let seconds = max(0.001, (now - state.last.at) / .seconds(1))
      // Answers come in lumps: smoothed over some seconds.
      state.rate = 0.7 * state.rate + 0.3 * Double(sum.generated - state.last.tokens) / seconds
      state.last = (sum.generated, now)
      let read = sum.prompted + sum.reused
      return (state.rate, read > 0 ? Double(sum.reused) / Double(read) : nil, state.done)
    }
    var words = ["\(Int(rate)) tokens/s"]
    if let server = setup.models.policy.served { words.append("\(server.inFlight) in flight") }
    if let reused { words.append("\(Int(reused * 100)) % cached") }
    if let left = TimeLeft.words(since: began, done: done, of: all) { words.append(left) }
    return words.joined(separator: ", ")
  }
}

/// How long work in equal pieces goes on.
package enum TimeLeft {
  /// About how long what is left will take, as the pieces so far took; nil before the first piece and after the last.
  package static func words(since began: ContinuousClock.Instant, done: Int, of all: Int) -> String? {
    guard done > 0, done < all else { return nil }
    let left = (ContinuousClock.now - began) / .seconds(1) / Double(done) * Double(all - done)
    return left < 90 ? "about \(Int(left)) s left" : "about \(Int((left / 60).rounded())) min left"
  }
}
