import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension CommandTable {
  /// What makes the search go on, and what a person does to its tree.
  static let searchCommands: [Command] = [
    Command(
      "search.step", "One simulation", "Does one simulation: select, expand, evaluate, back up.", .run,
      [.character("s")], hint: "step", onlyNow: true, unless: { $0.reasonNotToStep }
    ) { state in
      state.classroom.reduce(.steps(whole: true))
      return [.run(.step)]
    },
    Command(
      "search.phase", "One phase",
      "Does one phase of a simulation (select, widen, evaluate or back up) and rests; in the past, goes on by one.",
      .run,
      [.character("S")], unless: { $0.run?.pastMoment == nil ? $0.reasonNotToStep : nil }
    ) { state in
      if state.run?.pastMoment != nil || state.classroom.teaching != nil { return state.travel(1) }
      return state.withRun { $0.awaitsPhase = true } + [.run(.phase)]
    },
    Command(
      "search.toggle", "Run or pause", "Lets the search run until a limit, or pauses it; in the past, returns to now.",
      .run, [.character(" ")], hint: "run", unless: { $0.run?.pastMoment == nil ? $0.reasonNotToRun : nil }
    ) { state in
      if state.run?.pastMoment != nil { return state.returnToNow() }
      return state.run?.status == .running ? [.run(.pause)] : [.run(.run)]
    },
    Command(
      "search.runMore", "Run N", "Does as many more simulations as you say, whatever the run's limit.", .run,
      [.character("r")], onlyNow: true, unless: { $0.reasonNotToStep }
    ) { $0.ask(.runMore, "10") },
    Command(
      "search.expand", "Add children", "Draws new options below the selected node, whatever its allowed width.", .run,
      [.character("e")], hint: "expand", onlyNow: true, unless: { $0.reasonNotToGrow }
    ) { $0.ask(.expand($0.selectedNode), "2") },
    Command(
      "search.insert", "Insert your own option",
      "Adds a line of yours below the selected node; every critic scores it.",
      .run, [.character("i")], hint: "insert", onlyNow: true, unless: { $0.reasonNotToGrow }
    ) { $0.ask(.insert($0.selectedNode), "") },
    Command(
      "search.edit", "Edit this line",
      "Puts lines of yours in place of the selected one: beside it, while it is pruned; every critic scores them.",
      .run, [.character("E")], onlyNow: true,
      unless: { $0.selectedNode == .root ? "the root is no line" : nil }
    ) { state in
      guard let run = state.run else { return [] }
      let text = OptionText.line(run.tree.details[run.cursor.offset].option?.bytes ?? [], glyphs: .unicode)
      return state.ask(.edit(run.cursor, below: run.tree[run.cursor].parent), text, isSuggestion: false)
    },
    Command(
      "search.revise", "Revise this step",
      "Has the policy write another step in the place of the selected one, told what critics and tools object to.",
      .run,
      [.character("I")], onlyNow: true, unless: { $0.reasonNotToRevise }
    ) { state in
      guard let run = state.run else { return [] }
      return state.ask(.revise(run.cursor), run.tree.objectionInWords(to: run.cursor), isSuggestion: false)
    },
    Command(
      "search.split", "Split this step", "Cuts the selected step in two where you say; each part is judged by itself.",
      .run,
      [.character("\\")], onlyNow: true, unless: { $0.reasonNotToSplit }
    ) { state in
      guard let run = state.run else { return [] }
      state.overlay = SplitOverlay(node: run.cursor, in: run.tree)
      return [.run(.spell(run.cursor))]
    },
    Command(
      "search.join", "Join with the next step",
      "Makes one step of the selected one and of the one that follows it, the most visited where several do.", .run,
      [.character("_")], onlyNow: true, unless: { $0.reasonNotToJoin }
    ) { state in
      guard let run = state.run, let next = run.tree.mostVisitedChild(of: run.cursor) else { return [] }
      return [.run(.intervene(.join(node: next)))]
    },
    Command(
      "search.prune", "Prune or restore", "Lets no later simulation enter the selected node, or lets them in again.",
      .run, [.character("x")], hint: "prune", onlyNow: true,
      unless: { $0.run?.reasonOfHistory ?? ($0.selectedNode == .root ? "the root cannot be pruned" : nil) }
    ) { state in
      guard let run = state.run else { return [] }
      let isPruned = run.tree[run.cursor].marks.contains(.pruned)
      return [.run(.intervene(isPruned ? .restore(node: run.cursor) : .prune(node: run.cursor)))]
    },
    Command(
      "search.override", "Override a critic", "Puts a score of yours in a critic's place, or gives the critic's back.",
      .run, [.character("v")], onlyNow: true, unless: { $0.reasonNotToOverride }
    ) { state in
      guard let run = state.run else { return [] }
      state.overlay = OverrideOverlay(node: run.cursor, in: run.tree)
      return []
    },
    Command(
      "search.rollOut", "Fast rollouts", "Completes the answer from the selected node and scores it.", .run,
      [.character("f")], onlyNow: true, unless: { $0.reasonNotToRollOut }
    ) { $0.ask(.rollOut($0.selectedNode), "4") },
    Command(
      "search.why", "Why this one",
      "Shows why the node is or was selected, what would turn that round, its width, and how it was drawn.",
      .run, [.character("w")]
    ) { state in
      guard let run = state.run else { return [] }
      do {
        state.overlay = WhyOverlay(reasons: try run.timeline.reasons(for: run.cursor, at: run.pastMoment))
      } catch {
        state.message = .failure("\(error)")
      }
      return []
    },
    Command(
      "search.undo", "Undo", "Takes the last thing you did back: to the tree, or a commit.", .run, [.character("u")],
      hint: "undo", onlyNow: true,
      unless: { state in
        let isUndoable = state.curation.lastIsCommit || state.run?.tree.undoable.isEmpty == false
        return isUndoable ? nil : "nothing to undo"
      }
    ) { $0.curation.lastIsCommit ? $0.takeCommitBack() : [.run(.undo)] },
    Command(
      "search.redo", "Redo", "Does the last thing you took back again.", .run, [.control("r")],
      onlyNow: true, unless: { $0.run?.tree.redoable.isEmpty == false ? nil : "nothing to redo" }
    ) { _ in [.run(.redo)] },
  ]
}

