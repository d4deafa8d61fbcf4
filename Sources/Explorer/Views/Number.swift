import Vocabulary

/// Numbers as the screen shows them; the same in every locale.
enum Number {
  /// A score with two decimals: `0.84`. What is not a number is `–`.
  static func score(_ value: Double) -> String { fixed(value, decimals: 2) }

  /// A score, or a dash where there is none.
  static func score(_ value: Double?, none: String) -> String { value.map { score($0) } ?? none }

  /// A number with so many decimals, rounded half away from zero.
  static func fixed(_ value: Double, decimals: Int) -> String {
    FixedNumber.text(value, decimals: decimals, none: value.isNaN ? "nan" : value < 0 ? "-inf" : "inf")
  }

  /// A count with thousands separators: `12,345`.
  static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A count in at most five columns: `9999`, `12.3k`, `1.2M`.
  static func short(_ value: Int) -> String {
    switch value {
    case ..<100_000: String(value)
    case ..<1_000_000: "\(value / 1000)k"
    case ..<100_000_000: "\(value / 1_000_000).\(value / 100_000 % 10)M"
    default: "\(value / 1_000_000)M"
    }
  }

  /// A time in few columns: `45 s`, `12 min`, `3 h 20 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "inf" }
    let whole = Int(max(0, seconds).rounded())
    if whole < 90 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    if minutes < 90 { return "\(minutes) min" }
    return "\(minutes / 60) h \(minutes % 60) min"
  }

  /// A count with its noun in the right number.
  static func things(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(Number.count(count)) \(count == 1 ? one : many ?? one + "s")"
  }
}
