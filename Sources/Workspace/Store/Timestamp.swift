import Foundation

/// Moments as text: ISO 8601 in UTC with milliseconds, which sorts as it reads.
enum Timestamp {
  static func text(_ date: Date) -> String { date.formatted(style) }

  static func date(_ text: String) -> Date? { try? style.parse(text) }

  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
