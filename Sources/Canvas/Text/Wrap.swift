/// Text broken into lines of at most `width` columns: at spaces, inside words longer than a line, and at line ends.
///
/// The spaces at which a line was broken are dropped. Empty text is one empty line; no lines when `width` is below 1.
public func wrap(_ text: String, width: Int) -> [String] {
  wrap([Span(text)], width: width).map { line in line.map(\.text).joined() }
}

/// Styled text broken into lines of at most `width` columns, like `wrap(_:width:)` for the spans' texts in a row.
public func wrap(_ spans: [Span], width: Int) -> [[Span]] {
  guard width > 0 else { return [] }
  var wrapper = Wrapper(width: width)
  for span in spans {
    var isFirst = true
    for part in span.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      if !isFirst { wrapper.endLine() }
      isFirst = false
      let body = part.last == "\r" ? part.dropLast() : part
      for cluster in Clusters(String(body)) { wrapper.add(cluster, style: span.style) }
    }
  }
  wrapper.endLine()
  return wrapper.lines
}

/// Greedy line filling: a word that does not fit moves to the next line, one longer than a line is cut. O(n · width) at
/// worst, O(n) for words shorter than a line.
private struct Wrapper {
  let width: Int
  private(set) var lines: [[Span]] = []
  private var line: [(cluster: Cluster, style: Style)] = []
  private var columns = 0
  /// Where the word at the end of the line starts, 0 when the line holds no space before it.
  private var wordStart = 0
  /// Whether the line was broken at a space just now, so that more spaces do not indent the next line.
  private var skipsSpaces = false

  init(width: Int) {
    self.width = width
  }

  mutating func add(_ cluster: Cluster, style: Style) {
    // One column cannot show a wide character; a sign says that something is there.
    let shown = cluster.columns <= width ? cluster : Cluster(text: Cluster.replacement, columns: 1)
    let isSpace = shown.text == " "
    if isSpace && skipsSpaces { return }
    skipsSpaces = false
    while columns + shown.columns > width {
      if isSpace {
        breakLine(at: line.count)
        skipsSpaces = true
        return
      }
      breakLine(at: wordStart > 0 ? wordStart : line.count)
    }
    line.append((shown, style))
    columns += shown.columns
    if isSpace { wordStart = line.count }
  }

  mutating func endLine() {
    emit(line[...])
    line = []
    columns = 0
    wordStart = 0
    skipsSpaces = false
  }

  /// Ends the line before item `count`, without the spaces there; what follows starts the next line.
  private mutating func breakLine(at count: Int) {
    var head = line[..<count]
    while head.last?.cluster.text == " " { head.removeLast() }
    emit(head)
    line = Array(line[count...])
    columns = line.reduce(0) { $0 + $1.cluster.columns }
    wordStart = 0
  }

  private mutating func emit(_ items: ArraySlice<(cluster: Cluster, style: Style)>) {
    var spans: [Span] = []
    for item in items {
      if spans.last?.style == item.style {
        spans[spans.count - 1].text += item.cluster.text
      } else {
        spans.append(Span(item.cluster.text, item.style))
      }
    }
    lines.append(spans)
  }
}
