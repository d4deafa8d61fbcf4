import Canvas

/// Finding commands by what a person types.
enum CommandSearch {
  /// Commands of a screen that the palette offers: those of its contexts, in order.
  ///
  /// With a query, those whose title or id holds its letters in order, the closest first.
  static func fuzzy(_ query: String, in state: ExplorerState) -> [Command] {
    let all = state.keys.commands(in: state.screenContexts)
    let wanted = query.lowercased().filter { $0 != " " }
    guard !wanted.isEmpty else { return all }
    let scored = all.enumerated().compactMap { index, command -> (score: Int, index: Int, command: Command)? in
      let scores = [command.title.lowercased(), command.id.lowercased()].compactMap { score(wanted, in: $0) }
      return scores.max().map { ($0, index, command) }
    }
    return scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map(\.command)
  }

  /// Commands of a screen whose words or keys hold every word of the query.
  static func words(_ query: String, in state: ExplorerState) -> [Command] {
    let wanted = query.split(separator: " ").map(String.init)
    return state.keys.commands(in: state.screenContexts).filter { command in
      let text = "\(command.title) \(command.help) \(command.id)".lowercased()
      let keys = state.keys.keys(of: command.id).map(\.description)
      return wanted.allSatisfy { text.contains($0.lowercased()) || keys.contains($0) }
    }
  }

  /// How well `wanted` fits into `text` as letters in order: runs and starts of words count more. Nil where it does not.
  ///
  /// Complexity: O(text²), for texts of a few words.
  static func score(_ wanted: String, in text: String) -> Int? {
    text.indices.filter { text[$0] == wanted.first }.compactMap { score(wanted, in: text, from: $0) }.max()
  }

  private static func score(_ wanted: String, in text: String, from start: String.Index) -> Int? {
    var score = 0
    var next = start
    var isRun = false
    for letter in wanted {
      guard let at = text[next...].firstIndex(of: letter) else { return nil }
      let isWordStart = at == text.startIndex || [" ", "."].contains(text[text.index(before: at)])
      score += isRun && at == next ? 4 : isWordStart ? 3 : 1
      isRun = true
      next = text.index(after: at)
    }
    return score * 100 - min(text.count, 99)
  }
}
