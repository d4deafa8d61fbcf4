import Canvas

/// Two texts word by word: which words of each the other has not, in the order in which both have the rest.
struct WordDifference: Equatable, Sendable {
  /// A stretch of a text.
  struct Piece: Equatable, Sendable {
    var text: String
    /// True for what the other text has not.
    let isOwn: Bool
  }

  /// The texts in pieces, the shared ones the same in both but for spaces behind a word.
  let a, b: [Piece]

  /// Pairs of words that are compared at most: a page is told apart by its beginning and its end alone.
  private static let mostPairs = 40_000

  /// Complexity: O(words of `a` × words of `b`), where they differ, of at most 40,000 pairs; O(length) beyond.
  init(_ a: String, _ b: String) {
    let (left, right) = (StepText.words(a), StepText.words(b))
    let (keysA, keysB) = (left.map(Self.key), right.map(Self.key))
    let front = zip(keysA, keysB).prefix { $0 == $1 }.count
    let most = min(left.count, right.count) - front
    let back = zip(keysA.reversed(), keysB.reversed()).prefix(most).prefix { $0 == $1 }.count
    let (rangeA, rangeB) = (front..<(left.count - back), front..<(right.count - back))
    var (sharedA, sharedB) = (Set(0..<front), Set(0..<front))
    sharedA.formUnion(rangeA.upperBound..<left.count)
    sharedB.formUnion(rangeB.upperBound..<right.count)
    for (i, j) in Self.common(keysA[rangeA], keysB[rangeB]) {
      sharedA.insert(i)
      sharedB.insert(j)
    }
    // Two words that happen to be alike say nothing.
    if TextWidth.columns(sharedA.map { String(left[$0]) }.joined()) < StepText.leastShared {
      (sharedA, sharedB) = ([], [])
    }
    self.a = Self.pieces(left, sharedA)
    self.b = Self.pieces(right, sharedB)
  }

  private static func key(_ word: Substring) -> Substring {
    word.last == " " ? word.dropLast() : word
  }

  /// The longest row of words that both have in this order, by their places.
  private static func common(_ a: ArraySlice<Substring>, _ b: ArraySlice<Substring>) -> [(Int, Int)] {
    guard !a.isEmpty, !b.isEmpty, a.count * b.count <= mostPairs else { return [] }
    let columns = b.count + 1
    var lengths = [Int](repeating: 0, count: (a.count + 1) * columns)
    for i in (0..<a.count).reversed() {
      for j in (0..<b.count).reversed() {
        lengths[i * columns + j] =
          a[a.startIndex + i] == b[b.startIndex + j]
          ? lengths[(i + 1) * columns + j + 1] + 1
          : max(lengths[(i + 1) * columns + j], lengths[i * columns + j + 1])
      }
    }
    var pairs: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[a.startIndex + i] == b[b.startIndex + j] {
        pairs.append((a.startIndex + i, b.startIndex + j))
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * columns + j] >= lengths[i * columns + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }

  private static func pieces(_ words: [Substring], _ shared: Set<Int>) -> [Piece] {
    words.indices.reduce(into: []) { pieces, at in
      let isOwn = !shared.contains(at)
      if pieces.last?.isOwn == isOwn {
        pieces[pieces.count - 1].text += words[at]
      } else {
        pieces.append(Piece(text: String(words[at]), isOwn: isOwn))
      }
    }
  }
}
