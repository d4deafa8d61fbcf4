import TreeInsight
import TreeSearch

/// The phase that has just ended, explained step by step, and what comes next. A pure function of run and moment.
struct Lesson: Equatable, Sendable {
  /// The moment right after the phase.
  let moment: Int
  /// The phase; nil before the first one.
  let phase: Phase?
  /// What there is to look at, in order; at least one.
  let frames: [LessonFrame]
  /// What will happen next, and why.
  let next: String

  /// The lesson about the last phase up to `moment`.
  ///
  /// Complexity: that of ``Timeline/tree(at:)`` twice, and O(depth × width log width).
  init(_ timeline: Timeline, at moment: Int) {
    let moment = timeline.phase(at: moment) != nil ? moment : timeline.previousPhase(before: moment) ?? timeline.start
    let event = timeline.event(before: moment)
    let tree = timeline.tree(at: moment)
    self.moment = moment
    phase = event.flatMap { Phase($0) }
    next = Lesson.next(after: event, in: tree)
    switch event {
    case .selected: frames = Lesson.descent(timeline, moment, tree)
    case .evaluated(let node, let reward): frames = [Lesson.evaluation(of: node, reward: reward, in: tree)]
    case .backedUp(let node, let reward):
      frames = Lesson.climb(from: node, reward: reward, before: timeline.tree(at: moment - 1), after: tree)
    case let event? where phase != nil: frames = [Lesson.other(event, timeline, moment, tree)]
    default:
      let text = "A simulation has four phases: select, widen, evaluate, back up. Each is shown as it happens."
      frames = [LessonFrame(title: "Before the first simulation", text: [text], lit: [.root], focus: .root)]
    }
  }

  /// Something that needs no formula: a child that joined, a draw that did not, what a person did.
  private static func other(
    _ event: SearchEvent, _ timeline: Timeline, _ moment: Int, _ tree: SearchTree
  ) -> LessonFrame {
    let node: NodeID
    switch event {
    case .added(let made, _, _, _, _, _, _, _), .merged(let made, _, _, _), .grafted(let made, _, _, _, _, _),
      .followed(let made, _, _, _), .inserted(let made, _, _, _), .widthFrozen(let made, _):
      node = made
    case .intervened(let act):
      let now = tree.interventions.last?.copies[act.node] ?? act.node
      node = tree.holds(now) ? now : .root
    default: node = .root
    }
    let reasons = timeline.drawReason(of: node, at: moment).map { $0.event == moment ? $0.sentences : [] } ?? []
    let isPerson = Phase(event) == .intervene
    return LessonFrame(
      title: isPerson ? "A person acts" : "Widen: an option joins the tree", text: [event.sentence(in: tree)] + reasons,
      lit: tree.path(to: node), focus: node)
  }

  private static func next(after event: SearchEvent?, in tree: SearchTree) -> String {
    switch event {
    case .selected(let node, true, let children, _, _):
      return
        "widen: the policy draws \(Number.things(children ?? 1, "option")) below node \(node), and each is compared"
        + " with its siblings."
    case .selected(let node, false, _, _, _):
      return
        "back up: the reward \(Number.score(tree.details[node.offset].reward, none: "?")) that stands at node \(node)"
        + " climbs to the root again."
    case .added(let node, _, _, _, _, _, _, _), .grafted(let node, _, _, _, _, _), .inserted(let node, _, _, _):
      let critics = tree.header.critics.filter { $0.weight > 0 }.map(\.name).joined(separator: ", ")
      return
        "evaluate: \(critics.isEmpty ? "nobody scores" : "\(critics) score") node \(node); the weighted mean is its"
        + " reward."
    case .evaluated(let node, let reward) where node != .root:
      return "back up: \(Number.score(reward)) climbs from node \(node) to the root; N and Q change on each of"
        + " \(Number.things(Int(tree[node].depth) + 1, "level"))."
    case .merged(let node, _, _, _):
      return "back up: the reward of node \(node), which the draw joined, counts once more."
    default:
      let descent = Search(tree: tree).descentReason()
      return "select: as things stand, node \(descent.node) \(descent.end.words)."
    }
  }
}

/// One thing to look at in a lesson: what it is about, the numbers, and which nodes are lit meanwhile.
struct LessonFrame: Equatable, Sendable {
  /// What is shown, in a few words.
  let title: String
  /// Formulas with their numbers put in, in ASCII.
  var formulas: [String] = []
  /// Sentences; texts of models stand in them as they are.
  var text: [String] = []
  /// Nodes that are lit, root first.
  let lit: [NodeID]
  /// The node that is selected while the frame is shown.
  let focus: NodeID

  /// The title as a sentence.
  var heading: String { title.hasSuffix("?") ? title : title + "." }
}

/// A run told phase by phase, with the numbers of every step: the lessons of teaching mode as lines of text.
public enum Narration {
  /// The lesson about the phase that had just ended at `moment`; empty in the midst of one. Texts of models in it are safe
  /// to print.
  ///
  /// Complexity: that of ``Timeline/tree(at:)`` twice, and O(depth × width log width).
  public static func lines(_ timeline: Timeline, at moment: Int) -> [String] {
    guard timeline.phase(at: moment) != nil else { return [] }
    let lesson = Lesson(timeline, at: moment)
    return lesson.frames.flatMap { frame in
      [frame.heading] + (frame.formulas + frame.text).map { "  " + OptionText.line($0, glyphs: .ascii) }
    }
  }

  /// The moments at which a phase had just ended, in order.
  public static func moments(_ timeline: Timeline) -> [Int] {
    var moments: [Int] = []
    var at = timeline.start
    while let next = timeline.nextPhase(after: at) {
      moments.append(next)
      at = next
    }
    return moments
  }
}
