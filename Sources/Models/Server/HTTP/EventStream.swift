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
  mutating func take(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
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
