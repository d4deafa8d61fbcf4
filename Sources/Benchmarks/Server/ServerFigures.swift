import Foundation

/// How busy searches kept a server, and what they made it do in vain.
package struct ServerFigures: Encodable {
  /// What one search says of itself.
  package struct Load: Sendable {
    let simulations, generated, discarded: Int
    let isWhole: Bool

    /// A load with its fields as given.
    package init(simulations: Int, generated: Int, discarded: Int, isWhole: Bool) {
      (self.simulations, self.generated, self.discarded) = (simulations, generated, discarded)
      self.isWhole = isWhole
    }
  }

  private let slots: Int
  private let problems: Int
  private let failed: Int
  private let simulations: Int
  private let meanInFlight: Double
  private let requestsPerSimulation: Double
  private let labelRequestsPerSimulation: Double
  private let tokensPerSimulation: Double
  private let discardedShare: Double
  private let tokensAfterAnswer: Int
  private let microsecondsPerToken: Double

  private enum CodingKeys: String, CodingKey {
    case slots, problems, failed, simulations
    case meanInFlight = "mean_in_flight"
    case requestsPerSimulation = "requests_per_simulation"
    case labelRequestsPerSimulation = "label_requests_per_simulation"
    case tokensPerSimulation = "tokens_per_simulation"
    case discardedShare = "wasted_share"
    case tokensAfterAnswer = "after_answer"
    case microsecondsPerToken = "cpu_us_per_token"
  }

  /// - Parameters:
  ///   - server: what the server counted.
  ///   - processorSeconds: of this process while the searches ran, the server's thread included.
  package init(_ server: ScriptedServer.Figures, results: [Load], processorSeconds: Double, slots: Int) {
    self.slots = slots
    problems = results.count
    failed = results.count { !$0.isWhole }
    simulations = results.reduce(0) { $0 + $1.simulations }
    let each = Double(max(1, simulations))
    meanInFlight = Double(server.busy) / Double(max(1, server.ticks))
    requestsPerSimulation = Double(server.draws) / each
    labelRequestsPerSimulation = Double(server.readings) / each
    tokensPerSimulation = Double(server.tokens) / each
    // What a client never saw because it had left is in nobody's account but the server's.
    let kept = results.reduce(0) { $0 + $1.generated - $1.discarded }
    discardedShare = Double(max(0, server.tokens - kept)) / Double(max(1, server.tokens))
    tokensAfterAnswer = server.tokensAfterAnswer
    microsecondsPerToken = (processorSeconds - server.processorSeconds) * 1e6 / Double(max(1, server.tokens))
  }

  /// The figures in words.
  package var lines: [String] {
    [
      "\(problems) problems, \(simulations) simulations, \(failed) failed",
      String(format: "in flight: %.1f of %d sequences, a tick's mean", meanInFlight, slots),
      String(
        format: "requests a simulation: %.2f of policy and rollouts, %.2f that read labels", requestsPerSimulation,
        labelRequestsPerSimulation),
      String(
        format: "tokens a simulation: %.1f, %.1f %% of them in vain, %d in all behind a stated answer",
        tokensPerSimulation,
        discardedShare * 100, tokensAfterAnswer),
      String(format: "processor time of this program: %.0f microseconds a token", microsecondsPerToken),
    ]
  }
}
