import Canvas
import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

/// Every view of the explorer, each reached by a key script from the same run.
enum GoldenViews {
  /// Name and script; the first is the one that the others are told apart from.
  static let scripts: [(name: String, script: String)] = [
    ("run", ""), ("node", "2 z"), ("path", "3 z"), ("best path", "p"), ("timeline", "~"), ("past", "{ {"),
    ("sorted", "R R X"), ("matches", "/ text:depth=2 Enter"), ("hidden panel", "H ("), ("teaching", "T"),
    ("help", "? Down Down"), ("palette", ": text:ex"), ("prompt", "e"), ("filter", "/ text:n>1_ora"),
    ("filter refused", "/ text:n>1_depht=2 Enter"), ("override", "v"), ("commit", "b c Tab text:clear_steps"),
    ("why", "w"),
    ("why in the past", "{ { w"), ("theme", "t"), ("settings", ", Down Down Down"),
    ("setting refused", ", Down Down Enter text:x Enter"), ("breakpoints", "B text:merge Enter"), ("log", "J"),
    ("copy", "y"), ("bookmarks", "`"), ("sort by", "K"), ("compare nodes", "= j ="), ("compare paths", "j j j W"),
    ("problems", "P Down"),
  ]

  /// The frames of all views.
  static func frames(_ size: Size, theme: Theme, glyphs: GlyphSet) -> [(name: String, frame: Frame)] {
    let person = ScreenTests.explored(size, glyphs: glyphs)
    return scripts.map { name, script in
      var person = person
      person.press(script)
      return (name, person.state.view(size: size, theme: theme, glyphs: glyphs))
    }
  }

  /// One file for all: the first view in full, of the others the rows that differ from it, numbered; of long rows, the
  /// part that differs with its first column, so that the files stay small.
  static func document(_ views: [(name: String, rows: [String])]) -> [String] {
    guard let first = views.first?.rows else { return [] }
    return views.enumerated().flatMap { index, view in
      ["== \(view.name)"]
        + view.rows.enumerated().compactMap { row, text in
          let number = row < 10 ? " \(row)" : "\(row)"
          guard index > 0, first.indices.contains(row) else { return "\(number) \(text)" }
          if first[row] == text { return nil }
          return text.count > 100 ? "\(number) \(difference(text, from: first[row]))" : "\(number) \(text)"
        }
    }
  }

  /// A theme that comes with the program.
  static func theme(_ name: String) throws -> Theme {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    return try ThemeStore(folders: [root.appending(path: "Themes").path(percentEncoded: false)]).load(name)
  }

  /// The styles of all views in one file: a legend, then every row as runs of letters.
  static func colours(_ frames: [(name: String, frame: Frame)]) -> [String] {
    var letters = StyleLetters()
    let views = frames.map { view in
      let rows = (0..<view.frame.height).map { letters.row(view.frame.row($0)) }
      #expect(!rows.contains(nil), "\(view.name) has more styles than there are letters")
      return (name: view.name, rows: rows.compactMap { $0 })
    }
    return letters.legend + document(views)
  }

  private static func difference(_ text: String, from base: String) -> String {
    let (text, base) = (Array(text), Array(base))
    let head = zip(text, base).prefix { $0 == $1 }.count
    let most = min(text.count, base.count) - head
    let tail = text.count == base.count ? zip(text.reversed(), base.reversed()).prefix { $0 == $1 }.count : 0
    return "@\(head) " + String(text[head..<text.count - min(tail, most)])
  }
}

/// Letters for the styles of many frames, with a legend.
struct StyleLetters {
  private var letters: [Style: Character] = [:]
  private(set) var legend: [String] = []
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεζηθικλμνξοπρστυφχψω")

  /// A row as runs of equal style: `a12b3`. Nil where there are more styles than letters.
  mutating func row(_ cells: ArraySlice<Cell>) -> String? {
    var text = ""
    var run: (letter: Character, count: Int)?
    for cell in cells {
      guard let letter = letter(cell.style) else { return nil }
      if run?.letter == letter {
        run?.count += 1
      } else {
        if let run { text += "\(run.letter)\(run.count)" }
        run = (letter, 1)
      }
    }
    return text + (run.map { "\($0.letter)\($0.count)" } ?? "")
  }

  private mutating func letter(_ style: Style) -> Character? {
    if let known = letters[style] { return known }
    guard letters.count < Self.alphabet.count else { return nil }
    let letter = Self.alphabet[letters.count]
    letters[style] = letter
    let modifiers = Modifiers.names.filter { style.modifiers.contains($0.value) }.map(\.name)
    legend.append(
      ([String(letter), name(style.foreground), "on", name(style.background)] + modifiers).joined(separator: " "))
    return letter
  }

  private func name(_ color: Color) -> String {
    switch color {
    case .default: "default"
    case .ansi(let number): Color.ansiNames[Int(number)]
    case .rgb(let red, let green, let blue):
      "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}