extension ExplorerState {
  /// The selected node of the run on the screen; the root where there is none.
  var selectedNode: NodeID { run?.cursor ?? .root }

  /// Why no single simulation can be asked for.
  var reasonNotToStep: String? {
    if let reason = reasonOfFollowing ?? reasonOfOpening { return reason }
    return switch run?.status {
    case .failed(let message): message
    case .done(.exhausted): "nothing is left to add"
    case .done(let reason?) where reason == .imported: reason.words
    default: nil
    }
  }

  /// Why the search can be neither started nor paused.
  var reasonNotToRun: String? {
    if let reason = reasonOfFollowing ?? reasonOfOpening { return reason }
    return switch run?.status {
    case .failed(let message): message
    case .done(.exhausted): "nothing is left to add"
    case .done(let reason?) where reason == .imported: reason.words
    case .done(let reason): "\(reason?.words ?? "the search is done"); s and r go on"
    default: nil
    }
  }

  /// Why nothing can be added below the selected node.
  var reasonNotToGrow: String? {
    guard let run else { return nil }
    if let reason = run.reasonOfHistory { return reason }
    if run.tree[run.cursor].terminal != nil { return "node \(run.cursor) is terminal: nothing can follow it" }
    return run.reasonOfPruning(run.cursor)
  }

  /// Why the selected step cannot be cut in two.
  var reasonNotToSplit: String? {
    guard let run else { return nil }
    if let reason = run.reasonOfHistory { return reason }
    if run.cursor == .root { return "the question is no step: it cannot be split" }
    return run.reasonOfPruning(run.cursor)
  }

  /// Why nothing can be written in the place of the selected step.
  var reasonNotToRevise: String? {
    guard let run else { return nil }
    if run.cursor == .root { return "the question is no step: it cannot be revised" }
    return run.reasonOfPruning(run.tree[run.cursor].parent)
  }

  /// Why the selected step cannot be made one with the next.
  var reasonNotToJoin: String? {
    guard let run else { return nil }
    if let reason = run.reasonOfHistory { return reason }
    if run.cursor == .root { return "the question is no step: nothing can be joined with it" }
    guard let next = run.tree.mostVisitedChild(of: run.cursor) else { return "no step follows node \(run.cursor)" }
    return run.reasonOfPruning(next)
  }

  /// Why no critic can be overruled at the selected node.
  var reasonNotToOverride: String? {
    guard let run else { return nil }
    if let reason = run.reasonOfHistory { return reason }
    if run.tree.header.critics.isEmpty { return "this run has no critics" }
    return run.tree[run.cursor].marks.contains(.evaluated) ? nil : "node \(run.cursor) has not been evaluated yet"
  }

  /// Why nothing can be rolled out from the selected node.
  var reasonNotToRollOut: String? {
    if let reason = run?.reasonOfHistory { return reason }
    guard let run, run.tree[run.cursor].terminal != nil else { return nil }
    return "node \(run.cursor) is terminal: nothing can follow it"
  }
}

extension OpenRun {
  /// Why nothing can be changed in an imported tree.
  var reasonOfHistory: String? { tree.isHistory ? StopReason.imported.words : nil }

  /// Why nothing can be done at `node`, which a person has closed, or one above it.
  fileprivate func reasonOfPruning(_ node: NodeID) -> String? {
    tree.isReachable(node) ? nil : "node \(cursor) lies in a pruned branch; x restores it"
  }
}

extension SearchTree {
  /// What speaks against a node, to begin with: what tools say, else the critic that thinks least of it, where that is little.
  fileprivate func objectionInWords(to node: NodeID) -> String {
    if let objection = objection(to: node) { return OptionText.line(objection, glyphs: .unicode) }
    let scores = header.critics.compactMap { critic in score(critic.name, of: node).map { (critic.name, $0) } }
    guard let (critic, score) = scores.min(by: { $0.1 < $1.1 }), score < 0.5 else { return "" }
    return "\(critic) gives it \(Number.score(score)) of 1"
  }

  /// The open child with the most visits, the oldest of equals; nil where there is none. O(width).
  fileprivate func mostVisitedChild(of node: NodeID) -> NodeID? {
    var best: NodeID?
    for child in children(of: node) where self[child].isOpen {
      if best.map({ self[child].visits > self[$0].visits }) ?? true { best = child }
    }
    return best
  }
}
