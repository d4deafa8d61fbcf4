import TreeSearch

/// All watchdogs of one search. What has been told is not told again until the person goes on.
public struct Watchdogs: Sendable {
  /// Every watchdog there is, in the order of their alarms.
  public static let all: [any Watchdog.Type] = [
    VisitWatchdog.self, BackupWatchdog.self, RewardWatchdog.self, WidthWatchdog.self, ConstantCriticWatchdog.self,
    LabelWatchdog.self, LogProbabilityWatchdog.self, SeedWatchdog.self, CalibrationWatchdog.self,
  ]

  private var dogs: [any Watchdog]
  private var told: Set<Cause> = []

  private struct Cause: Hashable {
    let watchdog, cause: String
  }

  /// Watchdogs for what happens after `tree`. Complexity: O(nodes), once.
  public init(tree: SearchTree) { dogs = Self.all.map { $0.init(tree: tree) } }

  /// What is newly wrong after events that have made `tree`. Complexity: O(depth) an event.
  public mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm] {
    var alarms: [Alarm] = []
    for index in dogs.indices { alarms += dogs[index].alarms(after: seen, in: tree) }
    return alarms.filter { told.insert(Cause(watchdog: $0.watchdog, cause: $0.cause)).inserted }
  }

  /// The person has read the alarms and goes on: the same causes count as new.
  public mutating func goOn() { told = [] }
}
