import Foundation
import TreeSearch
import Vocabulary

/// JSON whose bytes depend on the value alone: sorted keys, no white space, slashes as they are.
///
/// Infinite log-probabilities travel as the words `inf`, `-inf` and `nan`, which JSON has no numbers for.
public enum CanonicalJSON {
  /// The canonical bytes of `value`, UTF-8, without a line break at the end.
  public static func data(_ value: some Encodable) throws -> Data { try encoder().encode(value) }

  /// ``data(_:)`` as text.
  public static func text(_ value: some Encodable) throws -> String {
    String(decoding: try data(value), as: UTF8.self)
  }

  /// Reads what ``data(_:)`` wrote.
  public static func value<T: Decodable>(_ type: T.Type, from data: Data) throws -> T {
    try decoder().decode(type, from: data)
  }

  /// An encoder for many values; not to be shared between threads.
  static func encoder() -> JSONEncoder { EventJSON.encoder() }

  /// A decoder for many values; not to be shared between threads.
  static func decoder() -> JSONDecoder { EventJSON.decoder() }

  /// What went wrong in words: the path of keys and what was expected there.
  static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)".printable }
    func at(_ context: DecodingError.Context, _ what: String) -> String {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return (path.isEmpty ? what : "\(path): \(what)").printable
    }
    switch error {
    case .typeMismatch(let type, let context): return at(context, "expected \(type)")
    case .valueNotFound(let type, let context): return at(context, "expected \(type), found null")
    case .keyNotFound(let key, let context): return at(context, "'\(key.stringValue)' is missing")
    case .dataCorrupted(let context): return at(context, context.debugDescription)
    @unknown default: return "unreadable"
    }
  }
}

/// Moments as text: ISO 8601 in UTC with milliseconds, which sorts as it reads.
enum Timestamp {
  static func text(_ date: Date) -> String {
    // The style cuts off what lies below a millisecond; a quarter more keeps a rounded value from falling short of itself.
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded() + 0.25
    return Date(timeIntervalSince1970: milliseconds / 1000).formatted(style)
  }

  static func date(_ text: String) -> Date? { try? style.parse(text) }

  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
