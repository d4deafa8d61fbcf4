import TreeSearch

extension SearchEvent {
  /// What happened, as one line for a person, in ASCII but for the texts in it; `tree` is the state right after the event.
  ///
  /// Texts of models and people stand in it as they are, cut to some eighty characters: whoever shows it must make it safe.
  /// Complexity: O(1), and O(options) for an answer.
  public func sentence(in tree: SearchTree) -> String {
    switch self {
    case .selected(let node, let widen, let children, _, _):
      "node \(node) is selected: "
        + (widen ? "\(Words.things(children ?? 1, "option")) to be drawn below it" : "its reward is to be backed up")
    case .asked(let request): "request \(request.id): \(request.kind.words) at node \(request.node)"
    case .answered(let id, let answer): "request \(id) is answered: \(answer.content.words)"
    case .failed(let id, let message, let reason):
      "request \(id) failed\(reason == nil ? "" : " for good"): \(Words.cut(message))"
    case .ignored(let id, .notPending): "an answer to request \(id) is ignored: nobody waits for it"
    case .ignored(let id, .branchGone): "the answer to request \(id) is ignored: its branch is gone"
    case .added(let node, let parent, _, _, _, _, let terminal, _):
      "node \(node) joins below node \(parent)\(Words.ending(terminal)): \(tree.quoted(node))"
    case .rejected(let id, _, let distance):
      "a draw of request \(id) is rejected: a sibling is only \(Words.things(distance, "edit")) away"
    case .merged(let node, let id, _, _): "a draw of request \(id) says what node \(node) says and joins its group"
    case .followed(let node, let source, let rollout, let line):
      "line \(line + 1) of rollout \(rollout + 1) of node \(source) is there already: node \(node)"
    case .grafted(let node, let source, let rollout, let line, let terminal, _):
      "line \(line + 1) of rollout \(rollout + 1) of node \(source) becomes node \(node)\(Words.ending(terminal)): "
        + tree.quoted(node)
    case .inserted(let node, _, let terminal, _):
      "node \(node) joins below node \(tree[node].parent)\(Words.ending(terminal)): \(tree.quoted(node))"
    case .widthFrozen(let node, let spent):
      "node \(node) is widened no more: \(Words.things(spent, "draw")) brought nothing new"
    case .evaluated(let node, let reward): "node \(node) has the reward \(Words.number(reward))"
    case .backedUp(let node, let reward):
      "\(Words.number(reward)) is backed up from node \(node): the root has N \(tree.simulations), "
        + "Q \(Words.number(tree[.root].meanValue))"
    case .intervened(.revise(let node, let revision)) where revision.isByRule == true:
      "by rule: \(Intervention.revise(node: node, revision).words)"
    case .imported(_, _, let facts) where facts.origin != nil:
      "the tree comes from a file of the form \(Words.cut(facts.origin?.format ?? ""))"
    case .imported(let node, let parent, let facts):
      "node \(node) is imported below node \(parent)\(Words.ending(facts.terminal)): \(tree.quoted(node))"
    case .intervened(let intervention): "a person: \(intervention.words)"
    case .undone(let number): "taken back: \(tree.interventions[number].intervention.words)"
    case .redone(let number): "done again: \(tree.interventions[number].intervention.words)"
    case .forecast(let forecast): "forecast: \(forecast.words)"
    case .picked(let pick): "picked: \(pick.words)"
    case .stopped(let reason): "the search stops: \(reason.rawValue)"
    }
  }
}

extension Request.Kind {
  /// What is wanted, without the node.
  public var words: String {
    switch self {
    case .propose(let draws, let temperature, let toEnd, _):
      "\(Words.things(draws, "draw")) of \(toEnd ? "the rest of the answer" : "an option"), "
        + (temperature > 0 ? "temperature \(Words.number(temperature))" : "greedy")
    case .score(let critics): "scores by \(critics.isEmpty ? "nobody" : critics.joined(separator: ", "))"
    case .rollOut(let count, _, _): Words.things(count, "fast rollout")
    case .compare(_, let nodes): "a comparison of a draw with \(Words.things(nodes.count, "sibling"))"
    }
  }
}

extension Answer.Content {
  fileprivate var words: String {
    switch self {
    case .options(let options): options.map { Words.quoted($0.bytes) }.joined(separator: ", ")
    case .scores(let scores): scores.map { "\($0.critic) \(Words.number($0.score))" }.joined(separator: ", ")
    case .rollouts(let rollouts):
      ([Words.things(rollouts.count, "rollout")] + rollouts.map { "ORM \(Words.number($0.score))" })
        .joined(separator: ", ")
    case .similarities(let beliefs): "alike by " + beliefs.map { Words.number($0) }.joined(separator: ", ")
    }
  }
}

extension Intervention {
  /// What the person did.
  fileprivate var words: String {
    switch self {
    case .expand(let node, let count): "\(name) node \(node) by \(count)"
    case .insert(let node, let option): "\(name) below node \(node): \(Words.quoted(option.bytes))"
    case .override(let node, let critic, let score): "\(name) \(critic) of node \(node): \(Words.number(score))"
    case .rollOut(let node, let count): "\(name) node \(node) \(count) times"
    case .separate(let node, let member): "\(name) member \(member + 1) from node \(node)"
    case .set(let parameter, let value): "\(name) \(parameter) to \(value)"
    case .split(let node, _, let second): "\(name) node \(node) before \(Words.quoted(second.bytes))"
    case .join(let node): "\(name) node \(node) with the step before it"
    case .revise(let node, let revision):
      "\(name) \(revision.isWhole == true ? "the answer at node" : "node") \(node): \(Words.cut(revision.objection))"
    case .prune, .restore: "\(name) node \(node)"
    }
  }
}

extension SearchTree {
  fileprivate func quoted(_ node: NodeID) -> String { Words.quoted(details[node.offset].option?.bytes ?? []) }
}

extension PresetPick {
  /// What was picked and why, as one line of ASCII for a person.
  public var words: String {
    "after \(Words.things(made, "simulation")) the problem looks \(difficulty.rawValue), ease \(Words.number(look.ease)) "
      + "(\(Words.percent(look.agreement)) of \(Words.things(look.trajectories, "answer")) agree, "
      + "\(Words.percent(look.chance)) by critics, \(Words.percent(look.doubted)) doubted by a tool): \(short)\(changes)"
  }

  /// The preset and the difficulty.
  public var short: String { "\(Words.cut(preset)) for \(difficulty.rawValue)" }

  private var changes: String {
    settings.isEmpty
      ? "" : ", " + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}
