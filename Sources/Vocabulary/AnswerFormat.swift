/// Where a solution's final answer stands: after `####` (GSM8K) or inside `\boxed{…}` (MATH), whichever comes last.
public enum AnswerFormat {
  /// The final answer stated in `text`, trimmed, without thousands separators; nil where none is stated.
  ///
  /// Complexity: O(length), whatever the text holds.
  public static func answer(in text: String) -> String? { written(in: text).map(normalised) }

  /// The final answer stated in `text` letter by letter, without the white space around it; nil where none is stated. For
  /// checks of its form: ``answer(in:)`` is what it says.
  ///
  /// Complexity: O(length), whatever the text holds.
  public static func written(in text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      let found = [boxed(bytes), hashes(bytes)].compactMap { $0 }.max { $0.lowerBound < $1.lowerBound }
      return found.map { trimmed(String(decoding: bytes[$0], as: UTF8.self)) }
    }
  }

  /// False where `bytes` alone cannot state an answer: a quick look before ``answer(in:)``. Complexity: O(length).
  package static func mayStand(in bytes: [UInt8]) -> Bool {
    bytes.contains { $0 == Byte.hash || $0 == Byte.closeBrace }
  }

  /// Trims and drops thousands separators and a leading `$`, so that `1,200` and `1200` are the same answer.
  public static func normalised(_ answer: String) -> String {
    var text = answer.drop { $0.isWhitespace || $0 == "$" }
    while let last = text.last, last.isWhitespace || last == "." { text.removeLast() }
    let bare = text.filter { $0 != "," }
    return Double(bare) != nil ? String(bare) : String(text)
  }

  private static func trimmed(_ text: String) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The rest of the last line that begins with `####` and says something.
  private static func hashes(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var found: Range<Int>?
    var line = 0
    for end in 0...text.count where end == text.count || text[end] == Byte.newline || text[end] == Byte.carriageReturn {
      if end - line > 4, text[line..<line + 4].allSatisfy({ $0 == Byte.hash }), states(text[line + 4..<end]) {
        found = line + 4..<end
      }
      line = end + 1
    }
    return found
  }

  /// What the last `\boxed{` that is closed again holds. Open braces wait on a stack, so nothing is read twice.
  private static func boxed(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var found: Range<Int>?
    var open: [(start: Int, isBox: Bool)] = []
    for at in 0..<text.count {
      if text[at] == Byte.openBrace {
        open.append((at + 1, text[..<at].suffix(marker.count).elementsEqual(marker)))
      } else if text[at] == Byte.closeBrace, let (start, isBox) = open.popLast(), isBox,
        start > found?.lowerBound ?? -1, states(text[start..<at])
      {
        found = start..<at
      }
    }
    return found
  }

  /// False where nothing would be left of an answer after trimming.
  private static func states(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    !normalised(String(decoding: bytes, as: UTF8.self)).isEmpty
  }

  private static let marker = Array("\\boxed".utf8)

  private enum Byte {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let hash = UInt8(ascii: "#")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
  }
}

extension AnswerFormat {
  /// True where two answers say the same: numbers by value, so that `25.0` and `25` agree, all else by normalised text.
  ///
  /// Whole numbers are equal or not; others may differ by what a computation in floating point loses (one part in 10⁹), so
  /// that a program's `0.30000000000000004` agrees with `0.3`.
  public static func agree(_ a: String, _ b: String) -> Bool {
    let (a, b) = (normalised(a), normalised(b))
    if a == b { return true }
    guard let x = Double(a), let y = Double(b) else { return false }
    if x == y { return true }
    guard x.isFinite, y.isFinite, x != x.rounded() || y != y.rounded() else { return false }
    return (x - y).magnitude <= 1e-9 * max(x.magnitude, y.magnitude)
  }

  /// True where `answer` says the same as `reference`, a bare answer or a whole solution that ends in one; nil without a
  /// reference. No answer is never correct. For reports, never for a search.
  public static func isCorrect(_ answer: String?, by reference: String?) -> Bool? {
    guard let reference else { return nil }
    guard let answer else { return false }
    return agree(answer, self.answer(in: reference) ?? reference)
  }
}

extension Problem {
  /// The reference answer itself; `answer` may be a whole solution that ends in it.
  public var reference: String? { answer.map { AnswerFormat.answer(in: $0) ?? AnswerFormat.normalised($0) } }
}
