import TOMLKit

/// A table of the configuration file: its fields by kind, and errors that name the file and the field.
struct ConfigurationTable {
  private let table: TOMLTable
  /// File and table, for messages.
  let place: String

  /// - Parameters:
  ///   - place: File and table, for messages.
  ///   - keys: The fields there may be.
  /// - Throws: exit code 2 for another field.
  init(_ table: TOMLTable, _ place: String, keys: [String]) throws {
    self.table = table
    self.place = place
    for key in table.keys where !keys.contains(key) {
      throw ExitError.usage("\(place).\(key): expected one of \(keys.joined(separator: ", "))")
    }
  }

  /// Exit code 2 for a field.
  func error(_ key: String, _ expected: String) -> ExitError { .usage("\(place).\(key): \(expected)") }

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
