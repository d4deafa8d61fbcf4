/// Finds the line on which a key stands, since TOML tables forget it.
struct ThemeLines {
  private let file: String
  private let lines: [Substring]

  init(file: String, text: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// `FILE:LINE: KEY`, or `FILE: KEY` when the key is not spelled on one line.
  func place(_ key: String) -> String {
    let shown = Sanitizer(lineEnd: .space, limit: 80).text(key)
    return line(of: key).map { "\(file):\($0): \(shown)" } ?? "\(file): \(shown)"
  }

  /// The first line that defines a dotted key, from 1, with table headers taken into account.
  private func line(of key: String) -> Int? {
    var header = ""
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.first == "[", let close = text.lastIndex(of: "]") {
        header = ThemeLines.unquoted(text[text.index(after: text.startIndex)..<close])
        if header == key { return index + 1 }
      } else if let equals = text.firstIndex(of: "=") {
        let name = ThemeLines.unquoted(text[..<equals])
        if name == key && header.isEmpty || "\(header).\(name)" == key { return index + 1 }
      }
    }
    return nil
  }

  private static func unquoted(_ text: Substring) -> String {
    String(text.filter { !" \t\"'".contains($0) })
  }
}
