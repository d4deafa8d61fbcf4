import Models
import Synchronization
import Vocabulary

/// Asks critics, and turns what they will never be able to answer into verdicts that say so: one state that a critic cannot
/// read costs its own verdict and nobody else's, and a critic that fails for good whatever it is asked is asked no more.
final class CriticDoubts: Sendable {
  /// Failures in a row that no state is to blame for, after which a critic is asked no more.
  private static let tolerated = 3

  private struct Doubt {
    var failures = 0
    var reason = ""
  }

  private let doubts = Mutex<[String: Doubt]>([:])

  /// The verdicts of `critic` on `states`.
  ///
  /// - Throws: what may pass: the critic may judge a little later.
  func ask(_ critic: any Critic, about states: [JudgedState]) async throws -> [Verdict] {
    if let reason = givenUp(critic.name) { return states.map { _ in .cannotJudge(reason) } }
    do {
      let verdicts = try await critic.score(states)
      doubts.withLock { $0[critic.name] = nil }
      return verdicts
    } catch {
      guard let permanence = error.permanence else { throw error }
      if states.count > 1 {
        var verdicts: [Verdict] = []
        for state in states { verdicts += try await ask(critic, about: [state]) }
        return verdicts
      }
      if !permanence.isOfText { doubt(critic.name, "\(error)") }
      return states.map { _ in .cannotJudge("\(error)") }
    }
  }

  private func doubt(_ name: String, _ reason: String) {
    doubts.withLock {
      $0[name, default: Doubt()].failures += 1
      $0[name]?.reason = reason
    }
  }

  private func givenUp(_ name: String) -> String? {
    doubts.withLock { doubts in
      doubts[name].flatMap { $0.failures < Self.tolerated ? nil : "asked no more: \($0.reason)" }
    }
  }
}
