import Foundation

/// An article of the library's documentation, and source files beside it.
struct Article {
  let text: String

  /// The article `name` of the catalogue.
  init(_ name: String) throws { text = try Self.source("TreeSearch/TreeSearch.docc/\(name).md") }

  /// The text of a file below `Sources`.
  static func source(_ path: String, file: String = #filePath) throws -> String {
    var root = URL(filePath: file)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return try String(contentsOf: root.appending(path: "Sources/\(path)"), encoding: .utf8)
  }

  /// Code spans, such as `width.rule`; spans of two backticks are links and no part of it.
  var spans: Set<String> {
    let pieces = text.replacing("``", with: "\u{1}").split(separator: "`", omittingEmptySubsequences: false)
    return Set(pieces.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
  }

  /// Blocks of code in the language named.
  func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  /// Rows of the tables below the heading `### title`, each by its cells.
  func rows(below title: String) -> [[String]] {
    let section = text.components(separatedBy: "### \(title)\n").dropFirst().first?.components(separatedBy: "\n#")[0]
    let lines = (section ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }
    return lines.map { line in line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
  }
}
