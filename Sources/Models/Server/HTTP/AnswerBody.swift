import Foundation

/// Turns what arrives of an answer into JSON objects, whatever it is called: the events of an event stream, JSON lines, or
/// the one object of a whole body. What it is, its first bytes say.
struct AnswerBody {
  private enum Form {
    case events(EventStream)
    case objects(JSONSplitter)
    /// Read as a whole: what is no JSON object, and what came with another status than 200.
    case whole
  }

  let endpoint: String
  let path: String
  private let secrets: ServerSecrets
  private var status = 0
  private var headers: [String: String] = [:]
  private var form: Form?
  /// The beginning of the body before its form is known; all of it where it is read as a whole.
  private var bytes = Data()
  /// The server said that nothing more comes.
  private(set) var isDone = false

  init(endpoint: String, path: String, _ secrets: ServerSecrets) {
    self.endpoint = endpoint
    self.path = path
    self.secrets = secrets
  }

  /// The objects that `event` completes.
  mutating func feed(_ event: HTTPTransport.Event) throws -> [JSONObject] {
    switch event {
    case .head(let status, let headers):
      (self.status, self.headers) = (status, headers)
      if status != 200 { form = .whole }
      return []
    case .data(let data): return try feed(data)
    }
  }

  private mutating func feed(_ data: Data) throws -> [JSONObject] {
    switch form {
    case nil:
      bytes += data
      guard let found = Self.form(of: bytes, headers["content-type"] ?? "") else { return [] }
      form = found
      if case .whole = found { return [] }
      defer { bytes = Data() }
      return try read(bytes)
    case .whole:
      bytes += data
      guard bytes.count <= ServerEndpoint.longestBody else {
        throw ServerError(.shape, endpoint, "\(path): expected an answer of at most 64 MiB")
      }
      return []
    case .events, .objects: return try read(data)
    }
  }

  /// The objects that the end of the body completes.
  mutating func finish() throws -> [JSONObject] {
    guard status == 200 else { throw StatusError(status, headers, bytes, secrets).error(endpoint, path) }
    switch form {
    case .events(var stream):
      guard let last = stream.finish() else { return [] }
      return try objects(in: last)
    case .objects(let splitter):
      guard splitter.rest.isEmpty else { throw notJSON(Data(splitter.rest)) }
      return []
    case .whole, nil:
      guard bytes.contains(where: { !Self.isSpace($0) }) else { return [] }
      if LenientJSON.value(bytes) == nil { throw notJSON(bytes) }
      throw ServerError(.shape, endpoint, "\(path): expected a JSON object")
    }
  }

