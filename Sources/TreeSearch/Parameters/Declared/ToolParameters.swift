extension SearchParameters {
  static let toolRedraws = Parameter(
    id: "tools.redraws", domain: .integer(0...64), fallback: .integer(3),
    help: "How often an option, or a line of a rollout, that a tool refutes is drawn again; its tokens are counted.",
    citation: "this program")
}
