/// A value of an exported row; unlike an optional of a `Codable` type, a missing one is written as `null`, so that every
/// row of a file has the same columns.
enum ExportValue: Encodable, Equatable {
  case null
  case flag(Bool)
  case integer(Int)
  case seed(UInt64)
  case number(Double)
  case text(String)
  case list([ExportValue])
  case object([String: ExportValue])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Double?) { self = number.map { $0.isFinite ? .number($0) : .null } ?? .null }
  init(_ flag: Bool?) { self = flag.map { .flag($0) } ?? .null }

  func encode(to encoder: any Encoder) throws {
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
