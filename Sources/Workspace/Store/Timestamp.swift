import Foundation

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
