import Vocabulary

/// How often a kind of request failed for one reason, and what was said last.
public struct FailureCount: Sendable, Equatable, Codable {
  /// Who could not answer.
  public let role: Request.Role
  /// Why it never will; nil for what may be answered later.
  public let reason: PermanentFailure?
  /// How often, ≥ 1.
  public internal(set) var count: Int
  /// The latest message.
  public internal(set) var message: String
}

extension [FailureCount] {
  /// Takes note of one more. There are as many kinds as roles and reasons: a handful.
  mutating func count(_ role: Request.Role, _ reason: PermanentFailure?, _ message: String) {
    if let at = firstIndex(where: { $0.role == role && $0.reason == reason }) {
      self[at].count += 1
      self[at].message = message
    } else {
      append(FailureCount(role: role, reason: reason, count: 1, message: message))
    }
  }
}
