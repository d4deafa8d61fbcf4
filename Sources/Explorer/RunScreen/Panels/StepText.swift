import Canvas

/// A step in the room that a row has: cut in the middle, so that its result is read, and with what tells it apart from its
/// sibling lit.
struct StepText: Sendable {
  /// What both begin with, what is its own, what both end with.
  let head: String
  let own: String
  let tail: String

  /// Columns that a sibling must share for the rest to be lit: two words that happen to be alike say nothing.
  static let leastShared = 8

  /// The parts of `text` beside a sibling's text, cut between words. Complexity: O(length).
  init(_ text: String, beside sibling: String?) {
    guard let sibling, sibling != text else {
      (head, own, tail) = ("", text, "")
      return
    }
    let (a, b) = (Self.words(text), Self.words(sibling))
    let front = zip(a, b).prefix { $0 == $1 }.count
    let most = min(a.count, b.count) - front
    let back = zip(a.reversed(), b.reversed()).prefix(max(0, most)).prefix { $0 == $1 }.count
    let parts = (a[..<front].joined(), a[front..<(a.count - back)].joined(), a[(a.count - back)...].joined())
    guard !parts.1.isEmpty, TextWidth.columns(parts.0 + parts.2) >= Self.leastShared else {
      (head, own, tail) = ("", text, "")
      return
    }
    (head, own, tail) = parts
  }

  /// True where something is lit.
  private var isShared: Bool { !head.isEmpty || !tail.isEmpty }

  /// The text in at most `width` columns, its own part in the style `lit` where siblings share the rest.
  func spans(width: Int, _ style: Style, lit: Style, ellipsis: String) -> [Span] {
    guard width > 0 else { return [] }
    let rest = own + tail
    let columns = TextWidth.columns(rest)
    let ownStyle = isShared ? lit : style
    if TextWidth.columns(head) + columns <= width {
      return [Span(head, style), Span(own, ownStyle), Span(tail, style)].filter { !$0.text.isEmpty }
    }
    let least = min(TextWidth.columns(head), max(6, width / 3))
    let sign = TextWidth.columns(ellipsis)
    guard !head.isEmpty, width - least - sign >= 8 else {
      return [Span(Self.middle(head + rest, to: width, ellipsis), ownStyle)]
    }
    // Of what both begin with, only what fits is kept: the difference is what the row is read for.
    let room = max(least, width - sign - columns)
    let kept = TextWidth.prefix(head, columns: room)
    let left = width - TextWidth.columns(kept) - sign
    let shownOwn = TextWidth.columns(own) <= left ? own : Self.middle(own, to: left, ellipsis)
    let after = left - TextWidth.columns(shownOwn)
    let shownTail = after > 0 && !tail.isEmpty ? TextWidth.truncated(tail, to: after, ellipsis: ellipsis) : ""
    return [Span(kept + ellipsis, style), Span(shownOwn, ownStyle), Span(shownTail, style)].filter { !$0.text.isEmpty }
  }

  /// The beginning and the end of a text that does not fit: a step says its result last.
  static func middle(_ text: String, to width: Int, _ ellipsis: String) -> String {
    let columns = TextWidth.columns(text)
    guard columns > width else { return text }
    let end = (width - TextWidth.columns(ellipsis)) * 2 / 5
    guard end >= 4 else { return TextWidth.truncated(text, to: width, ellipsis: ellipsis) }
    var tail: [String] = []
    var used = 0
    for cluster in Array(Clusters(text)).reversed() {
      if used + cluster.columns > end { break }
      used += cluster.columns
      tail.append(cluster.text)
    }
    let head = TextWidth.prefix(text, columns: width - used - TextWidth.columns(ellipsis))
    return head + ellipsis + tail.reversed().joined()
  }

  /// Words with the spaces behind them.
  static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: " ").map { text.index(after: $0) } ?? text.endIndex
      words.append(text[start..<end])
      start = end
    }
    return words
  }
}
