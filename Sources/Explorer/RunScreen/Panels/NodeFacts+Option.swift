import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension NodeFacts {
  /// The option's text and what became of it.
  var option: [[Span]] {
    guard id != .root, let option = detail.option else {
      let question = wrap(rich.spans(OptionText.block(tree.header.problem.prompt), look("node.option")), width: width)
      return question + (tree.pick.map { wrap([faint("picked: \(safe($0.words))")], width: width) } ?? [])
    }
    let text = wrap(rich.spans(OptionText.block(option.bytes), look("node.option")), width: width)
    return text + wrap(facts(of: option), width: width)
  }

  /// The problem and the steps before the option.
  var prefix: [[Span]] {
    guard id != .root else { return [] }
    var lines = [[label("Before it")]]
    let style = look("node.prefix")
    lines += wrap(rich.spans(OptionText.block(tree.header.problem.prompt), style), width: width)
    for step in tree.path(to: id).dropFirst().dropLast() {
      let text = OptionText.block(tree.details[step.offset].option?.bytes ?? [])
      lines += wrap(rich.spans(text, style), width: width)
    }
    return lines
  }

  private func facts(of option: SearchOption) -> [Span] {
    var facts = ["depth \(node.depth)", option.termination.words]
    if !option.tokens.isEmpty { facts.append(Number.things(option.tokens.count, "token")) }
    if let answer = detail.answer { facts.append("answer \(safe(answer))") }
    switch node.terminal {
    case .endOfText: facts.append("ended without an answer")
    case .depthCap: facts.append("cut at the greatest depth")
    case .noContinuation: facts.append("no model goes on from here")
    case .filtered: facts.append("ended by the server's filter")
    case .answer, nil: break
    }
    if let name = detail.name { facts.append("'\(safe(name))' in the file") }
    if node.marks.contains(.pruned) { facts.append("pruned") }
    if node.marks.contains(.inserted) { facts.append("inserted by you") }
    if let (old, revision) = tree.revised(by: id) { facts.append("revises node \(old): \(safe(revision.objection))") }
    if let label = run.labels[id] { facts.append("labelled \(label.word)") }
    if let note = run.bookmarks[id] { facts.append(note.isEmpty ? "bookmarked" : "bookmarked: \(safe(note))") }
    var spans = [faint(facts.joined(separator: ", "))]
    if detail.answer != nil, let isCorrect = tree.isCorrect(detail.answer) {
      let sign = isCorrect ? "\(look.glyphs.answerOK) correct" : "\(look.glyphs.contradicted) wrong"
      spans.append(Span(" \(sign)", look(isCorrect ? "critic.agree" : "critic.contradict")))
    }
    return spans
  }
}

extension Termination {
  /// Why the option ended, for people.
  fileprivate var words: String {
    switch self {
    case .newline: "ended by a line break"
    case .token: "one token"
    case .stopText: "ended by a stop text"
    case .formula: "ended by a stop text after a formula"
    case .uncertainty: "ended where the model was unsure how to go on"
    case .endOfText: "the model ended its text"
    case .lengthCap: "cut at the length cap"
    case .person: "written by a person"
    case .filtered: "the server's filter withheld the rest"
    case .cut: "cut there by a person"
    }
  }
}

extension NodeFacts {
  /// What selection compares: the terms of the score, and the rank among the siblings.
  var selection: [[Span]] {
    guard id != .root else { return [] }
    let search = Search(tree: tree)
    // The terms and the rank only: what would turn the choice round is for those who ask why.
    let candidates = search.candidates(below: node.parent)
    guard let rank = candidates.firstIndex(where: { $0.node == id }) else { return [] }
    let terms = candidates[rank].terms
    var line = [
      label(SelectionRule(tree.parameters).name.uppercased()), score(terms.exploitation), faint(" + "),
      value(Number.score(terms.exploration)),
    ]
    if terms.process != 0 { line += [faint(" + "), value(Number.score(terms.process))] }
    line += [
      faint(" = "), value(Number.score(terms.total)), faint("   \(rank + 1) of \(candidates.count)"),
    ]
    return [cut(line)]
  }

  /// How many children the node may have and why, and what its draws cost.
  var widening: [[Span]] {
    var lines: [[Span]] = []
    if node.terminal == nil {
      let reason = Search(tree: tree).widthReason(of: id)
      var line = [label("width"), value("\(reason.present) of \(reason.allowed)")]
      line.append(faint(", by \(reason.decidedBy)"))
      if reason.isFrozen { line.append(value(", frozen")) }
      lines += folded(line)
      let wanted = "wants \(reason.wanted) within \(reason.least) to \(reason.most)"
      if let importance = reason.importance {
        let child = reason.child.map { ", by node \($0)" } ?? ""
        lines += folded([label("I"), value(Number.score(importance)), faint(", \(wanted)\(child)")])
      } else {
        lines += folded([label(""), faint(wanted)])
      }
    }
    if detail.draws > 0 {
      var line = [label("draws"), value("\(detail.draws)")]
      if let distance = detail.distance {
        line.append(faint("   nearest sibling \(Number.things(distance, "edit")) away"))
      }
      lines += folded(line)
    }
    if !detail.rejected.isEmpty {
      let nearest = detail.rejected.map(\.distance).max() ?? 0
      lines += folded([
        label("rejected"), value(Number.things(detail.rejected.count, "draw")),
        faint(" too near a child, at most \(Number.things(nearest, "edit"))"),
      ])
    }
    return lines
  }
}
