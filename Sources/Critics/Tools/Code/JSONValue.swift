import Foundation

/// A JSON text, read.
enum JSONValue: Decodable, Hashable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      self = .object(
        try container.allKeys.reduce(into: [:]) {
          $0[$1.stringValue] = try container.decode(JSONValue.self, forKey: $1)
        })
    } else if var container = try? decoder.unkeyedContainer() {
      var items: [JSONValue] = []
      while !container.isAtEnd { items.append(try container.decode(JSONValue.self)) }
      self = .list(items)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The value that `text` holds; nil where it is no JSON, or nested deeper than Foundation reads.
  init?(_ text: String) {
    guard text.utf8.count <= 1 << 20,
      let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    else { return nil }
    self = value
  }

  /// The schema's word for what it is.
  var type: String {
    switch self {
    case .null: "null"
    case .flag: "boolean"
    case .number(let value): value == value.rounded() ? "integer" : "number"
    case .text: "string"
    case .list: "array"
    case .object: "object"
    }
  }
}

/// The part of JSON Schema that says what an answer must look like: types, members, items, choices and bounds.
struct JSONSchema {
  /// The schema says something this reader does not know: it must not seem to hold.
  struct Unreadable: Error { let keyword: String }

  private let root: JSONValue

  init?(_ text: String) {
    guard let value = JSONValue(text), case .object = value else { return nil }
    root = value
  }

  /// Where `value` does not fit, in words; nil where it fits.
  ///
  /// - Throws: ``Unreadable``.
  func misfit(_ value: JSONValue) throws -> String? { try Self.misfit(value, root, at: "the answer") }

  private static let known: Set<String> = [
    "type", "required", "properties", "additionalProperties", "items", "enum", "const", "minimum", "maximum",
    "minItems",
    "maxItems", "minLength", "maxLength", "$schema", "$id", "title", "description", "default", "examples",
  ]

  private static func misfit(_ value: JSONValue, _ schema: JSONValue, at place: String) throws -> String? {
    guard case .object(let rules) = schema else {
      return schema == .flag(false) ? "\(place) is not allowed" : nil
    }
    if let unknown = rules.keys.sorted().first(where: { !known.contains($0) }) { throw Unreadable(keyword: unknown) }
    let found = bounds(value, rules, at: place)
    if let found { return found }
    switch value {
    case .object(let members): return try self.members(members, rules, at: place)
    case .list(let items):
      guard let each = rules["items"] else { return nil }
      for (index, item) in items.enumerated() {
        if let problem = try misfit(item, each, at: "\(place)[\(index)]") { return problem }
      }
      return nil
    default: return nil
    }
  }

  private static func members(
    _ members: [String: JSONValue], _ rules: [String: JSONValue], at place: String
  ) throws -> String? {
    if case .list(let names)? = rules["required"] {
      for case .text(let name) in names where members[name] == nil { return "\(place) has no \(name)" }
    }
    var properties: [String: JSONValue] = [:]
    if case .object(let given)? = rules["properties"] { properties = given }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      guard let rule = properties[name] ?? rules["additionalProperties"] else { continue }
      if let problem = try misfit(member, rule, at: "\(place).\(name)") { return problem }
    }
    return nil
  }

  private static func bounds(_ value: JSONValue, _ rules: [String: JSONValue], at place: String) -> String? {
    var types: [String] = []
    switch rules["type"] {
    case .text(let one)?: types = [one]
    case .list(let several)?: types = several.compactMap { if case .text(let one) = $0 { one } else { nil } }
    default: break
    }
    if !types.isEmpty, !types.contains(value.type), !(value.type == "integer" && types.contains("number")) {
      return "\(place) is \(value.type), expected \(types.joined(separator: " or "))"
    }
    if case .list(let choices)? = rules["enum"], !choices.contains(value) { return "\(place) is none of the choices" }
    if let only = rules["const"], only != value { return "\(place) is not the one value allowed" }
    let size: (value: Double, least: String, most: String)? =
      switch value {
      case .number(let number): (number, "minimum", "maximum")
      case .text(let text): (Double(text.unicodeScalars.count), "minLength", "maxLength")
      case .list(let items): (Double(items.count), "minItems", "maxItems")
      default: nil
      }
    guard let size else { return nil }
    if case .number(let least)? = rules[size.least], size.value < least { return "\(place) is below \(size.least)" }
    if case .number(let most)? = rules[size.most], size.value > most { return "\(place) is above \(size.most)" }
    return nil
  }
}
