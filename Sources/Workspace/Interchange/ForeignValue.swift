/// A JSON value of another program's file, with numbers in the spelling they had, so that nothing is lost on the way through.
///
/// Objects know each key once; their order is not kept: what is written is in canonical order (keys by their UTF-8, no spaces).
indirect enum ForeignValue: Sendable {
  case null
  case flag(Bool)
  /// As it was written.
  case number(String)
  case text(String)
  case list([ForeignValue])
  case object([Member])

  /// A member of an object.
  struct Member: Sendable {
    let key: String
    let value: ForeignValue
  }

  /// Why a text is no value: at which byte, and what was expected there.
  struct Fault: Error {
    let path: String
    let expected: String
  }

  /// The value that `bytes` hold, valid UTF-8. Throws ``Fault`` for an object that has a key twice, and `JSONScanner.Problem`.
  init(_ bytes: ArraySlice<UInt8>) throws {
    let values = try JSONScanner.values(in: bytes)
    guard values.count == 1, let value = values.first else {
      throw Fault(path: "line", expected: "expected one JSON value, found \(values.count)")
    }
    try self.init(value, path: "")
  }

  /// The value that was read as `value`; `path` is where it stands, for messages.
  init(_ value: JSONScanner.Value, path: String) throws {
    switch value.kind {
    case .null: self = .null
    case .flag: self = .flag(value.raw.first == UInt8(ascii: "t"))
    case .number, .notFinite: self = .number(String(decoding: value.raw, as: UTF8.self))
    case .string: self = .text(value.text ?? "")
    case .list:
      self = .list(
        try JSONScanner.elements(of: value.raw).enumerated().map { try ForeignValue($1, path: "\(path)[\($0)]") })
    case .object:
      let members = try JSONScanner.members(of: value.raw).map { member in
        Member(
          key: member.key,
          value: try ForeignValue(member.value, path: path.isEmpty ? member.key : "\(path).\(member.key)"))
      }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (one, next) in zip(members, members.dropFirst()) where one.key.utf8.elementsEqual(next.key.utf8) {
        throw Fault(path: path.isEmpty ? "line" : path, expected: "expected each key once, found '\(one.key)' twice")
      }
      self = .object(members)
    }
  }

  /// An object of `members`; those that are nil are left out.
  static func made(_ members: KeyValuePairs<String, ForeignValue?>) -> ForeignValue {
    .object(
      members.compactMap { key, value in value.map { Member(key: key, value: $0) } }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
  }

  /// A text, or null.
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  /// A whole number, or null.
  init(_ number: Int?) { self = number.map { .number(String($0)) } ?? .null }
  /// A flag, or null.
  init(_ flag: Bool?) { self = flag.map { .flag($0) } ?? .null }

  /// The member called `key`; nil where there is none, or the value is no object.
  subscript(key: String) -> ForeignValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  var list: [ForeignValue]? { if case .list(let list) = self { list } else { nil } }
  var isNull: Bool { if case .null = self { true } else { false } }
  var isObject: Bool { if case .object = self { true } else { false } }
  /// A number without a fraction or an exponent.
  var whole: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

  /// What kind of value it is, for messages.
  var kind: String {
    switch self {
    case .null: "null"
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a string"
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// The value in canonical form, without a line break at the end. Complexity: O(bytes).
  var canonical: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let digits): bytes += digits.utf8
    case .text(let text): bytes += JSONEscape.quoted(text)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += JSONEscape.quoted(member.key)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
