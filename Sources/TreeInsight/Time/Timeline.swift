import TreeSearch

/// A run through time: its events, its present tree, and its tree at any earlier moment.
///
/// A *moment* is a number of events: at moment m the first m events of the journal have been applied, whatever came later.
///
/// The tree is a value, so a snapshot is a copy that shares its storage until the next event. Snapshots stand at equal
/// distances; when there are too many of them, every second one is dropped and the distance doubles. There are at most
/// ``mostSnapshots``, of ``snapshotNodes`` nodes in all or of four times the present tree's. With n events and s nodes,
/// memory is O(n + s), events packed, and going to any moment replays at most max(256, n / 16) events on a copy of s nodes,
/// n / 4 once the tree has outgrown a hundred thousand nodes: a few milliseconds at 10⁵ events.
public struct Timeline: Sendable {
  /// The tree after every event so far.
  public private(set) var latest: SearchTree
  /// The first moment that is known: 0 where the whole journal is.
  public let start: Int
  /// Events since ``start``, in order.
  public private(set) var events = PackedEvents()
  /// Moments right after the events that end a phase, ascending.
  private(set) var stops: [Int] = []

  /// Trees at ``start`` and every ``spacing`` events after it.
  private(set) var snapshots: [SearchTree]
  private(set) var spacing = 256

  /// Nodes that the tree is going to have soon.
  private var room = 0

  /// Snapshots kept at most.
  static let mostSnapshots = 32
  /// Nodes that all snapshots together may always have: about a hundred megabytes.
  var snapshotNodes = 500_000

  /// A run whose past before `tree` is not known, or has not begun. Complexity: O(1).
  public init(_ tree: SearchTree) {
    latest = tree
    start = tree.eventCount
    snapshots = [tree]
  }

  /// The run that `events` make. Throws `ReplayError` at the first that does not fit. Complexity: O(events × depth).
  public init(header: RunHeader, events: [SearchEvent]) throws {
    self.init(SearchTree(header: header))
    try append(events)
  }

  /// The present moment: events of the run so far.
  public var count: Int { start + events.count }

  /// The event that led to `moment`; nil at the first moment and beyond the present. Complexity: O(1).
  public func event(before moment: Int) -> SearchEvent? {
    let index = moment - start - 1
    return events.indices.contains(index) ? events[index] : nil
  }

  /// Goes on by one event. Throws `ReplayError` and changes nothing where it does not fit.
  ///
  /// Complexity: that of applying the event, and O(nodes) more after a snapshot, which comes ever more rarely.
  public mutating func append(_ event: SearchEvent) throws {
    try latest.apply(event)
    events.append(event)
    if Phase(event) != nil { stops.append(count) }
    if events.count == snapshots.count * spacing { keepSnapshot() }
  }

  /// The run is going to have so many events and nodes soon: snapshots stand from now on as far apart as they will then, and the tree
  /// has room. Nothing but time depends on what is said.
  package mutating func expect(events: Int, nodes: Int) {
    room = nodes
    let most = min(Self.mostSnapshots, max(8, 2 * snapshotNodes / max(1, nodes)))
    while events / spacing >= most { spread() }
    latest.makeRoom(for: room)
  }

  /// The next events are those of `portion`, packed already; nil where they are any others.
  package mutating func expect(_ portion: PackedEvents.Portion?) { events.expect(portion) }

  /// Goes on by several events. Throws `ReplayError` at the first that does not fit; those before it have been applied.
  public mutating func append(_ events: some Sequence<SearchEvent>) throws {
    for event in events { try append(event) }
  }

  /// The tree as it was at `moment`, which is brought into the range from ``start`` to ``count``.
  ///
  /// Complexity: O(nodes + max(256, events / 16) × depth).
  public func tree(at moment: Int) -> SearchTree {
    if moment >= count { return latest }
    var tree = snapshot(before: moment)
    move(&tree, to: moment)
    return tree
  }

  /// Brings `tree`, this run's tree at any moment, to `moment`.
  ///
  /// Going a little forwards costs O(distance × depth) where nobody else holds `tree`; otherwise as ``tree(at:)``.
  public func move(_ tree: inout SearchTree, to moment: Int) {
    let moment = min(max(moment, start), count)
    if moment == count { return tree = latest }
    let nearest = snapshot(before: moment)
    if !(nearest.eventCount...moment).contains(tree.eventCount) { tree = nearest }
    events.forEach(in: (tree.eventCount - start)..<(moment - start)) { Self.apply($0, to: &tree) }
  }

  /// Goes through the run once: `body` is given each event and the tree right after it. Complexity: O(events × depth) where `body`
  /// keeps no tree.
  public func replay(_ body: (SearchEvent, SearchTree) -> Void) {
    var tree = snapshots[0]
    events.forEach(in: 0..<events.count) { event in
      Self.apply(event, to: &tree)
      body(event, tree)
    }
  }

  private static func apply(_ event: SearchEvent, to tree: inout SearchTree) {
    do {
      try tree.apply(event)
    } catch {
      // Applying is a function of tree and event, and this event has been applied to this tree before.
      preconditionFailure("\(error)")
    }
  }

  private func snapshot(before moment: Int) -> SearchTree {
    snapshots[max(0, moment - start) / spacing]
  }

  private mutating func keepSnapshot() {
    snapshots.append(latest)
    let mostNodes = max(snapshotNodes, 4 * latest.nodes.count)
    while snapshots.count > Self.mostSnapshots || snapshots.reduce(0, { $0 + $1.nodes.count }) > mostNodes { spread() }
    // The next event would copy the tree with no more room than it needs.
    latest.makeRoom(for: room)
  }

  /// Drops every second snapshot.
  private mutating func spread() {
    snapshots = stride(from: 0, to: snapshots.count, by: 2).map { snapshots[$0] }
    spacing *= 2
  }
}
