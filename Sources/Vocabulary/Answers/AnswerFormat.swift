/// The final answers of texts, and whether two of them say the same: what the engine, critics, votes and reports ask.
public enum AnswerFormat {
  /// The final answer stated in `text`, as it is spelled; nil where none is stated. Complexity: O(length), whatever the
  /// text holds.
  ///
  /// - Parameter markers: texts behind which answers stand, beside the usual places (``Problem/answerMarkers``).
  public static func answer(in text: String, markers: [String] = []) -> String? {
    StatedAnswer.last(in: text, markers: markers)?.text
  }

  /// The same where the text ends with its answer; nil where it goes on behind it, as a solution does after a box in
  /// mid-sentence.
  public static func ending(of text: String, markers: [String] = []) -> String? {
    StatedAnswer.last(in: text, markers: markers).flatMap { $0.endsText ? $0.text : nil }
  }

  /// False where `bytes` alone cannot state an answer in one of the usual places: a quick look before ``answer(in:markers:)``. Complexity: O(length).
  package static func mayStand(in bytes: [UInt8]) -> Bool { StatedAnswer.mayStand(in: bytes) }

  /// True where `bytes` end with the line that states their answer. Complexity: O(length), and a quick look for most.
  package static func endsWithAnswer(_ bytes: [UInt8], markers: [String] = []) -> Bool {
    (!markers.isEmpty || mayStand(in: bytes))
      && ending(of: String(decoding: bytes, as: UTF8.self), markers: markers) != nil
  }

  /// True where two answers say the same (``AnswerValue``). Two decimals may differ by what a computation in floating point
  /// loses, one part in 10⁹, so that a program's `0.30000000000000004` is `0.3`.
  public static func agree(_ a: String, _ b: String) -> Bool {
    // Most answers are whole numbers: a filter asks this of every node, and need not read a grammar for them.
    if a == b { return true }
    if let x = whole(a), let y = whole(b) { return x == y }
    if let x = AnswerValue(a), let y = AnswerValue(b) {
      if x.says(y) { return true }
    } else {
      return a == b
    }
    guard let x = Double(a), let y = Double(b), x.isFinite, y.isFinite, x != x.rounded() || y != y.rounded() else {
      return false
    }
    return (x - y).magnitude <= 1e-9 * max(x.magnitude, y.magnitude)
  }

  /// The number that nothing but up to 18 digits write; nil for every other spelling.
  private static func whole(_ answer: String) -> Int? {
    let isPlain = (1...18).contains(answer.utf8.count) && answer.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isPlain ? Int(answer) : nil
  }

  /// True where `answer` says the same as `reference`, a bare answer or a whole solution that ends in one; nil without a
  /// reference. No answer is never correct. Whoever has the problem asks ``Problem/accepts(_:)``.
  package static func isCorrect(_ answer: String?, by reference: String?) -> Bool? {
    guard let reference else { return nil }
    guard let answer else { return false }
    return agree(answer, self.answer(in: reference) ?? reference)
  }
}
