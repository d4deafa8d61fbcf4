/// Finds the line on which a key stands, since TOML tables forget it.
struct ThemeLines {
  private let file: String
  /// The first line that defines a dotted key, from 1, with table headers taken into account.
  private let lines: [String: Int]

  /// Looks through `text` once. Complexity: O(length).
  init(file: String, text: String) {
    self.file = file
    var lines: [String: Int] = [:]
    var header = ""
    func note(_ key: String, _ line: Int) { if lines[key] == nil { lines[key] = line } }
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      if text.first == UInt8(ascii: "["), let close = text.lastIndex(of: UInt8(ascii: "]")) {
        header = ThemeLines.unquoted(text[..<close].dropFirst())
        note(header, index + 1)
      } else if let equals = text.firstIndex(of: UInt8(ascii: "=")) {
        let name = ThemeLines.unquoted(text[..<equals])
        note(header.isEmpty ? name : "\(header).\(name)", index + 1)
      }
    }
    self.lines = lines
  }

  /// `FILE:LINE: KEY`, or `FILE: KEY` when the key is not spelled on one line.
  func place(_ key: String) -> String {
    let shown = Sanitizer(lineEnd: .space, limit: 80).text(key)
    return lines[key].map { "\(file):\($0): \(shown)" } ?? "\(file): \(shown)"
  }

  private static func unquoted(_ text: Substring.UTF8View) -> String {
    String(decoding: text.filter { !" \t\"'".utf8.contains($0) }, as: UTF8.self)
  }
}
