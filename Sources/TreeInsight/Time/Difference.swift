import TreeSearch

/// Something that is not the same in two runs.
public struct Difference<Place: Codable & Equatable & Sendable, Value: Codable & Equatable & Sendable>:
  Codable, Equatable, Sendable
{
  /// Where they differ: a name, a number, a path.
  public let at: Place
  /// What the first run has there; nil where it has nothing.
  public let a: Value?
  /// What the second run has there; nil where it has nothing.
  public let b: Value?

  init(_ at: Place, _ a: Value?, _ b: Value?) {
    self.at = at
    self.a = a
    self.b = b
  }

  private enum CodingKeys: String, CodingKey { case at, a, b }

  /// Writes `at`, `a` and `b`, null where a run has nothing.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(at, forKey: .at)
    try c.encode(a, forKey: .a)
    try c.encode(b, forKey: .b)
  }
}
