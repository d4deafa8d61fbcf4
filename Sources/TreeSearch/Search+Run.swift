/// For policies and critics that answer on the spot: a search that runs by itself.
extension Search {
  /// Runs until `target` simulations are done or nothing more can be.
  ///
  /// `answer` is called with each request and the tree as it stands, without that request among those that wait;
  /// `event` is handed each event, in order. Events and tree are those of ``ask(upTo:)`` and ``tell(_:_:)``, in a fraction
  /// of the time: with one worker it is known what follows on an event, and what one would put on the agenda for the next
  /// is never written there. Complexity: O(depth × width) a simulation, and what `answer` takes.
  public mutating func run(
    upTo target: Int, answer: (Request, borrowing SearchTree) -> Answer, event: (SearchEvent) -> Void
  ) {
    reserve(upTo: target)
    var asked: [Request] = []
    while true {
      while let drawing = beginAlone(upTo: target) {
        event(.selected(node: drawing.node, widen: true))
        event(.asked(request: drawing))
        let drawn = answer(drawing, tree)
        guard let (added, scoring) = joinAlone(drawing, drawn) else {
          leave(drawing, drawn)
          break
        }
        event(.answered(request: drawing.id, answer: drawn))
        event(added)
        event(.asked(request: scoring))
        let said = answer(scoring, tree)
        guard let reward = finishAlone(scoring, said) else {
          leave(scoring, said)
          break
        }
        event(.answered(request: scoring.id, answer: said))
        event(.evaluated(node: scoring.node, reward: reward))
        event(.backedUp(node: scoring.node, reward: reward))
      }
      // What is due comes first and begins nothing new, so that the next simulation is alone again.
      ask(upTo: tree.isBusy ? tree.simulations : target, into: &asked)
      for request in asked { tell(request.id, answer(request, tree)) }
      let events = takeEvents()
      for happened in events { event(happened) }
      if asked.isEmpty, events.isEmpty { return }
    }
  }

  /// Makes room for the nodes to come, so that nothing is moved while the tree grows: most simulations add one.
  mutating func reserve(upTo target: Int) { tree.reserve(min(target - tree.simulations, 1 << 21)) }

  /// Selects the node that the next simulation widens, and makes the request for an option. Nil where the simulation, or
  /// the state of the search, is out of the ordinary: ``ask(upTo:)`` goes on from there.
  mutating func beginAlone(upTo target: Int) -> Request? {
    guard rules.isPlain, !tree.isBusy, outbox.isEmpty, tree.simulations < target,
      case .widen(let node, 1, false)? = select()
    else { return nil }
    tree.begin(at: node)
    return request(node, proposal(at: node, earlier: 0, children: 1), after: 1)
  }

  /// The only draw becomes a node: the event that says so, and the request to its critics. Nil where the draw has to be
  /// compared with siblings, where more is asked than critics, and where the answer does not fit.
  mutating func joinAlone(_ request: Request, _ answer: Answer) -> (added: SearchEvent, scoring: Request)? {
    let parent = request.node
    guard rules.rolloutsPerNode == 0, rules.joinsUnseen || tree.hasNoChild(parent),
      case .options(let options) = answer.content, options.count == 1, answer.misfit(request.kind) == nil
    else { return nil }
    let node = NodeID(tree.nodes.count)
    let ending = ending(of: options, 0, below: parent)
    tree.join(options, below: parent, ending.kind, ending.answer, usage: answer.usage)
    let added = SearchEvent.added(
      node: node, parent: parent, request: request.id, draw: 0, spent: 1, distance: nil, terminal: ending.kind,
      answer: ending.answer)
    return (added, self.request(node, .score(critics: ending.kind == nil ? nodeCritics : allCritics), after: 1))
  }

  /// The critics have spoken: the reward, which is fixed and backed up. Nil where their answer does not fit.
  mutating func finishAlone(_ request: Request, _ answer: Answer) -> Double? {
    guard case .scores(let scores) = answer.content, answer.misfit(request.kind) == nil else { return nil }
    return tree.finish(request.node, scores, usage: answer.usage)
  }

  /// Leaves a request that was asked, and its answer, to the ordinary course of things.
  mutating func leave(_ request: Request, _ answer: Answer) {
    tree.addPending(request)
    tell(request.id, answer)
  }
}
