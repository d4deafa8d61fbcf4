import TreeSearch

/// Looks for one way in which a search can be broken, event by event.
///
/// It is told every event that makes the tree, in batches; the tree is the one after the batch. It compares with what it
/// remembers and never changes anything. What it looks at is what the events touched: O(depth) an event.
public protocol Watchdog: Sendable {
  /// A word or two, as in messages and in the configuration.
  static var name: String { get }
  /// A watchdog for what happens after `tree`, which it takes as sound. Complexity: O(nodes) at most.
  init(tree: SearchTree)
  /// What is wrong after events that have made `tree`.
  mutating func alarms(after seen: [Observation], in tree: SearchTree) -> [Alarm]
}

/// What a watchdog found.
public struct Alarm: Hashable, Sendable {
  /// The watchdog's name.
  public let watchdog: String
  /// What it is about, so that the same finding is told once.
  public let cause: String
  /// Where it was found.
  public let node: NodeID
  /// What is wrong, in a sentence without a full stop.
  public let finding: String

  init(_ watchdog: any Watchdog.Type, cause: String, at node: NodeID, _ finding: String) {
    self.watchdog = watchdog.name
    self.cause = cause
    self.node = node
    self.finding = finding
  }

  /// One line.
  public var sentence: String { "watchdog '\(watchdog)' at node \(node): \(finding)" }
}

extension Observation {
  /// True where the event may take visits out of a branch or put them back.
  var movesVisits: Bool {
    switch event {
    case .failed, .intervened, .undone, .redone: true
    default: false
    }
  }
}

extension SearchTree {
  /// Nodes at which a backup from `id` counts, `id` first: up to the first that is hidden. Complexity: O(depth).
  func backedUpPath(from id: NodeID) -> [NodeID] {
    var path: [NodeID] = []
    var at = id
    while at.exists {
      path.append(at)
      at = self[at].isShown ? self[at].parent : .none
    }
    return path
  }
}

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
