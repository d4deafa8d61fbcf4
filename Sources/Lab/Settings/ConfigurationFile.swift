import Foundation
import TOMLKit

/// The config file: what it says of the settings, and its tables.
package struct ConfigurationFile {
  /// Its name for messages.
  let name: String
  private let root: TOMLTable

  /// A file that says nothing.
  package init() { (name, root) = ("configuration", TOMLTable()) }

  /// Reads the file at `path`; nil for the one that is found: `etascope.toml` in the working folder, else
  /// `$XDG_CONFIG_HOME/etascope/config.toml`, else none.
  ///
  /// - Throws: `LabError` for a file that cannot be used.
  package init(path: String?, environment: [String: String]) throws {
    guard let path = path ?? environment["ETASCOPE_CONFIG"] ?? Self.found(environment) else {
      self.init()
      return
    }
    try self.init(LabFile.read(path, missing: "the configuration file cannot be read"), name: path)
  }

  /// Reads a file's text.
  ///
  /// - Throws: `LabError` for one that cannot be used.
  package init(_ text: String, name: String) throws { try self.init(Array(text.utf8), name: name) }

  private init(_ bytes: [UInt8], name: String) throws {
    self.name = name
    root = try LabFile.table(bytes, name: name)
    for key in root.keys where !Self.keys.contains(key) {
      throw LabError.settings("\(name): \(key): expected one of \(Self.keys.sorted().joined(separator: ", "))")
    }
  }

  private static let keys = Set(
    Setting.allCases.map(\.rawValue) + ["parameters", "server", "rollout-server", "critic"])

  private static func found(_ environment: [String: String]) -> String? {
    let home = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"].map { $0 + "/.config" } ?? "")
    return ["etascope.toml", home + "/etascope/config.toml"].first { FileManager.default.fileExists(atPath: $0) }
  }

  /// What it says of the settings.
  var layer: SettingLayer {
    var layer = SettingLayer()
    for setting in Setting.allCases {
      guard let value = root[setting.rawValue] else { continue }
      if let text = Self.text(value) {
        layer.field(setting, text)
      } else if setting.isList, let list = value.array {
        layer.field(setting, list: list.compactMap(\.string), at: "\(name): \(setting.rawValue)")
      }
    }
    return layer
  }

  /// What its table `parameters` sets, as after `--set`.
  func parameters() throws -> [(id: String, text: String)] {
    guard let table = root["parameters"]?.table else { return [] }
    return try table.keys.map { key in
      guard let text = table[key].flatMap(Self.text) else {
        throw LabError.settings("\(name): parameters.\(key): expected a number, a flag or a word")
      }
      return (key, text)
    }
  }

  /// A table; nil where there is none.
  func table(_ name: String) -> TOMLTable? { root[name]?.table }

  /// A number, a flag or a word as a text; nil for anything else.
  private static func text(_ value: some TOMLValueConvertible) -> String? {
    value.string ?? value.int.map(String.init) ?? value.double.map { String($0) } ?? value.bool.map(String.init)
  }
}

/// A table of the config file: its fields by kind, and errors that name the file and the field.
struct ConfigurationTable {
  private let table: TOMLTable
  /// File and table, for messages.
  let place: String
  private let separator: String

  /// - Parameters:
  ///   - place: File and table, for messages.
  ///   - keys: The fields there may be.
  ///   - separator: What stands between the place and a field.
  /// - Throws: `LabError` for another field.
  init(_ table: TOMLTable, _ place: String, keys: [String], separator: String = ".") throws {
    self.table = table
    self.place = place
    self.separator = separator
    for key in table.keys where !keys.contains(key) {
      throw error(key, "expected one of \(keys.joined(separator: ", "))")
    }
  }

  /// What is wrong with a field.
  func error(_ key: String, _ expected: String) -> LabError { .settings("\(place)\(separator)\(key): \(expected)") }

  /// The field where it is a text, nil where it is missing.
  func text(_ key: String) throws -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(key, "expected a text") }
    return text
  }

  /// The field where it is one of a few words, nil where it is missing.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) throws -> Word?
  where Word.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw error(key, "expected one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")), found '\(text)'")
    }
    return word
  }

  /// The field where it is a number in `range`, nil where it is missing.
  func number(_ key: String, _ range: ClosedRange<Double>) throws -> Double? {
    guard let value = table[key] else { return nil }
    guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
      throw error(key, "expected a number from \(range.lowerBound.formatted()) to \(range.upperBound.formatted())")
    }
    return number
  }

  /// The field where it is a list of texts, none of them empty; nil where it is missing.
  func texts(_ key: String) throws -> [String]? {
    guard let value = table[key] else { return nil }
    let texts = value.array.map { $0.compactMap(\.string) }
    guard let texts, texts.count == value.array?.count, !texts.contains("") else {
      throw error(key, "expected a list of texts")
    }
    return texts
  }

  /// The field's texts where it is a list, leaving others out; nil where it is none.
  func list(_ key: String) -> [String]? { table[key]?.array.map { $0.compactMap(\.string) } }
}
