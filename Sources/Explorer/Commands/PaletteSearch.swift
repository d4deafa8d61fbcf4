import TreeInsight
import TreeSearch

/// What the palette offers for what is typed.
enum PaletteItem: Sendable {
  /// A command that is in force here.
  case command(Command)
  /// One that another place has.
  case elsewhere(Command)
  /// Settings of the search that say what is typed, so many.
  case settings(Int)
}

extension CommandSearch {
  /// Everything that the palette finds: commands in force whose name fits, the closest first; then those whose sentence says it; then
  /// those of other places; then settings. With nothing typed, commands of which the footer speaks come first: they are what people
  /// come for.
  ///
  /// Complexity: O(commands + parameters).
  static func offered(_ query: String, in state: ExplorerState) -> [PaletteItem] {
    let here = fuzzy(query, in: state)
    let wanted = query.lowercased().split(separator: " ")
    guard !wanted.isEmpty else {
      return (here.filter { $0.hint != nil } + here.filter { $0.hint == nil }).map { .command($0) }
    }
    func says(_ text: String) -> Bool {
      let text = text.lowercased()
      return wanted.allSatisfy { text.contains($0) }
    }
    let known = Set(here.map(\.id))
    let contexts = state.screenContexts
    let spoken = state.keys.commands(in: contexts).filter { !known.contains($0.id) && says($0.help) }
    let elsewhere = CommandTable.all.filter {
      !contexts.contains($0.context) && places.contains($0.context) && says("\($0.title) \($0.help)")
    }
    let settings = state.run == nil ? 0 : SettingsOverlay.rows(SearchParameters(), matching: query).count
    return here.map { .command($0) } + spoken.map { .command($0) } + elsewhere.map { .elsewhere($0) }
      + (settings > 0 ? [.settings(settings)] : [])
  }

  /// Places that are screens of their own; what popups and fields know is of no use outside of them.
  private static let places: [Context] = [.problems, .labelling, .rounds, .stage, .tree, .node, .path, .run]
}
