import TreeInsight
import TreeSearch

/// What a person does to a tree, from the first of acts that belong together until all that follows from them is there: a line
/// of one's own changes nothing before every critic has judged it.
struct ActWatch: Sendable {
  /// How things stood before.
  let before: Standing
  /// The number of the first act.
  let first: Int
  /// What was done, in words, act by act.
  private(set) var words: [String] = []
  /// The nodes acted on.
  private(set) var touched: [NodeID] = []
  /// Lines that have been added and not been backed up.
  private(set) var awaited: Set<NodeID> = []
  /// Lines that have not been added yet.
  private var due = 0
  /// Lines in all, and the node below which the first was put.
  private var lines = 0
  private var parent = NodeID.root
  /// True where mean values have moved.
  private var movesMeans = false
  /// Simulations that ended meanwhile and were none of this.
  private var meanwhile = 0

  init(_ before: Standing, first: Int) {
    self.before = before
    self.first = first
  }

  /// True while something is still to come of what was done.
  var isUnderWay: Bool { due > 0 || !awaited.isEmpty }

  /// Takes up an act that belongs to it, in words; `movesMeans` where mean values are others for it up to the root.
  mutating func note(_ words: String, touching node: NodeID, movingMeans movesMeans: Bool = false) {
    self.movesMeans = self.movesMeans || movesMeans
    self.words.append(words)
    touched.append(node)
  }

  /// A line is to be added below `node`.
  mutating func expectLine(below node: NodeID) {
    if lines == 0 { parent = node }
    due += 1
    lines += 1
  }

  /// The line that was to be added is `node`.
  mutating func added(_ node: NodeID) {
    due = max(0, due - 1)
    awaited.insert(node)
    // Of several lines the first has the siblings.
    if touched.isEmpty { touched.append(node) }
  }

  /// A simulation has ended at `node`; true where that was the last that was waited for.
  mutating func backedUp(_ node: NodeID) -> Bool {
    guard isUnderWay else { return false }
    if awaited.remove(node) == nil {
      meanwhile += 1
      return false
    }
    return !isUnderWay
  }

  /// What was done and what it changed, in one line.
  func sentence(_ after: Standing, in tree: SearchTree, arrow: String) -> String {
    let changes = after.changes(since: before, touching: touched, in: tree, arrow: arrow)
    let others = meanwhile > 0 ? ["\(Number.things(meanwhile, "simulation")) meanwhile"] : []
    let own =
      switch lines {
      case 0: [String]()
      case 1: ["your option below node \(parent)"]
      default: ["\(lines) lines of yours below node \(parent)"]
      }
    return
      (own + words + (changes.isEmpty ? [movesMeans ? "choice and ranks as before" : "nothing else changed"] : changes)
      + others).joined(separator: "; ")
  }
}

extension OpenRun {
  /// How things stand along the branch of an act on `node`; where the whole run is acted on, along the chosen one.
  ///
  /// Complexity: O(depth × width log width), whatever the size of the tree.
  func standing(around intervention: Intervention) -> Standing {
    let (tree, chosen) = (timeline.latest, chosenNow)
    var end = intervention.node
    if case .set = intervention { end = chosen?.node ?? .root }
    var levels = tree.nodes.indices.contains(end.offset) ? Array(tree.path(to: end)) : []
    // What is done to a node moves it among its siblings; what is put below it moves those that are there.
    if case .insert = intervention {} else { levels = levels.dropLast() }
    return Standing(levels, of: tree, by: folds.order, chosen: chosen)
  }

  /// The same branch as it stands now.
  func standing(as before: Standing) -> Standing {
    Standing(before.levels, of: timeline.latest, by: before.order, chosen: chosenNow)
  }
}

extension Intervention {
  /// True for what changes scores, choices or ranks by itself, or by one line that is judged.
  var isWeighed: Bool {
    switch self {
    case .override, .prune, .restore, .insert, .set: true
    case .expand, .rollOut, .separate, .split, .join, .revise: false
    }
  }
}