  /// What a body that begins with `bytes` is; nil where it is too early to say.
  private static func form(of bytes: Data, _ type: String) -> Form? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = (bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes).drop(while: isSpace)
    guard let first = start.first else { return nil }
    switch first {
    case UInt8(ascii: "{"): return .objects(JSONSplitter())
    case UInt8(ascii: "["):
      // A list of objects; another list is read as a whole and refused.
      guard let next = start.dropFirst().first(where: { !isSpace($0) }) else { return nil }
      return next == UInt8(ascii: "{") ? .objects(JSONSplitter()) : .whole
    case UInt8(ascii: ":"): return .events(EventStream())
    default: break
    }
    let fields = ["data:", "event:", "id:", "retry:", "error:"]
    if fields.contains(where: { start.starts(with: $0.utf8) }) { return .events(EventStream()) }
    if fields.contains(where: { Array($0.utf8).starts(with: start) }) { return nil }
    return type.contains("text/event-stream") ? .events(EventStream()) : .whole
  }

  private mutating func read(_ data: Data) throws -> [JSONObject] {
    switch form {
    case .events(var stream):
      form = .whole  // the stream is changed in place
      let complete = stream.feed(data)
      form = .events(stream)
      if stream.isOverlong { throw ServerError(.shape, endpoint, "\(path): expected events of at most 8 MiB") }
      return try complete.flatMap { try objects(in: $0) }
    case .objects(var splitter):
      form = .whole
      let complete = splitter.feed(data)
      form = .objects(splitter)
      guard splitter.rest.count <= ServerEndpoint.longestBody else {
        throw ServerError(.shape, endpoint, "\(path): expected an answer of at most 64 MiB")
      }
      isDone = isDone || splitter.isDone
      return try complete.compactMap { try checked(Data($0)) }
    case .whole, nil: return []
    }
  }

  /// The objects in an event's data: one, or more where a server leaves out the blank lines between events.
  private mutating func objects(in event: EventStream.Event) throws -> [JSONObject] {
    if isDone || event.data.isEmpty { return [] }
    var splitter = JSONSplitter()
    let complete = splitter.feed(event.data)
    isDone = splitter.isDone
    if !splitter.rest.isEmpty { throw notJSON(Data(event.data)) }
    // Where there is none, it is a sign of life, such as "ping".
    return try complete.compactMap { try checked(Data($0), name: event.name) }
  }

  /// The object in `data`; an error where it is none, or one that reports an error.
  private mutating func checked(_ data: Data, name: String = "") throws -> JSONObject? {
    guard let fields = LenientJSON.value(data) as? [String: Any] else { throw notJSON(data) }
    let object = JSONObject(file: endpoint, path: "", fields: secrets.json(fields, from: data))
    let isError = name == "error" || (fields["object"] as? String) == "error"
    if Self.tellsError(fields["error"]) || isError {
      throw StatusError(object, status: status, secrets).error(endpoint, path)
    }
    return object
  }

  /// Some servers have the field in every answer, with nothing in it.
  private static func tellsError(_ error: Any?) -> Bool {
    switch error {
    case nil, is NSNull: false
    case let text as String: !text.isEmpty
    case let fields as [String: Any]: !fields.isEmpty
    case let list as [Any]: !list.isEmpty
    case let flag as Bool: flag
    default: true
    }
  }

  private func notJSON(_ data: Data) -> ServerError {
    let kind = headers["content-type"].map { " of type \(secrets.message($0))" } ?? ""
    return ServerError(
      .notJSON, endpoint, "\(path): expected JSON, got a text\(kind): \(Self.beginning(data, secrets))")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { WordBoundary.isSpace(byte) || byte == 0x1E }

  /// The first words of a body. Secrets are looked for before it is cut: a half of one is one.
  static func beginning(_ data: Data, _ secrets: ServerSecrets) -> String {
    let text = secrets.message(String(decoding: data.prefix(4096), as: UTF8.self)).prefix(200)
    return String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(80))
  }
}

/// JSON as servers written in Python have it, where a number may be `NaN` or `Infinity`: these become null.
enum LenientJSON {
  /// The value in `data`; nil where it is no JSON.
  static func value(_ data: Data) -> Any? {
    if let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) { return value }
    guard let tamed = tamed(Array(data)) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(tamed), options: .fragmentsAllowed)
  }

  private static let words = ["-Infinity", "Infinity", "NaN", "-inf", "inf", "nan"].map { Array($0.utf8) }

  /// `bytes` with null in place of what is no number; nil where there is none of it. Complexity: O(length).
  private static func tamed(_ bytes: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    var (at, isString, isChanged) = (0, false, false)
    while at < bytes.count {
      let byte = bytes[at]
      if isString {
        if byte == UInt8(ascii: "\\"), at + 1 < bytes.count {
          out += bytes[at...at + 1]
          at += 2
          continue
        }
        isString = byte != UInt8(ascii: "\"")
      } else if byte == UInt8(ascii: "\"") {
        isString = true
      } else if let word = words.first(where: { bytes[at...].starts(with: $0) }) {
        out += "null".utf8
        at += word.count
        isChanged = true
        continue
      }
      out.append(byte)
      at += 1
    }
    return isChanged ? out : nil
  }
}
