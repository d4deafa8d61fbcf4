import TreeSearch

/// What has just happened at a node: the words that a breakpoint knows beside the filter's.
struct FilterEvents: OptionSet, Hashable, Sendable {
  let rawValue: Int

  /// A draw was found to be like a child that is there.
  static let merge = FilterEvents(rawValue: 1)
  /// The best finished trajectory is another one.
  static let bestChanges = FilterEvents(rawValue: 2)
  /// A request about the node failed.
  static let failure = FilterEvents(rawValue: 4)

  /// Names in the order of completion, each with what it means.
  static let names: [(name: String, event: FilterEvents, help: String)] = [
    ("merge", .merge, "a draw is like a sibling"),
    ("best changes", .bestChanges, "another finished trajectory is the best"),
    ("failure", .failure, "a request fails"),
  ]
}
