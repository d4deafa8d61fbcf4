import TreeSearch
import Vocabulary

/// The alternatives that several people's walks through one problem went by, united: a tree that no search made.
///
/// Alternatives of one text below one step are one node, unless a line shows that text twice; then the second of one line is the
/// second of another. A text of a person's own is a node of its own.
struct LabelTree {
  private struct Node {
    let bytes: [UInt8]
    let isOwn: Bool
    var children: [Int] = []
    var depth: Int
  }

  /// What tells an alternative from its siblings.
  private struct Key: Hashable {
    let parent: Int
    let bytes: [UInt8]
    let isOwn: Bool
    /// The how-manieth of this text below its parent in one line.
    let copy: Int
  }

  /// Where a line's alternatives are in the tree: places of nodes by step.
  struct Trace {
    /// Nodes of each step's alternatives, in the line's order.
    var options: [[Int]] = []
    /// The node of each step's own text.
    var own: [Int?] = []
    /// The node at which each step stands.
    var at: [Int] = []
    /// Where the walk ends.
    var end = 0
  }

  private var nodes = [Node(bytes: [], isOwn: false, depth: 0)]
  private var known: [Key: Int] = [:]
  /// Where the lines that were taken in are, in their order.
  private(set) var traces: [Trace] = []

  /// Takes a line in. Complexity: O(bytes).
  mutating func add(_ line: LabelledLine) {
    var (trace, at) = (Trace(), 0)
    var isOver = false
    for step in line.steps where !isOver {
      var copies: [[UInt8]: Int] = [:]
      let options = step.options.map { option in
        let bytes = Array(option.text.utf8)
        defer { copies[bytes, default: 0] += 1 }
        return child(of: at, bytes, isOwn: false, copy: copies[bytes] ?? 0)
      }
      let own = step.own.map { child(of: at, Array($0.text.utf8), isOwn: true, copy: 0) }
      trace.options.append(options)
      trace.own.append(own)
      trace.at.append(at)
      // Nobody goes on from where a walk has ended: what a file says behind that is kept, and is no part of the tree.
      if let next = step.chosen.map({ options[$0] }) ?? own { at = next } else { isOver = true }
    }
    trace.end = at
    traces.append(trace)
  }

  private mutating func child(of parent: Int, _ bytes: [UInt8], isOwn: Bool, copy: Int) -> Int {
    let key = Key(parent: parent, bytes: bytes, isOwn: isOwn, copy: copy)
    if let place = known[key] { return place }
    nodes.append(Node(bytes: bytes, isOwn: isOwn, depth: nodes[parent].depth + 1))
    known[key] = nodes.count - 1
    nodes[parent].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  /// The events that make the tree under `header`, the tree, and the node of each place.
  ///
  /// The model's alternatives are draws of one request for each step; a person's text is inserted. Nothing is judged and nothing
  /// backed up: there was no search. Throws `ReplayError` where the engine has no room for it.
  func grown(_ header: RunHeader) throws -> (events: [SearchEvent], tree: SearchTree, nodes: [NodeID]) {
    var growing = GrowingTree(header)
    var made = [NodeID](repeating: .root, count: nodes.count)
    var waiting = [0]
    while let place = waiting.popLast() {
      let children = nodes[place].children
      let drawn = children.filter { !nodes[$0].isOwn }
      for batch in stride(from: 0, to: drawn.count, by: GrowingTree.mostDraws) {
        let draws = Array(drawn[batch..<min(batch + GrowingTree.mostDraws, drawn.count)])
        let options = draws.map { option(nodes[$0], by: .newline) }
        for (child, id) in zip(draws, try growing.draw(options, below: made[place], isEnd: draws.map(isEnd))) {
          made[child] = id
        }
      }
      for child in children where nodes[child].isOwn {
        made[child] = try growing.insert(option(nodes[child], by: .person), below: made[place], isEnd: isEnd(child))
      }
      waiting += children.reversed()
    }
    try growing.stop()
    return (growing.events, growing.tree, made)
  }

  private func isEnd(_ place: Int) -> Bool { nodes[place].children.isEmpty }

  /// A step is a line: the break that ends it goes without saying in label files.
  private func option(_ node: Node, by termination: Termination) -> SearchOption {
    SearchOption(bytes: node.bytes + [0x0A], termination: termination)
  }
}

/// A tree with the events that made it so far, without a search.
private struct GrowingTree {
  /// The most options that the engine takes at once.
  static let mostDraws = 1000

  private(set) var events: [SearchEvent] = []
  private(set) var tree: SearchTree

  init(_ header: RunHeader) { tree = SearchTree(header: header) }

  private mutating func apply(_ event: SearchEvent) throws {
    try tree.apply(event)
    events.append(event)
  }

  /// Adds a model's options as children.
  mutating func draw(_ options: [SearchOption], below parent: NodeID, isEnd: [Bool]) throws -> [NodeID] {
    let id = tree.requestCount
    try apply(.selected(node: parent, widen: true, children: options.count))
    try apply(
      .asked(
        request: Request(
          id: id, node: parent,
          kind: .propose(draws: options.count, temperature: 1, toEnd: false, earlier: 0),
          seed: SplitMix.seed(tree.header.seed, id))))
    try apply(.answered(request: id, answer: Answer(.options(options))))
    return try options.indices.map { draw in
      let node = NodeID(tree.nodes.count)
      let answer = isEnd[draw] ? AnswerFormat.ending(of: options[draw].text) : nil
      try apply(
        .added(
          node: node, parent: parent, request: id, draw: draw, spent: draw + 1, distance: nil,
          terminal: answer == nil ? nil : .answer, answer: answer))
      return node
    }
  }

  /// Adds a person's option as a child.
  mutating func insert(_ option: SearchOption, below parent: NodeID, isEnd: Bool) throws -> NodeID {
    let (cause, node) = (tree.interventions.count, NodeID(tree.nodes.count))
    let answer = isEnd ? AnswerFormat.ending(of: option.text) : nil
    try apply(.intervened(.insert(node: parent, option: option)))
    try apply(.inserted(node: node, cause: cause, terminal: answer == nil ? nil : .answer, answer: answer))
    return node
  }

  /// Says that nothing is to be searched here.
  mutating func stop() throws { try apply(.stopped(reason: .exhausted)) }
}
