import Foundation

/// What a server was told in confidence (key, password, query) and says again, by mistake or on purpose: it is replaced before anything
/// is shown, kept or logged.
struct ServerSecrets: Sendable {
  /// What stands in its place.
  static let substitute = "[secret]"
  /// Shorter ones are words of a text as well; they are replaced in messages only.
  private static let shortestInData = 6
  /// Shorter ones are no secrets.
  private static let shortest = 3

  /// The longest first: one may be a part of another.
  private let texts: [String]
  private let inData: [String]

  /// - Parameter texts: as they were told, each of which may come back in another spelling.
  init(_ texts: [String]) {
    let spelled = texts.flatMap { text in
      [text, text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text]
    }
    self.texts = Set(spelled).filter { $0.utf8.count >= Self.shortest }.sorted {
      ($1.utf8.count, $0) < ($0.utf8.count, $1)
    }
    inData = self.texts.filter { $0.utf8.count >= Self.shortestInData }
  }

  /// A message without secrets.
  func message(_ text: String) -> String { Self.replaced(texts, in: text) }

  /// A text that a program reads or keeps, without secrets.
  func data(_ text: String) -> String { Self.replaced(inData, in: text) }

  /// Whether a text ends with a secret, or would with some of its last `newest` bytes left out. Complexity: O(newest + secret).
  func end(_ bytes: [UInt8], newest: Int) -> Bool {
    inData.contains { secret in
      let secret = Array(secret.utf8)
      return bytes.suffix(newest + secret.count - 1).firstRange(of: secret) != nil
    }
  }

  /// What the JSON in `data` says, which is `value`, without secrets. Complexity: O(bytes) where there is none.
  func json(_ value: [String: Any], from data: Data) -> [String: Any] {
    // An escape may spell one otherwise.
    let mayHold = data.contains(UInt8(ascii: "\\")) || inData.contains { data.firstRange(of: Data($0.utf8)) != nil }
    guard !inData.isEmpty, mayHold else { return value }
    return fields(value)
  }

  private func fields(_ fields: [String: Any]) -> [String: Any] {
    Dictionary(fields.map { (data($0.key), json($0.value)) }, uniquingKeysWith: { first, _ in first })
  }

  private func json(_ value: Any) -> Any {
    switch value {
    case let text as String: data(text)
    case let list as [Any]: list.map { json($0) }
    case let fields as [String: Any]: self.fields(fields)
    default: value
    }
  }

  private static func replaced(_ secrets: [String], in text: String) -> String {
    secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: substitute) }
  }
}
