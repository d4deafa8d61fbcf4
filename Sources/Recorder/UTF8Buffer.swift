/// Bytes as they come, turned into text; a character that is cut waits for its rest.
package struct UTF8Buffer {
  private var tail: [UInt8] = []

  package init() {}

  /// The text that is complete with these bytes.
  package mutating func take(_ bytes: [UInt8]) -> String {
    tail += bytes
    guard let end = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return "" }
    let length = tail[end] >= 0xF0 ? 4 : tail[end] >= 0xE0 ? 3 : tail[end] >= 0xC0 ? 2 : 1
    let isCut = tail.count - end < length
    defer { tail = isCut ? Array(tail[end...]) : [] }
    return String(decoding: isCut ? tail[..<end] : tail[...], as: UTF8.self)
  }
}
