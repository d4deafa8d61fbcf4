/// The children of each node, with W and N of each side by side: what the hot path of selection reads.
///
/// The statistics are a copy of those in ``Node``, kept because siblings lie scattered over the arena, wherever each was
/// when it was made: to read them there is to wait for memory once a child. The children of one node are a *group*, in
/// order of creation, with room for 2, 4, 8, … of them; a group that is full moves into one twice as large and leaves its
/// room to others.
struct ChildTable: Sendable, Equatable {
  /// One child.
  struct Entry: Sendable, Equatable {
    /// W; 0 for a child that is closed.
    var valueSum: Double = 0
    /// N, 0 before the first backup; ``closed`` for a child that selection may not enter, and where there is none.
    var visits: Int32 = Self.closed
    /// The child; ``NodeID/none`` where there is none.
    var node = NodeID.none

    static let closed: Int32 = -1

    /// A child before its first backup, or the place of none.
    init(_ id: NodeID = .none) {
      node = id
      if id.exists { visits = 0 }
    }

    /// What `node` says of itself.
    init(_ node: Node, _ id: NodeID) {
      self.node = id
      if node.isOpen { (valueSum, visits) = (node.valueSum, node.visitCount) }
    }

    /// `reward` was backed up through the child.
    @inline(__always)
    mutating func backUp(_ reward: Double) {
      guard visits != Self.closed else { return }
      visits += 1
      valueSum += reward
    }
  }

  /// Where a group lies, and how much room it has: half the place of its first entry, and in the lowest five bits the
  /// number of times it has doubled.
  struct Group: Sendable, Equatable {
    private let bits: Int32

    /// Of a node without children.
    static let none = Group(bits: -1)

    @inline(__always) var exists: Bool { bits >= 0 }
    @inline(__always) var start: Int { Int(bits >> 5) * 2 }
    @inline(__always) var doublings: Int { Int(bits & 31) }
    @inline(__always) var room: Int { 2 << doublings }
    @inline(__always) var range: Range<Int> { start..<start + room }

    private init(bits: Int32) { self.bits = bits }
    init(start: Int, doublings: Int) { bits = Int32(start / 2) << 5 | Int32(doublings) }
  }

  private(set) var entries: ContiguousArray<Entry> = []
  /// Starts of groups that were left, by the number of times they had doubled.
  private var left: [[Int]] = []

  /// Makes room for so many more children, half of them in groups that are not full.
  mutating func reserve(_ more: Int) { entries.reserveCapacity(entries.count + more + more / 2) }

  /// How many children a group holds. Complexity: O(log children).
  func count(_ group: Group) -> Int {
    guard group.exists else { return 0 }
    // More than half of the room is taken: one group smaller would have done otherwise.
    var (low, high) = (group.room / 2, group.room)
    while low < high {
      let middle = (low + high) / 2
      if entries[group.start + middle].node.exists { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds `node` as the youngest child of a group of `count` children. Returns the group, which may have moved, and the
  /// child's place. Complexity: amortised O(1).
  @inline(__always)
  mutating func append(_ node: NodeID, to group: Group, count: Int) -> (group: Group, place: Int) {
    var group = group
    if !group.exists || count == group.room { group = grown(group) }
    let place = group.start + count
    entries[place] = Entry(node)
    return (group, place)
  }

  /// `group` with twice the room; room for two where there was none.
  private mutating func grown(_ group: Group) -> Group {
    guard group.exists else { return Group(start: room(0), doublings: 0) }
    let new = Group(start: room(group.doublings + 1), doublings: group.doublings + 1)
    for at in 0..<group.room {
      entries[new.start + at] = entries[group.start + at]
      entries[group.start + at] = Entry()
    }
    while left.count <= group.doublings { left.append([]) }
    left[group.doublings].append(group.start)
    return new
  }

  /// The start of a group of empty entries: one that was left, else new room at the end.
  private mutating func room(_ doublings: Int) -> Int {
    if doublings < left.count, let start = left[doublings].popLast() { return start }
    for _ in 0..<2 << doublings { entries.append(Entry()) }
    return entries.count - (2 << doublings)
  }

  /// Sets what is said of the child at `place`.
  mutating func set(_ entry: Entry, at place: Int) { entries[place] = entry }

  /// Changes entries in place.
  @inline(__always)
  mutating func change(_ body: (UnsafeMutableBufferPointer<Entry>) -> Void) {
    entries.withUnsafeMutableBufferPointer { body($0) }
  }
}
