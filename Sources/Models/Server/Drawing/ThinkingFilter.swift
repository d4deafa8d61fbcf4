import Foundation

/// Takes thinking out of a text that arrives token by token.
struct ThinkingFilter {
  private enum Place {
    case text
    case thinking(close: [[UInt8]])
  }

  /// What a token brings.
  struct Found {
    /// Tokens of the text.
    var text: [ServerToken] = []
    /// Tokens of thinking.
    var thoughtTokens = 0
    /// A closing mark was met where nothing was open: all before it was thinking.
    var isUnopened = false
  }

  private var place: Place
  /// Tokens whose bytes may be the beginning of a mark.
  private var held: [ServerToken] = []
  /// The end of what was thought, as far as a mark may begin in it.
  private var tail: [UInt8] = []
  /// White space that follows thinking is no part of the text.
  private var skipsSpace = false
  private(set) var thinking: [UInt8] = []
  /// Whether anything was thought.
  private(set) var hasThought = false

  /// All tokens of thinking that nothing in the text has opened: without a closing mark it was none.
  private var assumed: [ServerToken]?

  /// Whether white space at the beginning waits for what follows: before thinking it is no text.
  private let holdsSpace: Bool
  private var hasPassed = false

  /// - Parameters:
  ///   - begins: Whether the text begins within thinking, which a server's template has opened.
  ///   - holdsSpace: Whether the model is known to think in its text.
  init(begins: Bool = false, holdsSpace: Bool = false) {
    self.holdsSpace = holdsSpace
    place = begins ? .thinking(close: ThinkingMarks.closings) : .text
    assumed = begins ? [] : nil
  }

