import Explorer
import Foundation

extension TimeOfDay {
  /// What the clock shows in the zone that TZ, or the system, says.
  static var now: TimeOfDay {
    var (seconds, local) = (time(nil), tm())
    localtime_r(&seconds, &local)
    return TimeOfDay(hour: Int(local.tm_hour), minute: Int(local.tm_min), second: Int(local.tm_sec))
  }
}
