import TreeInsight
import TreeSearch

extension ExplorerState {
  /// Brings the replica forward. An event that does not fit ends the run on the screen: what it shows would be wrong.
  mutating func apply(_ events: [SearchEvent]) {
    for event in events {
      do {
        // A commit is no longer the last thing that the person did; what is read of the past is none of it.
        if case .intervened = event, let status = run?.status {
          if case .opening = status {} else { curation.lastIsCommit = false }
        }
        // At once: the log says of which moment a message speaks.
        if let told = try run?.reduce(event, arrow: glyphs.becomes) { message = told }
      } catch {
        let words = "this view no longer agrees with the run: \(error)"
        run?.status = .failed(words)
        message = .failure(words)
        return
      }
    }
  }
}

extension OpenRun {
  /// Applies an event; what the person is to be told of it, with `arrow` between what was and what is.
  fileprivate mutating func reduce(_ event: SearchEvent, arrow: String) throws -> Message? {
    if case .opening = status {
      try apply(event)
      return nil  // old news
    }
    let before = weighed(event).map { ($0, standing(around: $0), value(setBy: $0)) }
    try apply(event)
    if let (intervention, standing, value) = before { return follow(event, intervention, standing, value, arrow) }
    let phase = phaseMessage(event)
    return actMessage(event, arrow) ?? phase ?? message(about: event)
  }

  /// The act that an event does, takes back or does again; nil for other events, and for acts that are not weighed.
  private func weighed(_ event: SearchEvent) -> Intervention? {
    let intervention: Intervention
    switch event {
    case .intervened(let new): intervention = new
    case .undone(let number), .redone(let number):
      let acts = timeline.latest.interventions
      guard acts.indices.contains(number) else { return nil }
      intervention = acts[number].intervention
    default: return nil
    }
    return intervention.isWeighed ? intervention : nil
  }

  /// What an override or a setting is about, with its name, as it stands; nil for other acts.
  private func value(setBy intervention: Intervention) -> (name: String, value: String, q: Double?)? {
    let tree = timeline.latest
    switch intervention {
    case .override(let node, let critic, _) where tree.nodes.indices.contains(node.offset):
      return ("node \(node): \(critic)", Number.score(tree.score(critic, of: node), none: "none"), tree[node].meanValue)
    case .set(let parameter, _): return (parameter, tree.parameters.value(parameter)?.description ?? "none", nil)
    default: return nil
    }
  }

  /// Takes up an act that has just been applied; what changed by it where nothing is still to come of it.
  private mutating func follow(
    _ event: SearchEvent, _ intervention: Intervention, _ before: Standing,
    _ was: (name: String, value: String, q: Double?)?,
    _ arrow: String
  ) -> Message? {
    let tree = timeline.latest
    var words = sentence(intervention)
    var movesMeans = false
    if let was, let now = value(setBy: intervention) {
      words = "\(was.name) \(was.value) \(arrow) \(now.value)"
      let (q, nowQ) = (Number.score(was.q, none: "none"), Number.score(now.q, none: "none"))
      movesMeans = was.q != now.q
      if q != nowQ { words += ", Q \(q) \(arrow) \(nowQ)" }
    }
    guard case .intervened = event else {
      let isUndone = if case .undone = event { true } else { false }
      act = nil
      var told = ActWatch(before, first: tree.interventions.count)
      told.note("\(isUndone ? "undone" : "done again"): \(words)", touching: intervention.node, movingMeans: movesMeans)
      return .notice(told.sentence(standing(as: before), in: tree, arrow: arrow))
    }
    let number = tree.interventions.count - 1
    let first = tree.firstAct(of: number)
    if act?.first != first || act == nil { act = ActWatch(before, first: first) }
    if case .insert = intervention {
      act?.expectLine(below: intervention.node)
    } else {
      act?.note(words, touching: intervention.node, movingMeans: movesMeans)
    }
    return act?.isUnderWay == true ? .notice("\(words); u takes it back") : actSentence(arrow)
  }

  /// What changed by an act, where this event was the last that it waited for.
  private mutating func actMessage(_ event: SearchEvent, _ arrow: String) -> Message? {
    switch event {
    case .inserted(let node, let cause, _, _):
      if let act, cause >= act.first { self.act?.added(node) }
    case .backedUp(let node, _):
      if act?.backedUp(node) == true { return actSentence(arrow) }
    default: break
    }
    return nil
  }

  private func actSentence(_ arrow: String) -> Message? {
    act.map { .notice("\($0.sentence(standing(as: $0.before), in: timeline.latest, arrow: arrow)); u takes it back") }
  }

  /// The phase that a person waited for; nil for other events, and where nobody waits.
  private mutating func phaseMessage(_ event: SearchEvent) -> Message? {
    guard awaitsPhase, let phase = Phase(event) else { return nil }
    awaitsPhase = false
    return .notice("\(phase.word): \(event.sentence(in: timeline.latest))")
  }

  /// What a person wants to be told of an event that has just been applied.
  private func message(about event: SearchEvent) -> Message? {
    switch event {
    case .intervened(.revise(let node, let revision)) where revision.isByRule == true:
      .notice("node \(node) is written anew: \(revision.objection)")
    case .intervened(let intervention): .notice("\(sentence(intervention)); u takes it back")
    case .undone(let number): .notice("undone: \(sentence(timeline.latest.interventions[number].intervention))")
    case .redone(let number): .notice("done again: \(sentence(timeline.latest.interventions[number].intervention))")
    case .failed(let request, let text, _): .failure("request \(request) failed: \(text)")
    case .widthFrozen(let node, let spent):
      .notice("node \(node): \(Number.things(spent, "draw")) brought nothing new, it is widened no more")
    default: nil
    }
  }

  private func sentence(_ intervention: Intervention) -> String {
    let node = "node \(intervention.node)"
    switch intervention {
    case .expand(_, let count): return "\(Number.things(count, "child", "children")) more below \(node)"
    case .insert: return "your option below \(node)"
    case .prune: return "\(node) pruned"
    case .restore: return "\(node) restored"
    case .override(_, let critic, let score?): return "\(critic) of \(node) is \(Number.score(score))"
    case .override(_, let critic, nil): return "\(critic) of \(node) speaks for itself"
    case .rollOut(_, let count): return "\(Number.things(count, "rollout")) more from \(node)"
    case .separate(_, let member): return "member \(member + 1) of \(node) is a node of its own"
    case .split: return "\(node) is two steps now"
    case .join: return "\(node) is one with the step before it"
    case .revise(_, let revision):
      return "something else in the place of \(revision.isWhole == true ? "the answer at " : "")\(node)"
    case .set(let parameter, let value): return "\(parameter) is \(value)"
    }
  }
}