  /// The thinking as a text, without marks and white space around it.
  var thought: String {
    var bytes = thinking[...]
    for marks in ThinkingMarks.all where bytes.drop(while: { $0 <= 0x20 }).starts(with: marks.open) {
      bytes = bytes.drop { $0 <= 0x20 }.dropFirst(marks.open.count)
    }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Takes a token. Complexity: O(its length × marks), amortized.
  mutating func feed(_ token: ServerToken) -> Found {
    var found = Found()
    switch place {
    case .text: read(token, &found)
    case .thinking(let close): think(token, close, &found)
    }
    return found
  }

  /// What was held back, where nothing more comes; `isEnd` where it was the model that ended its text.
  mutating func finish(isEnd: Bool) -> [ServerToken] {
    if isEnd, let text = assumed {
      (assumed, thinking, hasThought, place) = (nil, [], false, .text)
      return text
    }
    defer { held = [] }
    return held
  }

  private mutating func think(_ token: ServerToken, _ close: [[UInt8]], _ found: inout Found) {
    hasThought = true
    found.thoughtTokens += 1
    assumed?.append(token)
    let start = tail.count
    let all = tail + token.bytes
    let first = close.compactMap { all.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
    guard let mark = first else {
      thinking += token.bytes
      tail = Array(all.suffix((close.map(\.count).max() ?? 1) - 1))
      return
    }
    // The mark may have begun in earlier tokens.
    if mark.lowerBound < start {
      thinking.removeLast(start - mark.lowerBound)
    } else {
      thinking += all[start..<mark.lowerBound]
    }
    (place, tail, skipsSpace, assumed) = (.text, [], true, nil)
    let rest = all[mark.upperBound...]
    if !rest.isEmpty { read(token.with(Array(rest)), &found) }
  }

  private mutating func read(_ token: ServerToken, _ found: inout Found) {
    var token = token
    if skipsSpace, held.isEmpty {
      let bytes = token.bytes.drop(while: WordBoundary.isSpace)
      if bytes.isEmpty { return }
      if bytes.count < token.bytes.count { token = token.with(Array(bytes)) }
    }
    let mayBegin = token.bytes.contains(where: { ThinkingMarks.firstBytes.contains($0) })
    if held.isEmpty, !mayBegin, !isBlankBeginning(token.bytes) { return pass([token], &found) }
    held.append(token)
    let bytes = held.flatMap(\.bytes)
    if let (start, mark) = firstMark(bytes) {
      take(mark, from: start, bytes, &found)
    } else {
      release(bytes, &found)
    }
  }

  private enum Mark {
    case open(ThinkingMarks)
    case frame(Int)
    case close(Int)
  }

  private func firstMark(_ bytes: [UInt8]) -> (Int, Mark)? {
    var first: (start: Int, length: Int, mark: Mark)?
    func look(_ bytes: [UInt8], _ text: [UInt8], _ mark: Mark) {
      guard let range = bytes.firstRange(of: text) else { return }
      let isBetter = first.map { (range.lowerBound, -range.count) < ($0.start, -$0.length) } ?? true
      if isBetter { first = (range.lowerBound, range.count, mark) }
    }
    for marks in ThinkingMarks.all { look(bytes, marks.open, .open(marks)) }
    for frame in ThinkingMarks.frames { look(bytes, frame, .frame(frame.count)) }
    for close in ThinkingMarks.closings { look(bytes, close, .close(close.count)) }
    return first.map { ($0.start, $0.mark) }
  }

  /// Passes on what stands before a mark, and goes on behind it.
  private mutating func take(_ mark: Mark, from start: Int, _ bytes: [UInt8], _ found: inout Found) {
    let before = head(of: held, start)
    let last = held.last
    held = []
    var rest: [UInt8] = []
    switch mark {
    case .open(let marks):
      if !isBlankBeginning(Array(bytes[..<start])) { pass(before, &found) }
      (place, tail, hasThought) = (.thinking(close: marks.close), [], true)
      rest = Array(bytes[(start + marks.open.count)...])
      found.thoughtTokens += rest.isEmpty ? 1 : 0
    case .frame(let length):
      pass(before, &found)
      rest = Array(bytes[(start + length)...])
    case .close(let length):
      // All before it was thinking: whoever reads has to begin again where he passed text on.
      thinking += before.flatMap(\.bytes)
      (hasThought, skipsSpace, found.isUnopened) = (true, true, true)
      rest = Array(bytes[(start + length)...])
    }
    guard !rest.isEmpty, let last else { return }
    let more = feed(last.with(rest))
    found.text += more.text
    found.thoughtTokens += more.thoughtTokens
    found.isUnopened = found.isUnopened || more.isUnopened
  }

  /// Passes on what cannot be the beginning of a mark any more.
  private mutating func release(_ bytes: [UInt8], _ found: inout Found) {
    let all = ThinkingMarks.all.map(\.open) + ThinkingMarks.frames + ThinkingMarks.closings
    let start = bytes.indices.first { start in
      let rest = bytes[start...]
      return all.contains { $0.count > rest.count && $0.starts(with: rest) }
    }
    if isBlankBeginning(Array(bytes[..<(start ?? bytes.count)])) { return }
    guard let start else {
      pass(held, &found)
      held = []
      return
    }
    // Whole tokens: a step's log-probabilities are theirs.
    var (count, length) = (0, 0)
    while count < held.count, length + held[count].bytes.count <= start {
      length += held[count].bytes.count
      count += 1
    }
    pass(Array(held.prefix(count)), &found)
    held.removeFirst(count)
  }

  private mutating func pass(_ tokens: [ServerToken], _ found: inout Found) {
    if tokens.contains(where: { !$0.bytes.isEmpty }) { (skipsSpace, hasPassed) = (false, true) }
    found.text += tokens
  }

  /// Whether nothing but `bytes` has come, which are white space that waits.
  private func isBlankBeginning(_ bytes: [UInt8]) -> Bool {
    holdsSpace && !hasPassed && !bytes.isEmpty && bytes.allSatisfy(WordBoundary.isSpace)
  }

  /// The first `count` bytes of `tokens`.
  private func head(of tokens: [ServerToken], _ count: Int) -> [ServerToken] {
    var (head, left) = ([ServerToken](), count)
    for token in tokens where left > 0 {
      head.append(token.bytes.count <= left ? token : token.with(Array(token.bytes.prefix(left))))
      left -= token.bytes.count
    }
    return head
  }
}

extension ServerToken {
  /// The token with other bytes: a part of it, which is no token of the server any more.
  fileprivate func with(_ bytes: [UInt8]) -> ServerToken {
    ServerToken(bytes: bytes, logProbability: logProbability, native: nil, entropy: entropy)
  }
}
