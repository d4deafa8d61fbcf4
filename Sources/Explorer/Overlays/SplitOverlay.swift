import Canvas
import TreeSearch
import Vocabulary

/// A step is cut in two: where, between which of its tokens; or between words, where nobody can tell what its tokens say.
struct SplitOverlay: Overlay {
  /// A stretch of the option between two places at which it can be cut.
  private struct Piece {
    var bytes: [UInt8]
    /// Tokens of the option in it; 0 where they are not known one by one.
    var tokens = 0
    /// The least log-probability among them; nil where none is known.
    var logProbability: Float?
  }

  private let node: NodeID
  private let option: SearchOption
  private var pieces: [Piece]
  /// The second part begins with this piece.
  private var cut: Int
  private var hasMoved = false

  /// Words are its pieces until ``take(spelling:of:)``.
  init(node: NodeID, in tree: SearchTree) {
    self.node = node
    option = tree.details[node.offset].option ?? SearchOption(bytes: [], termination: .person)
    pieces = Self.words(option.bytes)
    cut = max(1, pieces.count / 2)
  }

  /// Words, each with the white space before it; what ends the text belongs to the last.
  private static func words(_ bytes: [UInt8]) -> [Piece] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 || byte == 32 }
    var words: [Piece] = []
    var wasSpace = false
    for byte in bytes {
      if words.isEmpty || isSpace(byte) && !wasSpace { words.append(Piece(bytes: [])) }
      words[words.count - 1].bytes.append(byte)
      wasSpace = isSpace(byte)
    }
    if words.count > 1, words[words.count - 1].bytes.allSatisfy(isSpace) {
      let end = words.removeLast()
      words[words.count - 1].bytes += end.bytes
    }
    return words
  }

  /// Each token of `node` stands for so many bytes. The most surprising one is where most steps go wrong: the cut is put before
  /// it, unless the person has moved it already.
  mutating func take(spelling: [Int], of node: NodeID) {
    guard node == self.node, spelling.count == option.tokens.count, spelling.reduce(0, +) == option.bytes.count else {
      return
    }
    var found: [Piece] = []
    var (at, isOpen) = (0, false)
    for (index, count) in spelling.enumerated() {
      if !isOpen { found.append(Piece(bytes: [])) }
      let last = found.count - 1
      found[last].bytes += option.bytes[at..<at + count]
      found[last].tokens += 1
      if option.logProbabilities.indices.contains(index) {
        found[last].logProbability = min(found[last].logProbability ?? 0, option.logProbabilities[index])
      }
      at += count
      // Half a character is no place to cut at, and a token without text is no piece.
      isOpen = found[last].bytes.isEmpty || String(validating: found[last].bytes, as: UTF8.self) == nil
    }
    guard !isOpen, found.count > 1 else { return }
    let before = pieces[..<min(cut, pieces.count)].reduce(0) { $0 + $1.bytes.count }
    pieces = found
    let weighed = found.indices.dropFirst().filter { found[$0].logProbability != nil }
    let surprising = weighed.min { found[$0].logProbability ?? 0 < found[$1].logProbability ?? 0 }
    var (length, same) = (0, 1)
    for (index, piece) in found.enumerated() where length <= before {
      same = index
      length += piece.bytes.count
    }
    cut = max(1, hasMoved ? same : surprising ?? same)
  }

  mutating func move(by rows: Int, in state: ExplorerState) { shift(by: rows) }

  private mutating func shift(by count: Int) {
    hasMoved = true
    cut = max(1, min(cut + count, pieces.count - 1))
  }

  func press(_ key: Key, in state: inout ExplorerState) -> [Effect]? {
    var moved = self
    switch key {
    case .left, .character("h"): moved.shift(by: -1)
    case .right, .character("l"): moved.shift(by: 1)
    case .home, .character("g"): moved.shift(by: -pieces.count)
    case .end, .character("G"): moved.shift(by: pieces.count)
    default: return nil
    }
    state.overlay = moved
    return []
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard pieces.count > 1 else {
      state.message = .failure("node \(node) holds one word: there is nowhere to cut it")
      return []
    }
    let (first, second) = parts
    return [.run(.intervene(.split(node: node, first: first, second: second)))]
  }

  /// The two options. What is known of single tokens goes where they go.
  private var parts: (SearchOption, SearchOption) {
    let bytes = pieces[..<cut].reduce(0) { $0 + $1.bytes.count }
    let tokens = pieces[..<cut].reduce(0) { $0 + $1.tokens }
    func part(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>, _ end: Termination, _ thinking: String?) -> SearchOption
    {
      SearchOption(
        tokens: tokens > 0 ? Array(option.tokens[range]) : [], bytes: Array(bytes),
        logProbabilities: tokens > 0 && !option.logProbabilities.isEmpty ? Array(option.logProbabilities[range]) : [],
        termination: end, thinking: thinking)
    }
    return (
      part(option.bytes[..<bytes], 0..<tokens, .cut, option.thinking),
      part(option.bytes[bytes...], tokens..<max(tokens, option.tokens.count), option.termination, nil)
    )
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let width = min(76, frame.width)
    var spans: [Span] = []
    for (index, piece) in pieces.enumerated() {
      if index == cut { spans.append(Span(look.glyphs.vertical, look("ui.key"))) }
      let style =
        switch piece.logProbability {
        case let value? where value > -0.7: look("node.token.likely")
        case .some: look("node.token.unlikely")
        case nil: look("ui.text")
        }
      // The whole option is made safe piece by piece: none ends within a character.
      spans.append(Span(Sanitizer(lineEnd: .shown(look.glyphs.lineEnd)).text(piece.bytes[...]), style))
    }
    let lines = wrap(spans, width: max(1, width - 4))
    let inside = frame.popup(
      title: "Split node \(node)", width: width, height: min(frame.height - 2, lines.count + 4), look: look)
    frame.lines(lines[...], in: inside)
    let what = pieces.contains { $0.tokens > 0 } ? "token" : "word"
    frame.putTruncated(
      "Left and right move the cut by a \(what); Enter splits there.", x: inside.x, y: inside.bottom - 1,
      style: look("ui.text.faint"), maxWidth: inside.width, ellipsis: look.glyphs.ellipsis)
  }

  func question(in state: ExplorerState) -> [String] {
    [
      "Type the words with which the second part of node \(node) is to begin, or cancel.",
      OptionText.line(option.bytes, glyphs: .ascii),
    ]
  }

  mutating func fill(_ line: String, in state: ExplorerState) -> Bool {
    let wanted = Array(line.utf8)
    var at = 0
    for (index, piece) in pieces.enumerated() {
      if index > 0, option.bytes[at...].drop(while: { $0 == 32 }).starts(with: wanted), !wanted.isEmpty {
        cut = index
        return true
      }
      at += piece.bytes.count
    }
    return false
  }
}
