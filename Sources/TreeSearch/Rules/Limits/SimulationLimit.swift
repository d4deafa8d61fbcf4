import Vocabulary

/// So many simulations; more, up to ten times as many, while too few answers stand in the tree (AlphaLLM's run script).
struct SimulationLimit: Limit {
  private let most, leastTerminals: Int

  init(_ parameters: SearchParameters) {
    most = parameters.integer(SearchParameters.simulationLimit)
    leastTerminals = parameters.integer(SearchParameters.minimumTerminals)
  }

  /// The most simulations there can be.
  var greatest: Int { leastTerminals > 0 ? 10 * most : most }

  func reason(_ tree: borrowing SearchTree) -> StopReason? {
    guard tree.simulations >= most else { return nil }
    return tree.terminals < leastTerminals && tree.simulations < greatest ? nil : .simulations
  }
}
