import Foundation

/// The one place where tests wait: for a condition, never for a time.
enum Waiting {
  struct Expired: Error, CustomStringConvertible {
    let what: String
    let screen: String
    var description: String { "waited in vain for \(what); the screen was:\n\(screen)" }
  }

  /// True as soon as `condition` holds, false after a minute of pauses without. Looks often at first, then less: to look costs a
  /// process.
  ///
  /// Pauses are counted, not the clock: where a machine is slow, to look takes longer, and what is waited for has as much more time;
  /// one that stood still for a while has not used the time up.
  static func until(lookingEvery longest: Double = 0.1, _ condition: () throws -> Bool) rethrows -> Bool {
    var pause = min(0.01, longest)
    var waited = 0.0
    while true {
      if try condition() { return true }
      if waited >= 60 { return false }
      // A run loop without sources would come back at once.
      _ = poll(nil, 0, Int32(pause * 1000))
      waited += pause
      pause = min(longest, pause * 1.5)
    }
  }
}
