import Foundation
import TreeSearch
import Vocabulary

/// A tree of a file as a run: checked, mapped to [0, 1], in order, as events.
struct TreeAssembly {
  /// What the report says of a tree.
  struct Shape: Codable, Equatable, Sendable {
    /// Nodes without the root, its depth in steps, the most children of a node.
    var nodes = 0
    var depth = 0
    var widest = 0
    /// Nodes with the text of an older sibling, and nodes whose parent is not in the file.
    var duplicates = 0
    var orphans = 0
  }

  /// What is the same for all trees of a file.
  struct Setting: Sendable {
    /// What messages call the file, and the version of the program.
    let file, version: String
    /// What a person says of the values and the question; nil goes by the file.
    var range: ImportOrigin.Scale?
    var question: String?
  }

  let header: RunHeader
  /// True where the tree is named by its number in the file.
  let isNumbered: Bool
  private(set) var events: [SearchEvent] = []
  private(set) var tree: SearchTree
  private(set) var findings = ImportFindings()
  private(set) var shape = Shape()

  private let draft: TreeDraft
  private let links: TreeLinks
  let scales: TreeScales
  private let name: (TreeDraft.Node) -> String
  /// By place in the draft, the node.
  private var ids: [NodeID]
  /// By place, the text of its option, once it has joined and is one of few children.
  private var texts: [[UInt8]?]
  /// Texts below nodes with many children.
  private var siblings: Set<Sibling> = []
  /// Children that were counted, by node.
  private var widths: [Int] = [0]

  /// The text of a child.
  private struct Sibling: Hashable {
    let parent: NodeID
    let bytes: [UInt8]
  }

  /// The run of `draft`, tree `number` of its file; `line` says where an offset stands. Throws `ReplayError` where the engine has no
  /// room for it.
  init(
    _ draft: TreeDraft, format: TreeFormat, _ setting: Setting, number: Int, line: @escaping (Int) -> String
  ) throws {
    var draft = draft
    draft.root.setMeanApart()
    for place in draft.nodes.indices where draft.nodes[place].hasMeanApart { draft.nodes[place].setMeanApart() }
    self.draft = draft
    name = { node in node.name.map { "\(line(node.offset)), node \($0.printable)" } ?? line(node.offset) }
    let name = self.name
    links = TreeLinks(draft) { name(draft.nodes[$0]) }
    scales = TreeScales(draft, given: setting.range)
    ids = Array(repeating: .none, count: draft.nodes.count)
    texts = Array(repeating: nil, count: draft.nodes.count)
    let origin = ImportOrigin(
      format: format.name, scales: scales.scales, isOrdered: links.isOrdered, events: draft.events,
      forkedFrom: draft.header?.forkedFrom, parameters: draft.parameters)
    (header, isNumbered, findings) = Self.header(draft, format, setting, number, line)
    tree = SearchTree(header: header)
    findings.add(draft.findings)
    findings.add(links.findings)
    shape.orphans = links.orphans
    tree.makeRoom(for: links.order.count + 1)
    events.reserveCapacity(links.order.count + 2)
    let root = facts(of: draft.root, option: nil, isLeaf: links.top.isEmpty, origin: origin)
    try apply(.imported(node: .root, parent: .none, facts: root))
    try grow()
    try apply(.stopped(reason: .imported))
    checkVisits()
  }

  private mutating func apply(_ event: SearchEvent) throws {
    try tree.apply(event)
    events.append(event)
  }

  // MARK: - The run

  private static let mostCritics = 16

