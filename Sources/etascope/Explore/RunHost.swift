import Explorer

/// What stands behind the explorer: it opens runs, carries effects out, and sends what comes of them as inputs.
protocol RunHost: Sendable {
  /// Shows what is to be seen first.
  func begin(_ opening: ExplorerSession.Opening?) async
  /// Does one effect; what comes of it arrives as an action.
  func perform(_ effect: Effect) async
  /// Waits until the search rests; the events of its journal then. Nil where no run is open, or it is another's.
  func eventCountAtRest() async -> Int?
  /// Ends everything; what was done is saved.
  func close() async
}
