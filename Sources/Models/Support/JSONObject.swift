import Foundation

/// A JSON object read from a file, whose accessors name the file and the field in every error.
struct JSONObject {
  let file: String
  let path: String
  let fields: [String: Any]

  /// Parses `data`; the top level must be an object.
  init(_ data: Data, file: String) throws {
    guard let value = try? JSONSerialization.jsonObject(with: data), let fields = value as? [String: Any] else {
      throw ModelError(file, "expected a JSON object")
    }
    self.init(file: file, path: "", fields: fields)
  }

  init(file: String, path: String, fields: [String: Any]) {
    self.file = file
    self.path = path
    self.fields = fields
  }

  /// Whether the field is there and not null.
  func has(_ name: String) -> Bool {
    // A cast would make an Objective-C object of the whole value first.
    fields[name].map { ObjectIdentifier(type(of: $0)) != ObjectIdentifier(NSNull.self) } ?? false
  }

  /// Whether the field is an object without fields.
  func isEmpty(_ name: String) -> Bool { (fields[name] as? [String: Any])?.isEmpty == true }

  func error(_ name: String, _ expected: String) -> ModelError {
    ModelError(file, path.isEmpty ? name : "\(path).\(name)", expected)
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
    guard has(name) else { throw error(name, "expected an integer, the field is missing") }
    guard let number = fields[name] as? Double, number == number.rounded(), abs(number) < 1e15,
      !(fields[name] is String)
    else { throw error(name, "expected an integer") }
    guard range.contains(Int(number)) else {
      throw error(name, "expected an integer in \(range.lowerBound)…\(range.upperBound), got \(Int(number))")
    }
    return Int(number)
  }

  func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) throws -> Int {
    has(name) ? try integer(name, in: range) : value
  }

  /// A whole number that may be missing or of another kind.
  func integerIfAny(_ name: String) -> Int? { (fields[name] as? Double).flatMap(Int.init(exactly:)) }

  func number(_ name: String, default value: Double) throws -> Double {
    guard has(name) else { return value }
    guard let number = fields[name] as? Double, number.isFinite else { throw error(name, "expected a number") }
    return number
  }

  func flag(_ name: String, default value: Bool) throws -> Bool {
    guard has(name) else { return value }
    guard let flag = fields[name] as? Bool else { throw error(name, "expected true or false") }
    return flag
  }

  func string(_ name: String) throws -> String {
    guard let string = fields[name] as? String else { throw error(name, "expected a string") }
    return string
  }

  func object(_ name: String) throws -> JSONObject {
    guard let fields = fields[name] as? [String: Any] else { throw error(name, "expected an object") }
    return JSONObject(file: file, path: path.isEmpty ? name : "\(path).\(name)", fields: fields)
  }

  /// An array of objects; empty where the field is missing or null.
  func objects(_ name: String) throws -> [JSONObject] {
    guard has(name) else { return [] }
    guard let items = fields[name] as? [[String: Any]] else { throw error(name, "expected an array of objects") }
    let base = path.isEmpty ? name : "\(path).\(name)"
    return items.enumerated().map { JSONObject(file: file, path: "\(base)[\($0.offset)]", fields: $0.element) }
  }
}
