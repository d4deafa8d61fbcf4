/// The same number of children everywhere.
public struct FixedWidth: Sendable, Equatable {
  /// Children of every node, ≥ 1.
  public let children: Int

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) { children = parameters.integer(SearchParameters.fixedWidth) }

  /// What it allows everywhere.
  public var allowance: Allowance { Allowance(wanted: children, bounds: children...children, term: "fixed") }
}
