import Explorer
import Foundation

/// Holds frames to thirty a second while a search runs.
struct FramePacer {
  enum Turn: Equatable {
    case now
    /// A frame is coming anyway.
    case scheduled
    /// Ask ``due(at:)`` after so long.
    case after(Duration)
  }

  static let interval = Duration.milliseconds(33)
  private var last: ContinuousClock.Instant?
  private var isScheduled = false

  /// A frame is being painted, for whatever reason.
  mutating func painted(at now: ContinuousClock.Instant) { last = now }

  /// When the next frame may be painted.
  mutating func next(at now: ContinuousClock.Instant) -> Turn {
    if isScheduled { return .scheduled }
    guard let last, now - last < Self.interval else { return .now }
    isScheduled = true
    return .after(Self.interval - (now - last))
  }

  /// The scheduled time has come; a key may have had its own frame since.
  mutating func due(at now: ContinuousClock.Instant) -> Turn {
    isScheduled = false
    return next(at: now)
  }
}

extension TimeOfDay {
  /// What the clock shows in the zone that TZ, or the system, says.
  static var now: TimeOfDay {
    var (seconds, local) = (time(nil), tm())
    localtime_r(&seconds, &local)
    return TimeOfDay(hour: Int(local.tm_hour), minute: Int(local.tm_min), second: Int(local.tm_sec))
  }
}
