import Foundation

/// Turns what arrives of an answer into JSON objects: the events of an event stream, or the one object of any other body.
struct AnswerBody {
  let endpoint: String
  let path: String
  private var status = 0
  private var headers: [String: String] = [:]
  private var events: EventStream?
  private var bytes = Data()
  /// The server said that nothing more comes.
  private(set) var isDone = false

  init(endpoint: String, path: String) {
    self.endpoint = endpoint
    self.path = path
  }

  /// The objects that `event` completes.
  mutating func feed(_ event: HTTPTransport.Event) throws -> [JSONObject] {
    switch event {
    case .head(let status, let headers):
      (self.status, self.headers) = (status, headers)
      if status == 200, headers["content-type"]?.contains("text/event-stream") == true { events = EventStream() }
      return []
    case .data(let data):
      guard events != nil else {
        bytes += data
        guard bytes.count <= ServerEndpoint.longestBody else {
          throw ServerError(.shape, endpoint, "\(path): expected an answer of at most 64 MiB")
        }
        return []
      }
      let complete = events?.feed(data) ?? []
      if events?.isOverlong == true {
        throw ServerError(.shape, endpoint, "\(path): expected events of at most 8 MiB")
      }
      return try complete.compactMap { try object($0) }
    }
  }

  /// The objects that the end of the body completes.
  mutating func finish() throws -> [JSONObject] {
    if events != nil {
      guard let last = events?.finish(), let object = try object(last) else { return [] }
      return [object]
    }
    guard status == 200 else { throw StatusError(status, headers, bytes).error(endpoint, path) }
    guard !bytes.isEmpty else { return [] }
    return try [checked(bytes)]
  }

  private mutating func object(_ event: [UInt8]) throws -> JSONObject? {
    if isDone || event.isEmpty { return nil }
    if event == Array("[DONE]".utf8) {
      isDone = true
      return nil
    }
    return try checked(Data(event))
  }

  /// The object in `data`; an error where it is none, or one that reports an error.
  private func checked(_ data: Data) throws -> JSONObject {
    guard let value = try? JSONSerialization.jsonObject(with: data) else {
      let kind = headers["content-type"].map { " of type \($0)" } ?? ""
      throw ServerError(.notJSON, endpoint, "\(path): expected JSON, got a text\(kind): \(Self.beginning(data))")
    }
    guard let fields = value as? [String: Any] else {
      throw ServerError(.shape, endpoint, "\(path): expected a JSON object")
    }
    let object = JSONObject(file: endpoint, path: "", fields: fields)
    if object.has("error") { throw StatusError(object, status: status).error(endpoint, path) }
    return object
  }

  static func beginning(_ data: Data) -> String {
    let text = String(decoding: data.prefix(200), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    return String(text.joined(separator: " ").prefix(80))
  }
}

/// Reads server-sent events (WHATWG HTML, section 9.2) out of a body that arrives in pieces.
struct EventStream {
  /// No event of a model server is longer; one that is comes from something else.
  static let longestLine = 8 << 20

  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithReturn = false

  /// True where a line grew beyond all bounds; nothing more is read.
  private(set) var isOverlong = false

  /// Takes more bytes; the data of every event that they complete. Complexity: O(bytes).
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      if isOverlong { break }
      let isPair = byte == 0x0A && endedWithReturn
      endedWithReturn = byte == 0x0D
      if isPair { continue }
      if byte == 0x0A || byte == 0x0D {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
        isOverlong = line.count + data.count > Self.longestLine
      }
    }
    return events
  }

  /// The data of an event that the end of the body completes.
  mutating func finish() -> [UInt8]? {
    if !line.isEmpty { _ = endLine() }
    return endLine()
  }

  private mutating func endLine() -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    if line.isEmpty {
      defer { (data, hasData) = ([], false) }
      return hasData ? data : nil
    }
    for field in [Array("data:".utf8), Array("error:".utf8)] where line.starts(with: field) {
      if hasData { data.append(0x0A) }
      let value = line[field.count...]
      data += value.first == 0x20 ? value.dropFirst() : value
      hasData = true
    }
    return nil
  }
}
