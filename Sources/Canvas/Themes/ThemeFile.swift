import TOMLKit
import Vocabulary

/// One theme file as written: nothing is inherited and no colour looked up yet.
struct ThemeFile {
  /// A scope's look as written.
  struct Entry {
    /// Where it stands, for messages: `FILE:LINE: SCOPE`.
    let place: String
    var foreground: String?
    var background: String?
    var modifiers: Modifiers = []
  }

  /// A palette colour as written.
  struct Swatch {
    let place: String
    let color: Color
  }

  let name: String
  private(set) var inherits: String?
  /// Where `inherits` stands.
  private(set) var inheritsPlace = ""
  private(set) var palette: [String: Swatch] = [:]
  private(set) var entries: [String: Entry] = [:]
  private(set) var problems: [String] = []

  private let lines: ThemeLines

  /// Reads what a theme file holds; what is wrong with it goes to `problems`.
  /// - Throws: `ThemeError` when it is not TOML at all.
  init(name: String, file: String, bytes: [UInt8]) throws(ThemeError) {
    self.name = name
    let table: TOMLTable
    do {
      let text = try TOMLBounds.text(bytes)
      lines = ThemeLines(file: file, text: text)
      table = try TOMLTable(string: text)
    } catch let error as TOMLBounds.Failure {
      throw ThemeError(problems: ["\(file):\(error.line): not TOML: \(error.words)"])
    } catch let error as TOMLParseError {
      let reason = Sanitizer(lineEnd: .space, limit: 200).text(error.description)
      throw ThemeError(problems: ["\(file):\(error.source.begin.line): not TOML: \(reason)"])
    } catch {
      throw ThemeError(problems: ["\(file): not TOML"])
    }
    for key in table.keys.sorted() {
      guard let value = table[key] else { continue }
      switch key {
      case "inherits": readInherits(value)
      case "palette": readPalette(value)
      default: readScope(key, value)
      }
    }
  }

  private mutating func readInherits(_ value: TOMLValueConvertible) {
    inheritsPlace = lines.place("inherits")
    if let parent = value.string {
      inherits = parent
    } else {
      problems.append("\(inheritsPlace): expected the name of a theme in quotes")
    }
  }

  private mutating func readPalette(_ value: TOMLValueConvertible) {
    guard let table = value.table else {
      problems.append("\(lines.place("palette")): expected a table of colours")
      return
    }
    for key in table.keys.sorted() {
      let place = lines.place("palette.\(key)")
      if Color(name: key) != nil {
        problems.append("\(place): this name is a colour already; choose another")
      } else if let text = table[key]?.string, let color = Color(name: text) {
        palette[key] = Swatch(place: place, color: color)
      } else {
        problems.append("\(place): expected #rrggbb, default or a terminal colour such as bright-red")
      }
    }
  }

  /// A scope, or a table that holds scopes below it: `[tree] row = …` says the same as `"tree.row" = …`.
  private mutating func readScope(_ scope: String, _ value: TOMLValueConvertible) {
    let place = lines.place(scope)
    if let table = value.table, !table.keys.isEmpty, table.keys.allSatisfy({ !ThemeFile.attributes.contains($0) }) {
      for key in table.keys.sorted() {
        if let inner = table[key] { readScope("\(scope).\(key)", inner) }
      }
      return
    }
    guard Scope.canBeThemed(scope) else {
      problems.append("\(place): unknown scope")
      return
    }
    if let color = value.string {
      entries[scope] = Entry(place: place, foreground: color)
    } else if let table = value.table {
      readEntry(scope, table, place)
    } else {
      problems.append("\(place): expected a colour or { fg, bg, modifiers }")
    }
  }

  private mutating func readEntry(_ scope: String, _ table: TOMLTable, _ place: String) {
    var entry = Entry(place: place)
    for key in table.keys.sorted() {
      guard let value = table[key] else { continue }
      switch key {
      case "fg", "bg":
        guard let color = value.string else {
          problems.append("\(place): \(key): expected a colour in quotes")
          continue
        }
        if key == "fg" { entry.foreground = color } else { entry.background = color }
      case "modifiers":
        readModifiers(value, place, into: &entry)
      default:
        problems.append("\(place): \(key): expected fg, bg or modifiers")
      }
    }
    entries[scope] = entry
  }

  private mutating func readModifiers(_ value: TOMLValueConvertible, _ place: String, into entry: inout Entry) {
    let known = Modifiers.names.map(\.name).joined(separator: ", ")
    guard let list = value.array else {
      problems.append("\(place): modifiers: expected a list of \(known)")
      return
    }
    for item in list {
      if let name = item.string, let match = Modifiers.names.first(where: { $0.name == name }) {
        entry.modifiers.insert(match.value)
      } else {
        problems.append("\(place): modifiers: expected \(known)")
      }
    }
  }

  private static let attributes: Set<String> = ["fg", "bg", "modifiers"]
}

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
