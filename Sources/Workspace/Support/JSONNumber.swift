/// Numbers as JSON has them, read without the library where that is exact.
enum JSONNumber {
  /// The number that `text` is; nil where it is none. Rounded correctly. Complexity: O(length).
  static func value(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    let isNegative = text.first == UInt8(ascii: "-")
    var at = isNegative ? 1 : 0
    let first = at
    var (significand, fraction): (UInt64, Int?) = (0, nil)
    while at < text.count {
      let digit = text[at] &- 0x30
      if digit < 10 {
        significand = significand &* 10 &+ UInt64(digit)
      } else if text[at] == UInt8(ascii: "."), fraction == nil, at > first {
        fraction = at
      } else {
        break
      }
      at += 1
    }
    let places = fraction.map { at - $0 - 1 } ?? 0
    let digits = at - first - (fraction == nil ? 0 : 1)
    if at == text.count, digits > 0, places > 0 || fraction == nil,
      let value = exact(significand, digits: digits, places: places)
    {
      return isNegative ? -value : value
    }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// The number whose `digits` digits are `significand`, the last `places` of them behind the point, where one rounding gives it; nil
  /// where the library is to decide.
  ///
  /// Up to 2^53 and 10^22 both parts are exact, and so is the one division (Clinger, "How to read floating point numbers
  /// accurately", 1990).
  static func exact(_ significand: UInt64, digits: Int, places: Int) -> Double? {
    guard digits <= 19, significand < 1 << 53, places < powers.count else { return nil }
    return Double(significand) / powers[places]
  }

  private static let powers: [Double] = (0...22).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }
}