  private static func header(
    _ draft: TreeDraft, _ format: TreeFormat, _ setting: Setting, _ number: Int, _ line: (Int) -> String
  ) -> (RunHeader, isNumbered: Bool, ImportFindings) {
    var findings = ImportFindings()
    if let header = draft.header { return (header, false, findings) }
    var question = (setting.question ?? draft.question ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    let isNumbered = question.isEmpty
    if isNumbered {
      let file = (setting.file.split(separator: "/").last.map(String.init) ?? "").printable
      question = number == 0 ? "Tree of \(file)" : "Tree \(number + 1) of \(file)"
      findings.add(
        .question, .repaired, at: line(draft.root.offset), "the file has no question: its name stands for it")
    }
    let id = draft.problemID.flatMap { name in
      !name.isEmpty && name.utf8.count <= 200 && name == name.printable && !name.contains(where: \.isWhitespace)
        ? name : nil
    }
    let problem = Problem(
      id: id ?? String(SHA256.hex(question.utf8).prefix(12)), question: question, answer: draft.answer,
      source: draft.source ?? format.name)
    var names: Set<String> = []
    for said in draft.root.scores { names.insert(said.critic) }
    for node in draft.nodes { for said in node.scores { names.insert(said.critic) } }
    let usual = [CriticName.value, CriticName.prm, CriticName.orm]
    let others = names.subtracting(usual).sorted()
    // A column a critic in every node: of a file with a name for every number, most are kept with their nodes alone.
    let ordered = (usual.filter(names.contains) + others).prefix(mostCritics)
    return (
      RunHeader(
        problem: problem, seed: 0,
        critics: ordered.map { CriticWeight(name: $0, weight: 1, scope: .everyNode) }, models: draft.models,
        version: setting.version), isNumbered, findings
    )
  }

  // MARK: - Nodes

  private mutating func grow() throws {
    // By place, the text of the path that ends there, where the file says it whole.
    var whole: [Int: [UInt8]] = [:]
    widths.reserveCapacity(links.order.count + 1)
    for place in links.order {
      let node = draft.nodes[place]
      let parent = links.parents[place] < 0 ? NodeID.root : ids[links.parents[place]]
      var bytes = node.bytes ?? Array(node.text.utf8)
      if node.isWhole {
        let before = links.parents[place] < 0 ? Array(draft.root.text.utf8) : whole[links.parents[place]] ?? []
        whole[place] = bytes
        if bytes.starts(with: before) {
          bytes.removeFirst(before.count)
        } else {
          findings.add(.prefix, .kept, at: name(node), "its text does not go on from its parent's: kept whole")
        }
      }
      let id = NodeID(tree.nodes.count)
      let isLeaf = links.children[place].isEmpty
      var option: SearchOption
      if node.facts?.marks.contains(.gone) == true {
        option = SearchOption(bytes: [], termination: .endOfText)
      } else {
        option = self.option(bytes, node, isLeaf: isLeaf)
        count(option.bytes, below: parent, node, at: place)
      }
      option.thinking = node.thinking ?? option.thinking
      let facts = facts(of: node, option: option, isLeaf: isLeaf)
      if Int(tree[parent].depth) >= ImportedNode.deepest {
        throw TreeFault(
          offset: node.offset, field: "line", "expected at most \(ImportedNode.deepest) steps in a trajectory")
      }
      try apply(.imported(node: id, parent: parent, facts: facts))
      widths.append(0)
      ids[place] = id
    }
  }

  /// Children of a node that are looked through one by one for one like another.
  private static let few = 8

  /// True where no older sibling of the node at `place` has the text `bytes`. Complexity: O(bytes).
  private mutating func isNew(_ bytes: [UInt8], below parent: NodeID, at place: Int) -> Bool {
    let above = links.parents[place]
    let beside = above < 0 ? links.top : links.children[above]
    if beside.count > Self.few { return siblings.insert(Sibling(parent: parent, bytes: bytes)).inserted }
    defer { texts[place] = bytes }
    return !beside.contains { texts[$0] == bytes }
  }

  private mutating func count(_ bytes: [UInt8], below parent: NodeID, _ node: TreeDraft.Node, at place: Int) {
    shape.nodes += 1
    shape.depth = max(shape.depth, Int(tree[parent].depth) + 1)
    widths[parent.offset] += 1
    shape.widest = max(shape.widest, widths[parent.offset])
    let isNew = isNew(bytes, below: parent, at: place)
    guard !isNew || node.isDuplicate else { return }
    shape.duplicates += 1
    findings.add(
      .duplicate, .kept, at: name(node),
      isNew ? "the file calls it the same as a sibling" : "an older sibling has the same text")
  }

  private func option(_ bytes: [UInt8], _ node: TreeDraft.Node, isLeaf: Bool) -> SearchOption {
    if var own = node.facts?.option {
      own.bytes = bytes
      return own
    }
    guard draft.joining == .lines else {
      return SearchOption(bytes: bytes, termination: bytes.isEmpty ? .endOfText : .stopText)
    }
    func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    var line = bytes
    line.removeLast(bytes.reversed().prefix(while: isBreak).count)
    line.removeFirst(line.prefix(while: isBreak).count)
    line.append(0x0A)
    return SearchOption(bytes: line, termination: .newline)
  }

  /// What is said of `node`, mapped and checked.
  private mutating func facts(
    of node: TreeDraft.Node, option: SearchOption?, isLeaf: Bool, origin: ImportOrigin? = nil
  ) -> ImportedNode {
    var facts = node.facts ?? ImportedNode(option: nil, marks: node.marks)
    (facts.option, facts.origin) = (option, origin)
    facts.name = node.name
    facts.visits = node.visits.flatMap { visits in
      if let whole = Int(exactly: visits), 0...Int(Int32.max) ~= whole { return whole }
      findings.add(.value, .dropped, at: name(node), "N is \(visits): expected a whole number from 0")
      return nil
    }
    let mean = value(node.mean, TreeScales.mean, "Q", node)
    facts.reward = value(node.reward, TreeScales.mean, "the reward", node)
    facts.prior = node.prior.flatMap { prior in
      if 0...1 ~= prior { return prior }
      findings.add(.value, .dropped, at: name(node), "the prior is \(prior): expected a share of 1")
      return nil
    }
    facts.scores = node.scores.map { critic, score, note in
      CriticScore(critic: critic, score: value(score, critic, critic, node), note: note)
    }
    if facts.visits ?? 0 > 0 {
      facts.meanValue = mean
      if mean == nil {
        findings.add(
          .value, .dropped, at: name(node), "N is \(facts.visits ?? 0), and no Q is known: N says nothing without it")
        facts.visits = nil
      }
    } else if mean != nil, node.facts == nil {
      // Without N there is no mean of backups: the number stands by itself.
      facts.reward = mean
    }
    guard node.facts == nil, let option else { return facts }
    facts.answer =
      node.answer
      ?? (isLeaf && AnswerFormat.mayStand(in: option.bytes) ? AnswerFormat.ending(of: option.text) : nil)
    if facts.answer != nil, isLeaf || node.isTerminal == true {
      facts.terminal = .answer
    } else if node.isTerminal == true, isLeaf {
      facts.terminal = .endOfText
    }
    return facts
  }

  private mutating func value(_ value: Double?, _ scale: String, _ words: String, _ node: TreeDraft.Node) -> Double? {
    guard let value else { return nil }
    if let mapped = scales.mapped(value, scale) { return mapped }
    let range = scales.scales[scale].map { "from \($0.low) to \($0.high)" } ?? "from 0 to 1"
    findings.add(.value, .dropped, at: name(node), "\(words.printable) is \(value): expected a finite number \(range)")
    return nil
  }

  /// N of a node is its own backups and its children's: fewer cannot be.
  private mutating func checkVisits() {
    guard draft.countsChildren else { return }
    for place in draft.nodes.indices where !links.children[place].isEmpty && ids[place].exists {
      if draft.nodes[place].visits != nil { checkVisits(ids[place], draft.nodes[place]) }
    }
    checkVisits(.root, draft.root)
  }

  private mutating func checkVisits(_ id: NodeID, _ node: TreeDraft.Node) {
    guard node.visits != nil, !tree[id].marks.contains(.uncounted), tree.ownBackups(of: id) < 0 else { return }
    let below = tree[id].visits - tree.ownBackups(of: id)
    findings.add(.visits, .kept, at: name(node), "N is \(tree[id].visits), that of its children together \(below)")
  }
}

extension TreeDraft.Node {
  /// True where Q is a number of its own: beside a reward, and without N.
  fileprivate var hasMeanApart: Bool { mean != nil && reward != nil && visits ?? 0 <= 0 }

  fileprivate mutating func setMeanApart() {
    guard hasMeanApart else { return }
    scores.append((TreeScales.mean, mean, nil))
    mean = nil
  }
}
