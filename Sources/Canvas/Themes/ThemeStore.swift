import Foundation
import Vocabulary

/// The themes of some folders: each `NAME.toml` is one, and the first folder that has it wins.
public struct ThemeStore: Sendable {
  /// The folders' paths, a person's own before those that come with the program.
  public let folders: [String]

  /// The themes of folders, which are read anew at each call.
  public init(folders: [String]) {
    self.folders = folders
  }

  /// The names of all themes in order; a folder that cannot be read has none.
  public var names: [String] {
    let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
    return Set(files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.filter(ThemeStore.isName)).sorted()
  }

  /// What a theme says of itself: the remark on the first line of its file; nil where there is none.
  public func remark(_ name: String) -> String? {
    guard ThemeStore.isName(name) else { return nil }
    for folder in folders {
      guard let bytes = try? InputFile.bytes(at: "\(folder)/\(name).toml", limit: TOMLBounds.longest) else { continue }
      let line = String(decoding: bytes.prefix(400), as: UTF8.self).prefix { !$0.isNewline }
      guard line.hasPrefix("#") else { return nil }
      return Sanitizer(lineEnd: .space, limit: 200).text(String(line.drop { $0 == "#" || $0 == " " }))
    }
    return nil
  }

  /// Loads a theme with all that it inherits.
  /// - Throws: `ThemeError` with every problem found.
  public func load(_ name: String) throws(ThemeError) -> Theme {
    var chain: [ThemeFile] = []
    var wanted: String? = name
    while let next = wanted {
      if chain.contains(where: { $0.name == next }) {
        let path = (chain.map(\.name) + [next]).joined(separator: " → ")
        throw ThemeError(problems: ["\(chain[chain.count - 1].inheritsPlace): goes round in a circle: \(path)"])
      }
      chain.append(try read(next, neededBy: chain.last))
      wanted = chain[chain.count - 1].inherits
    }
    return try ThemeStore.merge(chain)
  }

  /// Every problem of one theme: what keeps it from loading, or its contrasts (`Theme.contrastProblems`).
  public func check(_ name: String) -> [String] {
    do throws(ThemeError) {
      let theme = try load(name)
      return theme.contrastProblems().map { "\(theme.place(of: $0.scope) ?? "\(name).toml"): \($0)" }
    } catch {
      return error.problems
    }
  }

  private func read(_ name: String, neededBy child: ThemeFile?) throws(ThemeError) -> ThemeFile {
    let shown = Sanitizer(lineEnd: .space, limit: 80).text(name)
    let place = child?.inheritsPlace ?? "\(folders.first ?? ".")/\(shown).toml"
    guard ThemeStore.isName(name) else {
      throw ThemeError(problems: ["\(place): a theme's name has letters, digits, - and _ only, not “\(shown)”"])
    }
    let paths = folders.map { "\($0)/\(name).toml" }
    guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw ThemeError(problems: ["\(place): no theme “\(name)”; there are: \(names.joined(separator: ", "))"])
    }
    let bytes: [UInt8]
    do throws(InputFile.Failure) {
      bytes = try InputFile.bytes(at: path, limit: TOMLBounds.longest)
    } catch {
      throw ThemeError(problems: ["\(path): \(error)"])
    }
    return try ThemeFile(name: name, file: "\(name).toml", bytes: bytes)
  }

  /// Children win over parents, scope by scope and colour by colour, before any colour name is looked up.
  private static func merge(_ chain: [ThemeFile]) throws(ThemeError) -> Theme {
    var problems: [String] = []
    var palette: [String: ThemeFile.Swatch] = [:]
    var entries: [String: ThemeFile.Entry] = [:]
    for file in chain.reversed() {
      problems += file.problems
      palette.merge(file.palette) { _, child in child }
      entries.merge(file.entries) { _, child in child }
    }
    var styles: [String: Style] = [:]
    var places: [String: String] = [:]
    for (scope, entry) in entries.sorted(by: { $0.key < $1.key }) {
      var style = Style(modifiers: entry.modifiers)
      for (text, path) in [(entry.foreground, \Style.foreground), (entry.background, \Style.background)] {
        guard let text else { continue }
        if let color = Color(name: text) ?? palette[text]?.color {
          style[keyPath: path] = color
        } else {
          let shown = Sanitizer(lineEnd: .space, limit: 80).text(text)
          problems.append("\(entry.place): no colour “\(shown)”: expected #rrggbb, a terminal colour or a palette name")
        }
      }
      styles[scope] = style
      places[scope] = String(entry.place.dropLast(scope.count + 2))
    }
    guard problems.isEmpty else { throw ThemeError(problems: problems) }
    return Theme(name: chain[0].name, styles: styles, places: places)
  }

  /// Names become file names, so nothing else may stand in them.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
