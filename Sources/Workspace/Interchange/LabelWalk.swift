import TreeSearch
import Vocabulary

/// Finds in a run's tree and its labels what one person says of one walk: the other way from ``LabelTree``.
struct LabelWalk {
  /// The last thing that the person said of a node, of each kind.
  private struct Said {
    var step: StepLabel?
    var isStep = false
    var isFlagged = false
    var completion: String?
  }

  private let tree: SearchTree
  private let who: String
  private var said: [NodeID: Said] = [:]
  /// Labelled nodes in the order in which they were labelled first.
  private var order: [NodeID] = []
  private var end: NodeID?
  private var judged: NodeID?
  private var finish: Label.Finish?
  private var verdict: Judgement.Verdict?
  private var isAnswerRight: Bool?
  private var milliseconds: Int?
  private var purpose = Label.Purpose.work
  private var at: String?

  /// What `who` says in `labels`, those of the run with this `tree`, the oldest first. Complexity: O(labels).
  init(_ labels: [(at: String, label: Label)], by who: String, in tree: SearchTree) {
    (self.tree, self.who) = (tree, who)
    for entry in labels where entry.label.who == who && entry.label.role == .labeller {
      let node = NodeID(entry.label.subject.node)
      guard tree.nodes.indices.contains(node.offset) else { continue }
      take(entry.label, at: node)
      // The walk was over when the last word was said.
      at = max(at ?? "", entry.at)
    }
  }

  private mutating func take(_ label: Label, at node: NodeID) {
    if label.purpose != .work { purpose = label.purpose }
    switch label.act {
    case .step(let step):
      if said[node]?.isStep != true { order.append(node) }
      said[node, default: Said()].step = step
      said[node, default: Said()].isStep = true
    case .flag(let isOn): said[node, default: Said()].isFlagged = isOn
    case .completion(let text): said[node, default: Said()].completion = text
    case .finish(let reason): (finish, end, milliseconds) = (reason, node, label.milliseconds ?? milliseconds)
    case .verdict(let verdict):
      (self.verdict, judged, isAnswerRight) = (verdict, node, label.evidence?.correct)
    case .note, .assignment: break
    }
  }

  /// Where the walk ends: where the person ended it, else the trajectory that they judged, else the best and last of the deepest
  /// labels.
  private var target: NodeID {
    func place(_ node: NodeID) -> (Int, Int) { (Int(tree[node].depth), said[node]?.step?.rawValue ?? -2) }
    var deepest: NodeID?
    for node in order where deepest.map({ place(node) >= place($0) }) ?? true { deepest = node }
    return end ?? judged ?? deepest ?? .root
  }

  /// True where there is something that a label file could say.
  var saysSomething: Bool { !order.isEmpty || end != nil || judged != nil }

  /// The walk as a line. `isImported`: alternatives that the person did not label were not seen by them either.
  /// Complexity: O(depth × width).
  func line(isImported: Bool) -> LabelledLine {
    let path = tree.path(to: target)
    var steps: [LabelledLine.Step] = []
    for (index, node) in path.enumerated() {
      let next = index + 1 < path.count ? path[index + 1] : nil
      if let step = step(at: node, next: next, isImported: isImported) { steps.append(step) }
    }
    let answer = tree.details[target.offset].answer
    return LabelledLine(
      problem: tree.header.problem, models: tree.header.models, who: who, at: at, purpose: purpose,
      milliseconds: milliseconds, finish: finish, verdict: verdict,
      isAnswerRight: isAnswerRight ?? answer.flatMap { tree.header.problem.accepts($0) }, steps: steps)
  }

  /// The step that was taken, or could have been, at `node`; nil where there is nothing to say of it.
  private func step(at node: NodeID, next: NodeID?, isImported: Bool) -> LabelledLine.Step? {
    let children = tree.children(of: node).filter { tree[$0].isShown }
    let own =
      said[node]?.completion.flatMap { text in
        children.first { isInserted($0) && Array(self.text(of: $0).utf8) == Array(text.utf8) }
      } ?? next.flatMap { isInserted($0) ? $0 : nil }
    var seen = children.filter { $0 != own && (said[$0]?.isStep == true || !isImported && !isInserted($0)) }
    if isImported {
      let places = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
      seen.sort { (places[$0] ?? 0) < (places[$1] ?? 0) }
    }
    let isOpen = next == nil && !seen.contains { said[$0]?.isStep == true } && said[node]?.completion == nil
    if isOpen || seen.isEmpty && own == nil { return nil }
    // A walk that ends with a wrong step has not gone on with it.
    let goesOn = next.map { isImported || $0 != target || said[$0]?.step != .bad } ?? false
    return LabelledLine.Step(
      options: seen.map(option), own: own.map(option), chosen: goesOn ? next.flatMap { seen.firstIndex(of: $0) } : nil)
  }

  private func isInserted(_ node: NodeID) -> Bool { tree[node].marks.contains(.inserted) }

  private func option(_ node: NodeID) -> LabelledLine.Option {
    LabelledLine.Option(
      text: text(of: node), rating: said[node]?.step, isFlagged: said[node]?.isFlagged ?? false)
  }

  /// The node's text without the break that ends its line.
  private func text(of node: NodeID) -> String {
    var bytes = tree.details[node.offset].option?.bytes ?? []
    if bytes.last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
