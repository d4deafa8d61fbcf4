/// Where a solution's final answer stands: after `####` (GSM8K) or inside `\boxed{…}` (MATH), whichever comes last.
public enum AnswerFormat {
  /// The final answer stated in `text`, trimmed, without thousands separators; nil where none is stated.
  ///
  /// Complexity: O(length).
  public static func answer(in text: String) -> String? {
    let found = [boxed(text), hashes(text)].compactMap { $0 }.max { $0.at < $1.at }
    guard let answer = found.map({ normalised($0.answer) }), !answer.isEmpty else { return nil }
    return answer
  }

  /// Trims and drops thousands separators and a leading `$`, so that `1,200` and `1200` are the same answer.
  public static func normalised(_ answer: String) -> String {
    var text = answer.drop { $0.isWhitespace || $0 == "$" }
    while let last = text.last, last.isWhitespace || last == "." { text.removeLast() }
    let bare = text.filter { $0 != "," }
    return Double(bare) != nil ? String(bare) : String(text)
  }

  private static func hashes(_ text: String) -> (at: String.Index, answer: String)? {
    var found: (String.Index, String)?
    var line = text.startIndex
    while line < text.endIndex {
      let end = text[line...].firstIndex(where: \.isNewline) ?? text.endIndex
      if text[line..<end].hasPrefix("####") {
        found = (line, String(text[text.index(line, offsetBy: 4)..<end]))
      }
      line = end < text.endIndex ? text.index(after: end) : end
    }
    return found
  }

  private static func boxed(_ text: String) -> (at: String.Index, answer: String)? {
    let marker = "\\boxed{"
    var found: (String.Index, String)?
    var from = text.startIndex
    while let start = text[from...].firstRange(of: marker) {
      var depth = 1
      var end = start.upperBound
      while end < text.endIndex {
        if text[end] == "{" { depth += 1 }
        if text[end] == "}" { depth -= 1 }
        if depth == 0 { break }
        end = text.index(after: end)
      }
      if depth == 0 { found = (start.lowerBound, String(text[start.upperBound..<end])) }
      from = start.upperBound
    }
    return found
  }
}
