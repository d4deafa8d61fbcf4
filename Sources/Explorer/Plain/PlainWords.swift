import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// The explorer in words, for screen readers and terminals that cannot place a cursor: no columns, no signs, no colours.
extension ExplorerState {
  /// Totals, what the search is doing, and the best answer.
  public var plainStatus: String {
    guard let run else {
      return rounds.map { "\(line(StatusLine.words(of: $0)))." }
        ?? "\(Number.things(problems.shown.count, "problem")) in the list."
    }
    let answer =
      run.chosen.map { chosen in
        " Best answer by \(run.tree.finalSelection.rawValue): \(line(chosen.answer)), score \(Number.score(chosen.score))."
      } ?? (run.tree.simulations > 0 ? " Best answer: none yet." : "")
    return Self.counts(of: run.tree) + ", \(run.status.word)" + Self.moment(of: run) + "." + answer
  }

  private static func counts(of tree: SearchTree) -> String {
    "\(Number.things(tree.simulations, "simulation")), \(Number.things(tree.nodeCount, "node")), "
      + Number.things(tree.usage.generated, "token")
  }

  /// Apart from what reads the run's tree: Swift 6.3.1's optimiser crashes where one function looks at both.
  @inline(never)
  private static func moment(of run: OpenRun) -> String {
    run.pastMoment.map { ", looking at moment \($0) of \(run.timeline.count)" } ?? ""
  }

  /// The selected problem or node.
  public var plainPlace: [String] {
    if labelling != nil { return plainTask.map { line($0) } }
    guard let run else {
      if let rounds { return rounds.sentences.map { line($0) } }
      guard let entry = problems.selected else { return ["No problem is selected."] }
      return ["Problem \(problems.cursor + 1) of \(problems.shown.count), \(line(entry.id)): \(line(entry.question))"]
    }
    let (tree, id) = (run.tree, run.cursor)
    guard id != .root else {
      return [
        "The root, problem \(line(tree.header.problem.id)): \(line(tree.header.problem.question))", numbers(id, run),
      ]
    }
    let ranked = tree.rankedSiblings(of: id)
    let place = ranked.firstIndex(of: id).map { ", number \($0 + 1) of \(ranked.count) by Q" } ?? ""
    var lines = ["Node \(id), place \(tree.childPath(to: id))\(place): \(text(id, tree))", numbers(id, run)]
    if let answer = tree.details[id.offset].answer {
      let verdict = tree.isCorrect(answer).map { $0 ? ", correct" : ", wrong" } ?? ""
      lines.append("It states the answer \(line(answer))\(verdict).")
    }
    let marks = [
      tree[id].marks.contains(.pruned) ? "pruned" : nil, tree[id].marks.contains(.inserted) ? "written by you" : nil,
      run.bookmarks[id].map { $0.isEmpty ? "bookmarked" : "bookmarked: \(line($0))" },
      run.labels[id].map { "labelled \($0.word)" },
    ].compactMap { $0 }
    return marks.isEmpty ? lines : lines + ["It is \(marks.joined(separator: ", "))."]
  }

  /// The children of the selected node, the greatest Q first.
  var plainChildren: [String] {
    guard let run else { return plainPlace }
    let children = run.tree.childList(of: run.cursor)
    guard let first = children.first else { return ["Node \(run.cursor) has no children yet."] }
    return run.tree.rankedSiblings(of: first).map { id in
      let (node, words) = (run.tree[id], text(id, run.tree))
      let visits = node.knownVisits.map { "\($0)" } ?? "not known"
      return "Node \(id), N \(visits), Q \(Number.score(node.meanValue, none: "none")): \(words)"
    }
  }

  /// The steps of the trajectory through the selected node.
  var plainPath: [String] {
    guard let run else { return plainPlace }
    let steps = run.tree.trajectory(through: run.cursor).dropFirst()
    guard let end = steps.last else { return ["No step yet."] }
    let answer = run.answer(at: end).map { ["Answer \(line($0))."] } ?? ["Not finished yet."]
    return steps.enumerated().map { "Step \($0 + 1), node \($1): \(text($1, run.tree))" } + answer
  }

  /// The page of a tour and the lesson on the screen; empty outside of teaching mode.
  public var plainLesson: [String] {
    let page = classroom.page.map { page in
      ["Page \(page.number) of \(page.count): \(line(page.title))."] + page.text.map { line($0) }
    }
    guard let teaching = classroom.teaching, classroom.page?.showsLesson ?? true else { return page ?? [] }
    let frame = teaching.frame
    return (page ?? []) + [frame.heading] + (frame.formulas + frame.text).map { line($0) } + [
      "Next, \(line(teaching.lesson.next))"
    ]
  }

  private func numbers(_ id: NodeID, _ run: OpenRun) -> String {
    let (tree, node) = (run.tree, run.tree[id])
    let critics = tree.header.critics.compactMap { critic in
      tree.score(critic.name, of: id).map { "\(line(critic.name)) \(Number.score($0))" }
    }
    let children = tree.childList(of: id).count
    let visits = node.knownVisits.map { Number.things($0, "visit") } ?? "visits not known"
    return "\(visits), Q \(Number.score(node.meanValue, none: "none"))"
      + (critics.isEmpty ? "" : ", \(critics.joined(separator: ", "))")
      + ", \(Number.things(children, "child", "children"))."
  }

  private func text(_ id: NodeID, _ tree: SearchTree) -> String {
    OptionText.line(tree.details[id.offset].option?.bytes ?? [], glyphs: .ascii)
  }

  private func line(_ text: String) -> String { OptionText.line(text, glyphs: .ascii) }
}
