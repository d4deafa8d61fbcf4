/// State merge by resampling: a draw joins only if its text differs enough from each sibling's (AlphaLLM, section 4.3.2).
public struct Resample: Sendable, Equatable {
  /// Least edit distance; 0 accepts everything.
  public let minimumDistance: Int
  /// Draws tried for one child.
  public let maximumDraws: Int

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    minimumDistance = parameters.integer(SearchParameters.minimumDistance)
    maximumDraws = parameters.integer(SearchParameters.maximumDraws)
  }

  /// Edit distance from `option` to the nearest of `siblings`; nil without siblings.
  public func distance(_ option: SearchOption, to siblings: some Sequence<SearchOption>) -> Int? {
    siblings.map { EditDistance.between(option.bytes, $0.bytes) }.min()
  }

  /// True where a draw at `distance` from its nearest sibling may join.
  public func accepts(distance: Int?) -> Bool { distance.map { $0 >= minimumDistance } ?? true }
}
