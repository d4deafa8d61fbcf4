import Canvas

/// The run with a person's act and the fork without it side by side, as both are searched. Enter opens the fork.
struct WorldsOverlay: Overlay {
  var scroll = 0

  var ownContexts: [Context] { [.worlds] }

  mutating func move(by rows: Int, in state: ExplorerState) { scroll = max(0, scroll + rows) }

  private func comparison(_ state: ExplorerState) -> Comparison? {
    state.run.flatMap { run in state.worlds.map { Comparison(run, $0) } }
  }

  func extent(in state: ExplorerState) -> Int {
    comparison(state).map { ComparisonOverlay($0).extent(in: state) } ?? 0
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    state.worlds.map { [.run(.openRun($0.without.id))] } ?? []
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    guard let comparison = comparison(state) else { return }
    ComparisonOverlay.draw(comparison, scroll: scroll, look, on: &frame)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    comparison(state)?.sentences ?? []
  }
}
