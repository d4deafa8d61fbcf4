/// Holds frames to thirty a second while a search runs.
struct FramePacer {
  enum Turn: Equatable {
    case now
    /// A frame is coming anyway.
    case scheduled
    case after(Duration)
  }

  private static let interval = Duration.milliseconds(33)
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?
  private var isScheduled = false

  /// A frame is being painted.
  mutating func painted() {
    last = clock.now
    isScheduled = false
  }

  /// When the next frame may be painted.
  mutating func next() -> Turn {
    guard let last else { return .now }
    let age = clock.now - last
    if age >= Self.interval { return .now }
    if isScheduled { return .scheduled }
    isScheduled = true
    return .after(Self.interval - age)
  }
}
