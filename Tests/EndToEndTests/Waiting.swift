import Foundation

/// The one place where tests wait: for a condition, never for a time.
enum Waiting {
  struct Expired: Error, CustomStringConvertible {
    let what: String
    let screen: String
    var description: String { "waited in vain for \(what); the screen was:\n\(screen)" }
  }

  /// True as soon as `condition` holds, false after a minute without. Looks often at first, then less: to look costs a process.
  static func until(lookingEvery longest: Double = 0.1, _ condition: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: 60)
    var pause = min(0.01, longest)
    while Date() < end {
      if try condition() { return true }
      RunLoop.current.run(until: Date(timeIntervalSinceNow: pause))
      pause = min(longest, pause * 1.5)
    }
    return false
  }
}
