import Foundation

/// A record of a problem file, whatever the file's form: fields by name.
struct ProblemRecord {
  /// What is wrong with one field.
  struct Fault: Error {
    let field: String
    let expected: String
  }

  /// A value with the name under which the file has it.
  struct Found {
    let name: String
    let value: JSONScanner.Value
  }

  let members: [JSONScanner.Member]
  /// The line that it begins on, from 1.
  let line: Int
  /// Which field stands where.
  let shape: ProblemShape
  private let names: ProblemFieldNames

  /// A record; `shape` is another's, which it may share. Throws ``Fault`` where a field stands twice.
  init(
    _ members: [JSONScanner.Member], line: Int, names: ProblemFieldNames, shape: ProblemShape? = nil
  ) throws {
    self.members = members
    self.line = line
    self.names = names
    if let shape, shape.keys.count == members.count, zip(shape.keys, members).allSatisfy({ $0 == $1.key }) {
      self.shape = shape
    } else {
      self.shape = try ProblemShape(members.map(\.key), names: names)
    }
  }

  /// True where the user said which field it is.
  func isNamed(_ field: ProblemField) -> Bool { names.own[field] != nil }

  /// The values under the names that `field` may have, in their order; what is null, missing or (in a table) empty is left out.
  func values(of field: ProblemField) -> [Found] { shape.places(of: field).compactMap { value($0) } }

  /// The first of them.
  func value(of field: ProblemField) -> Found? {
    for place in shape.places(of: field) {
      if let found = value(place) { return found }
    }
    return nil
  }

  /// The texts that `--fields question=a+b` names; nil where it names no more than one field, or none is there.
  var joinedQuestion: String? {
    guard let paths = names.own[.question]?.split(separator: "+"), paths.count > 1 else { return nil }
    let texts = paths.compactMap { path in value(String(path).trimmed)?.value.word }.filter { !$0.isBlank }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  /// True where a text or a conversation stands under a name that questions have.
  var asksSomething: Bool {
    values(of: .question).contains { $0.value.text != nil } || joinedQuestion != nil
      || values(of: .turns).contains { ProblemTurns($0.value) != nil }
  }

  /// What stands under `path`; nil where nothing does.
  func value(_ path: String) -> Found? { shape.place(path).flatMap { value($0) } }

  private func value(_ place: ProblemShape.Place) -> Found? {
    let member = members[place.member]
    guard var value = Self.isMissing(member.value) ? nil : member.value else { return nil }
    for step in place.steps {
      guard let next = Self.inner(value, step) else { return nil }
      value = next
    }
    if Self.isMissing(value) { return nil }
    return Found(name: place.steps.isEmpty ? member.key : place.path, value: value)
  }

  /// A member of an object, or an element of a list by its number from 0.
  private static func inner(_ value: JSONScanner.Value, _ step: String) -> JSONScanner.Value? {
    if value.kind == .list {
      guard let index = Int(step), index >= 0, let elements = value.elements, index < elements.count else { return nil }
      return elements[index]
    }
    let members = value.members ?? []
    return
      (members.first { $0.key == step }
      ?? members.first { ProblemField.plain($0.key) == ProblemField.plain(step) })?.value
  }

  private static func isMissing(_ value: JSONScanner.Value) -> Bool { value.kind == .null || value.kind == .notFinite }

  /// The members that no ``LoadedProblem/problem`` has a place for, as one JSON object; nil where there are none.
  func extra(without isUsed: (String) -> Bool) throws -> String? {
    var object: [UInt8] = []
    for member in members where !isUsed(member.key) {
      object.append(UInt8(ascii: object.isEmpty ? "{" : ","))
      try Self.append(quoted: member.key, to: &object)
      object.append(UInt8(ascii: ":"))
      object += member.raw
    }
    if object.isEmpty { return nil }
    object.append(UInt8(ascii: "}"))
    return String(decoding: object, as: UTF8.self)
  }

  /// A key in quotes. An encoder for each would be a tenth of reading a file.
  private static func append(quoted key: String, to object: inout [UInt8]) throws {
    let isPlain = key.utf8.allSatisfy {
      (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard isPlain else {
      object += try CanonicalJSON.text(key).utf8
      return
    }
    object.append(UInt8(ascii: "\""))
    object += key.utf8
    object.append(UInt8(ascii: "\""))
  }
}

extension JSONScanner.Value {
  /// A text that stands in a table, or that stands for a value.
  init(text: String) { self.init(kind: .string, raw: JSONEscape.quoted(text)[...], text: text) }

  /// Nothing.
  static var null: JSONScanner.Value { JSONScanner.Value(kind: .null, raw: Array("null".utf8)[...], text: nil) }

  /// The elements of a list; nil for anything else.
  var elements: [JSONScanner.Value]? { kind == .list ? try? JSONScanner.elements(of: raw, knowsNaN: true) : nil }

  /// The members of an object; nil for anything else.
  var members: [JSONScanner.Member]? { kind == .object ? try? JSONScanner.members(of: raw, knowsNaN: true) : nil }

  /// What a person reads where one text stands: a string, a number as it was written, true or false; nil for anything else.
  var word: String? {
    switch kind {
    case .string: text
    case .number, .flag: String(decoding: raw, as: UTF8.self)
    case .null, .notFinite, .list, .object: nil
    }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

  /// True where nothing can be read.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
