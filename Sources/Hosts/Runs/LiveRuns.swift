import Explorer
import Lab
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Carries out the explorer's effects on the run that is open.
package actor LiveRuns: RunHost {
  private let setup: RunSetup
  private let catalog: ProblemCatalog
  private let inputs: HostInputs
  private var current: LiveRun?
  private var reader: Task<Void, Never>?
  private var checking: Task<Void, Never>?
  /// What the policy's server can do, and what servers lack, is said once.
  private var hasToldServer = false
  /// Reads what is left of a long run's journal.
  private var opening: Task<Void, Never>?

  package init(setup: RunSetup, catalog: ProblemCatalog, inputs: HostInputs) {
    self.setup = setup
    self.catalog = catalog
    self.inputs = inputs
  }

  package func begin(_ opening: RunOpening?) async {
    for (_, server) in setup.models.servers {
      // Ends with the model.
      Task { [inputs] in for await line in server.writing { inputs.yield(.action(.writing(line))) } }
    }
    switch opening {
    case .problem(let id): await openProblem(id)
    case .run(let record): await open(record)
    case .tour(let file): await startTour(file)
    case nil: sendProblems()
    }
  }

  /// Does one effect; what comes of it arrives as an action.
  package func perform(_ effect: RunEffect) async {
    switch effect {
    case .step: await current?.runner.step()
    case .phase: await current?.runner.phase()
    case .run: await current?.runner.run()
    case .pause: await current?.runner.pause()
    case .runMore(let count): await current?.runner.step(count)
    case .intervene(let intervention): await current?.runner.intervene(intervention)
    case .insertText(let node, let text): await current?.runner.insert(text, below: node)
    case .undo: await current?.runner.undo()
    case .redo: await current?.runner.redo()
    case .setBreakpoints(let breakpoints): await current?.runner.setBreakpoints(breakpoints)
    case .keep(let note, let run): await attempt { try setup.workspace?.keep(note, of: run) }
    case .commit(let request): await commit(request)
    case .openProblem(let id): await openProblem(id)
    case .openRun(let id): await openRun(id)
    case .fork(let moment, let settings): await fork(at: moment, settings)
    case .findRunsToCompare: await compare { .runsToCompare(try $0.otherRuns(of: $1)) }
    case .compareRun(let other): await compare { try $0.comparison(of: $1, with: other) }
    case .findRunsToLayOver: await compare { .runsToLayOver(try $0.otherRuns(of: $1)) }
    case .compareQueue(let a, let b): await compareQueue(a, b)
    case .layOver(let other): await compare { try $0.laidOver($1, other) }
    case .closeRun:
      await close()
      sendProblems()
    case .startTour: await startTour(nil)
    case .vote: break  // one's own run has no presenter to vote for
    }
  }

  package func eventCountAtRest() async -> Int? {
    await opening?.value
    guard let runner = current?.runner else { return nil }
    await runner.untilIdle()
    return await runner.tree.eventCount
  }

  /// Puts a run on the screen, reads the rest of its journal, and goes on with what was outstanding in it.
  func open(_ record: RunRecord) async {
    await close()
    await attempt {
      guard let workspace = setup.workspace else { return }
      let writer: RunWriter
      do {
        writer = try workspace.writer(of: record.id)
      } catch let error as WorkspaceError where error.kind == .busy {
        // Somebody else is at it, such as a round in another window: it can be looked at.
        var run = OpenRun(
          id: record.id, timeline: try workspace.timeline(of: record.id), notes: try workspace.notes(of: record.id))
        run.readOnlyReason = error.description
        return send(.opened(run))
      }
      let journal = JournalReading(
        workspace: workspace, record: record, length: try workspace.eventCount(of: record.id))
      let past = try workspace.timeline(of: record.id, upTo: JournalReading.beginning)
      let notes = try workspace.notes(of: record.id)
      send(.opened(OpenRun(id: record.id, timeline: past, status: journal.state(at: past.count), notes: notes)))
      guard past.count < journal.length else { return await goOn(record, writer, past.latest) }
      opening = Task { await readOn(journal, from: past.latest, writer) }
    }
  }

  /// Sends a long run portion by portion; its driver begins when all of it is there.
  private func readOn(_ journal: JournalReading, from tree: SearchTree, _ writer: RunWriter) async {
    do {
      let tree = try await journal.readOn(tree) { [inputs] events, count in
        inputs.yield(.action(.events(events)))
        inputs.yield(.action(.runState(journal.state(at: count))))
      }
      if !Task.isCancelled { await goOn(journal.record, writer, tree) }
    } catch {
      send(.runState(.failed("\(error)")))
      send(.failure("\(error)"))
    }
  }

  private func goOn(_ record: RunRecord, _ writer: RunWriter, _ tree: SearchTree) async {
    let live = LiveRun(record, writer, tree, setup.models.responder(), setup.watchdogs ?? .pause)
    current = live
    send(.runState(await live.runner.runState))
    let (inputs, box) = (inputs, UpdateMailbox())
    reader = Task {
      for await update in live.runner.updates where box.put(update) { inputs.yield(.run(box, of: record.id)) }
    }
    checking = Task { await checkModels(of: record) }
    await live.runner.discharge()
  }

  /// Says it where what is added to a run comes from other models than the rest. Nobody waits for a server meanwhile.
  private func checkModels(of record: RunRecord) async {
    await attempt {
      try await setup.models.connect(for: setup.parameters)
      guard current?.record.id == record.id else { return }
      if record.header.models != setup.models.names {
        send(.notice("this run was made with other models; what is added now comes from the present ones"))
      } else if !hasToldServer, let server = setup.models.servers.first?.model, let can = server.abilities {
        hasToldServer = true
        send(.notice("\(server.urls[0]): \(can.model): \(can.summary)"))
        // The last one stays on the screen, the log has all.
        for line in setup.models.serverLimits { send(.notice(line)) }
      }
    }
  }

  /// Stops the driver after what is in flight; everything is in the journal.
  package func close() async {
    opening?.cancel()
    checking?.cancel()
    await opening?.value
    await current?.runner.close()
    await reader?.value
    await attempt { try await current?.summarise() }
    (current, reader, opening, checking) = (nil, nil, nil, nil)
  }

  /// A run by its name.
  private func openRun(_ id: String) async {
    var record: RunRecord?
    await attempt { record = try setup.workspace?.run(id) }
    if let record { await open(record) }
  }

  /// The newest run of the problem that was begun with the present settings, or a new one.
  private func openProblem(_ id: String) async {
    guard let problem = catalog.problem(id), let workspace = setup.workspace else { return }
    var record: RunRecord?
    await attempt {
      if let awaited = setup.models.awaited { send(.waiting(awaited)) }
      try await setup.models.connect(for: setup.parameters)
      let header = setup.header(problem)
      let fingerprint = try RunFingerprint.of(header)
      let earlier = try workspace.runs(ofProblem: id).last { $0.fingerprint == fingerprint }
      record = try earlier.map { try workspace.run($0.id) } ?? workspace.createRun(header)
    }
    if let record { await open(record) }
  }

  /// Begins the run of a tour (nil: the one that comes with the program) and opens both.
  func startTour(_ file: String?) async {
    var begun: (tour: Tour, record: RunRecord)?
    await attempt {
      guard let workspace = setup.workspace else { return }
      let tour = try TourFile.read(file)
      try await setup.models.connect(for: setup.parameters)
      begun = (tour, try workspace.createRun(try setup.header(of: tour)))
    }
    guard let begun else { return }
    await open(begun.record)
    send(.tour(begun.tour))
  }

  /// Forks the run that is open and opens the fork.
  private func fork(at moment: Int, _ settings: ForkSettings) async {
    var fork: RunRecord?
    await attempt {
      guard let live = current, let workspace = setup.workspace else { return }
      fork = try workspace.fork(run: live.record.id, at: moment, settings: settings)
    }
    guard let fork else { return }
    await open(fork)
    send(.notice("this is the fork \(fork.id); the run it comes from is as it was"))
  }

  private func compare(_ answer: (Workspace, RunRecord) throws -> Action) async {
    await attempt {
      guard let live = current, let workspace = setup.workspace else { return }
      send(try answer(workspace, live.record))
    }
  }

  private func compareQueue(_ first: String, _ second: String) async {
    await attempt {
      guard let workspace = setup.workspace else { return }
      let (a, b) = (try RunSelector(first), try RunSelector(second))
      let found = try PolicyComparison(
        try a.runs(in: workspace), try b.runs(in: workspace), threshold: TreeDifference.threshold, in: workspace)
      send(.queueCompared(ComparedQueue(found.changes, noise: found.noise, a: first, b: second)))
    }
  }

  private func commit(_ request: CommitRequest) async {
    await attempt {
      guard let live = current, let workspace = setup.workspace else { return }
      let entry = try workspace.commit(
        run: live.record.id, tree: await live.runner.tree, node: request.node, judgement: request.judgement)
      send(.committed(String(entry.id.prefix(12))))
    }
  }

  /// Says what has been done with each problem.
  private func sendProblems() {
    do {
      if let workspace = setup.workspace { send(.problems(try catalog.entries(in: workspace))) }
    } catch {
      send(.failure("\(error)"))
    }
  }

  private func attempt(_ body: () async throws -> Void) async {
    do {
      try await body()
    } catch is CancellationError {
      // Closed meanwhile: nobody is there to be told.
    } catch {
      send(.failure("\(error)"))
    }
  }

  private func send(_ action: Action) { inputs.yield(.action(action)) }
}
