import Vocabulary

/// So many nodes, the root included.
struct NodeLimit: Limit {
  private let most: Int

  /// Nil where `parameters` set none.
  init?(_ parameters: SearchParameters) {
    most = parameters.integer(SearchParameters.nodeLimit)
    if most == 0 { return nil }
  }

  func reason(_ tree: borrowing SearchTree) -> StopReason? { tree.nodeCount >= most ? .nodes : nil }
}
