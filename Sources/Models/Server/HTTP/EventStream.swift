/// Reads server-sent events (WHATWG HTML, section 9.2) out of a body that arrives in pieces.
struct EventStream {
  /// An event with data.
  struct Event: Equatable {
    /// What the stream calls it; empty where it does not.
    var name = ""
    var data: [UInt8] = []
  }

  /// No event of a model server is longer; one that is comes from something else.
  static let longestLine = 8 << 20

  private var line: [UInt8] = []
  private var event = Event()
  private var hasData = false
  private var endedWithReturn = false

  /// True where a line grew beyond all bounds; nothing more is read.
  private(set) var isOverlong = false

  /// Takes more bytes; every event that they complete. Complexity: O(bytes).
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
    var events: [Event] = []
    for byte in bytes {
      if isOverlong { break }
      let isPair = byte == 0x0A && endedWithReturn
      endedWithReturn = byte == 0x0D
      if isPair { continue }
      if byte == 0x0A || byte == 0x0D {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
        isOverlong = line.count + event.data.count > Self.longestLine
      }
    }
    return events
  }

  /// The event that the end of the body completes.
  mutating func finish() -> Event? {
    if !line.isEmpty { _ = endLine() }
    return endLine()
  }

  private mutating func endLine() -> Event? {
    defer { line.removeAll(keepingCapacity: true) }
    if line.isEmpty {
      defer { (event, hasData) = (Event(), false) }
      return hasData ? event : nil
    }
    if let name = value(of: "event") { event.name = String(decoding: name, as: UTF8.self) }
    if let data = value(of: "data") ?? value(of: "error") {
      append(data)
    } else if line.first == UInt8(ascii: "{") {
      append(line[...])  // a line of JSON among events
    }
    return nil
  }

  private mutating func append(_ data: ArraySlice<UInt8>) {
    if hasData { event.data.append(0x0A) }
    event.data += data
    hasData = true
  }

  private func value(of field: String) -> ArraySlice<UInt8>? {
    let start = Array((field + ":").utf8)
    guard line.starts(with: start) else { return nil }
    let value = line[start.count...]
    return value.first == 0x20 ? value.dropFirst() : value
  }
}

/// Cuts JSON objects out of bytes that arrive in pieces: JSON lines, objects one behind the other, the elements of one list.
struct JSONSplitter {
  /// The bytes of an object that is not complete yet.
  private(set) var rest: [UInt8] = []
  /// `[DONE]` was met.
  private(set) var isDone = false
  private var depth = 0
  private var isString = false
  private var isEscaped = false
  private var between: [UInt8] = []

  /// Takes more bytes; every object that they complete. What stands between objects is left out. Complexity: O(bytes).
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var objects: [[UInt8]] = []
    for byte in bytes {
      if isDone { break }
      if depth == 0, byte != UInt8(ascii: "{") {
        pass(byte)
        continue
      }
      between = []
      rest.append(byte)
      if isString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 {
          objects.append(rest)
          rest = []
        }
      default: break
      }
    }
    return objects
  }

  private mutating func pass(_ byte: UInt8) {
    let done = Array("[DONE]".utf8)
    between.append(byte)
    if between.count > done.count { between.removeFirst() }
    isDone = between == done
  }
}
