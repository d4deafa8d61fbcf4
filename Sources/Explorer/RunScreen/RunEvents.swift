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
        if let told = try run?.reduce(event) { message = told }
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
  /// Applies an event; what the person is to be told of it.
  fileprivate mutating func reduce(_ event: SearchEvent) throws -> Message? {
    try apply(event)
    if case .opening = status { return nil }  // old news
    return phaseMessage(event) ?? message(about: event)
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
    case .set(let parameter, let value): return "\(parameter) is \(value)"
    }
  }
}
