/// Right and wrong before and after, over the same problems: the 2 × 2 that ``McNemar``'s test reads.
public struct TurnTable: Codable, Equatable, Sendable {
  /// Problems right both times, wrong both times.
  public let bothRight, bothWrong: Int
  /// Problems that turned wrong: right before.
  public let broken: Int
  /// Problems that turned right: wrong before.
  public let repaired: Int

  /// A table of these counts, none of them negative.
  public init(bothRight: Int, bothWrong: Int, broken: Int, repaired: Int) {
    (self.bothRight, self.bothWrong, self.broken, self.repaired) = (bothRight, bothWrong, broken, repaired)
  }

  /// The table of problems, each right or wrong before and after. Complexity: O(problems).
  public init(_ problems: [(before: Bool, after: Bool)]) {
    func count(_ before: Bool, _ after: Bool) -> Int { problems.count { $0 == (before, after) } }
    self.init(
      bothRight: count(true, true), bothWrong: count(false, false), broken: count(true, false),
      repaired: count(false, true))
  }

  /// The exact two-sided p of ``McNemar`` for what turned wrong against what turned right.
  public var p: Double { McNemar.p(losses: broken, gains: repaired) }

  /// The test in words: `exact McNemar p 0.0386`.
  public var test: String { "exact McNemar \(McNemar.words(losses: broken, gains: repaired))" }

  /// The table with its headings, `a` before and `b` after.
  public var rows: [[String]] {
    [
      ["", "b right", "b wrong"], ["a right", "\(bothRight)", "\(broken)"], ["a wrong", "\(repaired)", "\(bothWrong)"],
    ]
  }
}
