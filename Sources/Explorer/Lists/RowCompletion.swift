import TreeInsight

extension FilterCompletion {
  /// What can follow at the cursor in a query of rows: words and fields, behind a field its signs, behind the sign of a text what the
  /// rows have.
  ///
  /// Complexity: O(rows) behind such a sign, else that of the words.
  static func query<Row: QueriedRow>(_ field: TextField, of rows: [Row]) -> FilterCompletion {
    .rows(field.text, cursor: field.cursor, fields: Row.fields, words: Row.words) { name in
      var seen: Set<String> = []
      return rows.compactMap { $0.text(name) }.filter { FilterLexer.isWord($0) && seen.insert($0).inserted }
    }
  }

  /// Continuations that are named beside the first.
  private static let mostOthers = 12

  /// What Tab would complete, the first with its meaning; nil where nothing is known that is not there already.
  func words(after field: TextField) -> String? {
    let typed = String(field.characters[min(range.lowerBound, field.cursor)..<field.cursor])
    guard let first = items.first, items.count > 1 || first.text != typed else { return nil }
    let others =
      items.dropFirst().prefix(Self.mostOthers).map(\.text).joined(separator: " ")
      + (items.count - 1 > Self.mostOthers ? " and \(items.count - 1 - Self.mostOthers) more" : "")
    return "Tab: \(first.text) (\(first.help))  \(others)"
  }
}

extension TextField {
  /// Puts the first continuation in place of the word at the cursor; false where there is none.
  mutating func complete(_ completion: FilterCompletion?) -> Bool {
    guard let completion, let first = completion.items.first else { return false }
    for _ in completion.range { deleteBackward() }
    insert(first.text)
    return true
  }
}
