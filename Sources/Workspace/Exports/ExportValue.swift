/// A value of an exported row; unlike an optional of a `Codable` type, a missing one is written as `null`, so that every
/// row of a file has the same columns.
public enum ExportValue: Encodable, Hashable, Sendable {
  /// Nothing.
  case null
  /// True or false.
  case flag(Bool)
  /// A whole number.
  case integer(Int)
  /// A seed, which may be beyond the signed integers.
  case seed(UInt64)
  /// A finite number.
  case number(Double)
  /// Text.
  case text(String)
  /// Values in order.
  case list([ExportValue])
  /// Values by name.
  case object([String: ExportValue])

  /// A text, or null.
  public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  /// A number, or null where there is none or it is not finite.
  public init(_ number: Double?) { self = number.map { $0.isFinite ? .number($0) : .null } ?? .null }
  /// A flag, or null.
  public init(_ flag: Bool?) { self = flag.map { .flag($0) } ?? .null }

  /// Writes the value alone.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.singleValueContainer()
    switch self {
    case .null: try c.encodeNil()
    case .flag(let value): try c.encode(value)
    case .integer(let value): try c.encode(value)
    case .seed(let value): try c.encode(value)
    case .number(let value): try c.encode(value)
    case .text(let value): try c.encode(value)
    case .list(let values): try c.encode(values)
    case .object(let values): try c.encode(values)
    }
  }
}
