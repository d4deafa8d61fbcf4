/// Where a presenter stands in a run, for those who follow it.
public struct PresenterPlace: Codable, Equatable, Sendable {
  /// The selected node's number.
  public let node: Int
  /// The moment looked at; nil for the present.
  public let moment: Int?
  /// What the search is doing, in the word of the status line.
  public let state: String

  /// A place.
  public init(node: Int, moment: Int?, state: String) {
    self.node = node
    self.moment = moment
    self.state = state
  }
}
