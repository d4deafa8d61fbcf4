import Foundation
import Models
import Vocabulary

/// A server's scalar head as a critic: a reward model, a classifier or a reranker.
public struct ScalarCritic: Critic {
  /// What makes a score of the head's number.
  public enum Squash: String, Sendable, Hashable, CaseIterable {
    /// 1 / (1 + e⁻ˣ), for rewards without bounds.
    case sigmoid
    /// The number itself, which must lie in [0, 1].
    case none
  }

  /// The name that weights and events use.
  public let name: String
  /// Which states it judges.
  public let scope: CriticScope
  private let server: ScalarServer
  private let squash: Squash

  /// Makes a critic of `server`'s head.
  public init(_ name: String, _ scope: CriticScope, server: ScalarServer, squash: Squash) {
    self.name = name
    self.scope = scope
    self.server = server
    self.squash = squash
  }

  /// Asks about every state by itself, all at once.
  ///
  /// - Throws: what the model or the server throws.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    let clock = ContinuousClock()
    return try await states.mapAtOnce { state in
      let start = clock.now
      let number = try await server.score(state.optionTexts.joined(), question: state.question)
      return squash.verdict(number, milliseconds: (clock.now - start) / .milliseconds(1))
    }
  }
}

extension ScalarCritic.Squash {
  /// The verdict on a head's number; one that is no score is shown and counts for nothing.
  func verdict(_ number: Double, milliseconds: Double) -> Verdict {
    let cost = "\(milliseconds, digits: 0) ms"
    switch self {
    case .sigmoid: return Verdict(score: 1 / (1 + exp(-number)), note: "reward \(number, digits: 3); \(cost)")
    case .none:
      guard (0...1).contains(number) else {
        return Verdict(score: nil, note: "expected a score in [0, 1], the head gave \(number, digits: 3); \(cost)")
      }
      return Verdict(score: number, note: cost)
    }
  }
}
