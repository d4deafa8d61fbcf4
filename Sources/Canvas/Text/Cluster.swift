/// What one place on the screen shows: a printable scalar and the combining marks on it.
///
/// This is the one gate between text and screen. It is a little stricter than a Unicode grapheme, because programs
/// disagree about the width of joined sequences (families, flags, skin tones): of those the parts are shown, without the joiners,
/// tones and variation selectors between them, so that a terminal, curses and this module always count the same columns. Where
/// there is no emoji to join, a joiner hides something, and U+FFFD stands for it.
public struct Cluster: Hashable, Sendable {
  /// One printable scalar and at most `markLimit` combining marks.
  public let text: String
  /// Columns taken: 1 or 2.
  public let columns: Int

  /// The most combining marks kept on one scalar; curses can hold four, and no living language needs more than three.
  public static let markLimit = 3
  /// What stands for a scalar that must not reach a terminal.
  public static let replacement = "\u{FFFD}"
}

/// The clusters of a text, one after the other, without reading further than asked. O(1) a scalar.
public struct Clusters: Sequence, Sendable {
  private let text: String

  /// The clusters of any text, hostile or not.
  public init(_ text: String) {
    self.text = text
  }

  /// Starts at the first scalar.
  public func makeIterator() -> Iterator {
    Iterator(text)
  }

  /// Walks the scalars with one scalar of look-ahead.
  public struct Iterator: IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var ahead: Unicode.Scalar?
    private var owesReplacement = false
    /// The texts of nearly all clusters, made once.
    private static let ascii = (0..<128).map { String(UnicodeScalar($0)) }

    init(_ text: String) {
      scalars = text.unicodeScalars.makeIterator()
      ahead = scalars.next()
    }

    /// The next cluster, nil at the end.
    public mutating func next() -> Cluster? {
      if owesReplacement {
        owesReplacement = false
        return Cluster(text: Cluster.replacement, columns: 1)
      }
      guard let scalar = ahead else { return nil }
      ahead = scalars.next()
      switch ScalarKind(scalar) {
      case .base(let columns):
        if let following = ahead, following.value >= 0x300 {
          return cluster(scalar, columns)
        }
        let text = scalar.isASCII ? Self.ascii[Int(scalar.value)] : String(Character(scalar))
        return Cluster(text: text, columns: columns)
      case .mark, .vowel:
        skipMarks()  // marks with nothing to stand on: one sign for all of them
        return Cluster(text: Cluster.replacement, columns: 1)
      case .hidden:
        return cluster("\u{FFFD}", 1)
      }
    }

    /// A base and the marks that follow it; what exceeds the limit becomes one U+FFFD after it.
    private mutating func cluster(_ base: Unicode.Scalar, _ columns: Int) -> Cluster {
      var text = String(Character(base))
      var marks = 0
      while let scalar = ahead {
        let kind = ScalarKind(scalar)
        guard kind == .mark || (kind == .vowel && ScalarKind.isHangul(base)) else { break }
        if marks == Cluster.markLimit {
          skipMarks()
          owesReplacement = true
          break
        }
        text.unicodeScalars.append(scalar)
        marks += 1
        ahead = scalars.next()
      }
      skipEmojiParts(after: base)
      return Cluster(text: text, columns: columns)
    }

    /// Variation selectors and tones behind an emoji, and a joiner between two of them.
    private mutating func skipEmojiParts(after base: Unicode.Scalar) {
      guard base.value >= 0x80, base.properties.isEmoji else { return }
      while let scalar = ahead {
        switch scalar.value {
        case 0xFE0E...0xFE0F, 0x1F3FB...0x1F3FF: ahead = scalars.next()
        case 0x200D:
          var rest = scalars
          guard let joined = rest.next(), joined.value >= 0x80, joined.properties.isEmoji else { return }
          (ahead, scalars) = (joined, rest)
          return
        default: return
        }
      }
    }

    private mutating func skipMarks() {
      while let scalar = ahead, ScalarKind(scalar) == .mark || ScalarKind(scalar) == .vowel {
        ahead = scalars.next()
      }
    }
  }
}
