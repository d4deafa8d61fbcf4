/// Something that a server was seen to do, and what follows from it: a line of `etascope doctor`.
public struct ServerObservation: Sendable, Hashable {
  /// What was looked at: a path, a field of requests, a property of answers.
  public var subject: String
  /// What was seen.
  public var seen: String
  /// What follows from it; empty where nothing does.
  public var follows: String
  /// Whether something is missing that other servers have.
  public var isLimit: Bool

  /// An observation with its fields as given; control characters become U+FFFD.
  init(_ subject: String, _ seen: String, _ follows: String, isLimit: Bool = false) {
    self.subject = ModelError.shown(subject)
    self.seen = ModelError.shown(seen)
    self.follows = ModelError.shown(follows)
    self.isLimit = isLimit
  }

  /// One line.
  public var line: String { "\(subject): \(seen)" + (follows.isEmpty ? "" : "; \(follows)") }
}

extension ServerAbilities {
  /// Takes note of something, once.
  mutating func observe(_ subject: String, _ seen: String, _ follows: String = "", isLimit: Bool = false) {
    let observation = ServerObservation(subject, seen, follows, isLimit: isLimit)
    if !observations.contains(observation) { observations.append(observation) }
  }
}
