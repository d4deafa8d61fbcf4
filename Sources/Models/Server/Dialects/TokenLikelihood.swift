import Foundation

/// Log-probabilities in a server's JSON.
enum TokenLikelihood {
  /// The log-probability in `field`; nil where it is missing or null.
  ///
  /// - Throws: `ServerError` where it is no number or greater than 0.
  static func read(_ object: JSONObject, _ field: String) throws -> Double? {
    guard object.has(field) else { return nil }
    return try checked(object.fields[field] as? Double, object.file, field)
  }

  /// `value` where it is a log-probability. What rounding lifts above 0 is 0.
  static func checked(_ value: Double?, _ endpoint: String, _ field: String) throws -> Double {
    guard let value, value.isFinite, value <= 1e-3 else {
      throw ServerError(
        .notANumber, endpoint,
        "\(field): expected a log-probability of at most 0, got \(value.map { "\($0)" } ?? "no number")")
    }
    return min(0, value)
  }

  /// Entropy in nats of a distribution whose most probable outcomes have these log-probabilities, the rest taken as one
  /// outcome: at most the true one.
  static func entropy(_ logProbabilities: [Double]) -> Double? {
    guard logProbabilities.count > 1 else { return nil }
    let known = logProbabilities.reduce(0) { $0 - exp($1) * $1 }
    let rest = 1 - logProbabilities.reduce(0) { $0 + exp($1) }
    return known - (rest > 1e-9 ? rest * log(rest) : 0)
  }
}
