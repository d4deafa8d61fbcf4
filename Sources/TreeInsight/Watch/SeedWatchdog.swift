import Foundation
import TreeSearch

/// Draws with different seeds must differ, unless the option is so probable that they need not.
///
/// Alarms where at least five requests at one node, at a temperature above 0, brought nothing but one and the same
/// option with the same log-probabilities, and this would happen by chance less than once in a million times: a model
/// server that ignores the seed, or caches answers.
struct SeedWatchdog: Watchdog {
  static let name = "seed"
  static let leastDraws = 5
  static let chance = 1e-6

  private struct Draws {
    /// The option that every request brought; nil once two differed.
    var option: Int?
    var count: Int
    /// Upper bound of the logarithm of its probability.
    var logProbability: Double
  }

  private var draws: [NodeID: Draws] = [:]
  private let nucleus: Double

  init(tree: SearchTree) { nucleus = tree.parameters[SearchParameters.optionTopP] }

  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    seen.compactMap { observation in
      guard case .answered(_, let answer) = observation.event, case .options(let options) = answer.content,
        let request = observation.request, case .propose(_, let temperature, _, _) = request.kind, temperature > 0,
        let first = options.first
      else { return nil }
      let isOne = options.allSatisfy { digest($0) == digest(first) }
      return count(isOne ? first : nil, at: request.node, temperature)
    }
  }

  private mutating func count(_ option: SearchOption?, at node: NodeID, _ temperature: Double) -> Alarm? {
    let digest = option.map(digest)
    guard var known = draws[node] else {
      let bound = option.map { Self.logProbability($0, temperature: temperature, nucleus: nucleus) } ?? 0
      draws[node] = Draws(option: digest, count: 1, logProbability: bound)
      return nil
    }
    known.option = known.option == digest ? digest : nil
    known.count += 1
    draws[node] = known
    guard known.option != nil, known.count >= Self.leastDraws,
      Double(known.count - 1) * known.logProbability < log(Self.chance)
    else { return nil }
    draws[node] = nil
    return Alarm(
      Self.self, cause: "policy", at: node,
      "\(known.count) requests with different seeds brought one option, whose probability is at most "
        + "\(String(format: "%.2g", exp(known.logProbability)))")
  }

  private func digest(_ option: SearchOption) -> Int {
    var hasher = Hasher()
    hasher.combine(option.bytes)
    hasher.combine(option.tokens)
    hasher.combine(option.logProbabilities)
    return hasher.finalize()
  }

  /// An upper bound of the log-probability of drawing `option` at `temperature` from a nucleus, whether its
  /// log-probabilities are those before or after tempering; 0 where it has none.
  ///
  /// Below temperature 1 a token of probability p gains most where the rest is spread evenly over the vocabulary V:
  /// p^(1/T) / (p^(1/T) + (1 − p)^(1/T) · V^(1 − 1/T)). A nucleus divides by no less than its share.
  static func logProbability(_ option: SearchOption, temperature: Double, nucleus: Double) -> Double {
    let power = 1 / min(temperature, 1)
    return option.logProbabilities.reduce(0) { sum, value in
      let p = min(1, exp(Double(value)))
      let own = pow(p, power)
      let rest = pow(1 - p, power) * pow(largestVocabulary, 1 - power)
      let bound = max(p, own + rest > 0 ? own / (own + rest) : 1)
      return sum + min(0, log(bound / nucleus))
    }
  }

  /// No tokenizer in use has more tokens.
  private static let largestVocabulary = 1_048_576.0
}
