/// Which parts of the screen a person wants.
struct Arrangement: Hashable, Sendable {
  /// Whether the timeline is shown; nil shows it where there is room to spare.
  var showsTimeline: Bool?

  /// Rows of the timeline with its rule on a screen of this size; 0 hides it.
  func timelineRows(_ size: Size) -> Int {
    guard showsTimeline ?? (size.rows >= 34) else { return 0 }
    return size.rows >= 22 ? 4 : size.rows >= 14 ? 3 : 2
  }
}

/// What the left button of the mouse can hold.
enum Grip: Hashable, Sendable {
  /// The moment looked at.
  case timeline
}
