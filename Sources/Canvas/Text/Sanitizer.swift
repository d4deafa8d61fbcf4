import Vocabulary

/// Makes hostile text (a model's, a file's, a paste's) displayable: what would act on a terminal becomes a visible sign.
///
/// What is unsafe (`SafeText`) and what has no settled width becomes U+FFFD, combining marks are capped (`Cluster`), broken
/// UTF-8 is repaired, and very long text is cut with a note. O(n), and the result passes
/// unchanged through a second time.
public struct Sanitizer: Sendable {
  /// What becomes of a line end.
  public enum LineEnd: Sendable {
    /// Stays a line end: for text that will be wrapped.
    case kept
    /// Is shown as a sign, by default `⏎`.
    case shown(String = "⏎")
    /// Becomes a space.
    case space
    /// Vanishes.
    case removed
  }

  /// What becomes of line ends (LF, CR LF, a lone CR).
  public var lineEnd: LineEnd
  /// Spaces that stand for a tab, 0 or more.
  public var tabWidth: Int
  /// Scalars that are kept; what follows is replaced by a note with the number of bytes left out.
  public var limit: Int

  /// Rules for one purpose.
  public init(lineEnd: LineEnd = .shown(), tabWidth: Int = 2, limit: Int = 65_536) {
    self.lineEnd = lineEnd
    self.tabWidth = tabWidth
    self.limit = limit
  }

  /// The displayable form of bytes; what is not UTF-8 becomes U+FFFD.
  public func text(_ bytes: some Sequence<UInt8>) -> String {
    text(String(decoding: Array(bytes), as: UTF8.self))
  }

  /// The displayable form of a text.
  public func text(_ source: String) -> String {
    if source.utf8.count <= limit, source.isPlain { return source }
    let scalars = source.unicodeScalars
    let end =
      scalars.index(scalars.startIndex, offsetBy: max(0, limit), limitedBy: scalars.endIndex) ?? scalars.endIndex
    var result = ""
    var plain = String.UnicodeScalarView()
    var index = scalars.startIndex
    while index < end {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      switch scalar {
      case "\t":
        flush(&plain, into: &result)
        result += String(repeating: " ", count: max(0, min(tabWidth, 16)))
      case "\r" where index < end && scalars[index] == "\n":
        continue
      case "\n", "\r":
        flush(&plain, into: &result)
        appendLineEnd(to: &result)
      default:
        plain.append(scalar)
      }
    }
    flush(&plain, into: &result)
    let left = scalars[end...].utf8Count
    return left == 0 ? result : result + "… [\(left) more bytes]"
  }

  private func flush(_ plain: inout String.UnicodeScalarView, into result: inout String) {
    guard !plain.isEmpty else { return }
    for cluster in Clusters(String(plain)) { result += cluster.text }
    plain = String.UnicodeScalarView()
  }

  private func appendLineEnd(to result: inout String) {
    switch lineEnd {
    case .kept: result += "\n"
    case .shown(let sign): result += Clusters(sign).map(\.text).joined()
    case .space: result += " "
    case .removed: break
    }
  }
}

extension Substring.UnicodeScalarView {
  /// Bytes of the UTF-8 form. O(1) on native strings.
  fileprivate var utf8Count: Int { Substring(self).utf8.count }
}
