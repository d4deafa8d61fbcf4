import Explorer
import Lab
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Carries out the explorer's effects on the run that is open.
package actor LiveRuns: RunHost {
  let setup: RunSetup
  /// The problems, which may still be being read.
  let catalog: Task<ProblemCatalog, any Error>
  var board = ProblemBoard()
  /// True where the list of runs has been asked for since the list of problems is on the screen.
  private(set) var listsRuns = false
  /// The texts of all runs, as far as they have been read.
  private var texts = RunTexts()
  /// Looks for what others do while the list is on the screen.
  var watching: Task<Void, Never>?
  let inputs: HostInputs
  private(set) var current: LiveRun?
  /// Lets programs of the same user steer it.
  private var steering: RunControl?
  /// The fork that is searched beside it.
  var beside: BesideRun?
  /// Another's run that is followed, because it was being written when it was opened.
  private var followed: FollowedRun?
  private var desk: CommitDesk?
  private var look = LookTime()
  private var reader: Task<Void, Never>?
  private var checking: Task<Void, Never>?
  /// What the policy's server can do, and what servers lack, is said once.
  private var hasToldServer = false
  /// Reads what is left of a long run's journal.
  private var opening: Task<Void, Never>?

  /// - Parameters:
  ///   - catalog: The problems: a run that is opened does not wait until they are read.
  ///   - commitGuard: Looks for leaks in what is committed; nil where nothing is held out.
  package init(
    setup: RunSetup, catalog: Task<ProblemCatalog, any Error>, commitGuard: CommitGuard? = nil, inputs: HostInputs
  ) {
    self.setup = setup
    self.catalog = catalog
    self.inputs = inputs
    desk = setup.workspace.map { CommitDesk($0, commitGuard) }
  }

  package func begin(_ opening: RunOpening?) async {
    for (_, server) in setup.models.servers {
      // Ends with the model.
      Task { [inputs] in for await line in server.writing { inputs.yield(.action(.writing(line))) } }
    }
    switch opening {
    case .problem(let id): await openProblem(id)
    case .run(let record):
      await open(record)
      Task { await sendEntries() }
    case .tour(let file, let problem):
      await attempt {
        let catalog = try await catalog.value
        await startTour(file, on: problem.flatMap { catalog.problem($0) } ?? catalog.first)
      }
    case nil: sendProblems()
    }
  }

  /// Does one effect; what comes of it arrives as an action.
  package func perform(_ effect: RunEffect) async {
    switch effect {
    case .step: await current?.runner.step()
    case .phase: await current?.runner.phase()
    case .run: await current?.runner.run()
    case .pause:
      await current?.runner.pause()
      await beside?.pause()
    case .runMore(let count): await current?.runner.step(count)
    case .intervene(let intervention): await intervene(intervention)
    case .insertLines(let node, let lines, let replaced): await insert(lines, below: node, in: replaced)
    case .spell(let node): send(.spelled(node, await current?.runner.spelling(of: node) ?? []))
    case .undo: await current?.runner.undo()
    case .redo: await current?.runner.redo()
    case .setBreakpoints(let breakpoints): await current?.runner.setBreakpoints(breakpoints)
    case .keep(let note, let run): await attempt { try await keep(note, of: run) }
    case .commit(let subject, let insists): await attempt { try await commit(subject, insists) }
    case .commitAll(let problems, let verdict): await attempt { try await commit(problems, verdict) }
    case .export(let folder):
      await attempt {
        guard let workspace = setup.workspace else { return }
        send(.lines(title: "Exported to \(folder)", try workspace.exportAll(to: folder)))
      }
    case .examine(let request): await attempt { try await examine(request) }
    case .takeBack(let commit):
      await attempt {
        try desk?.takeBack(commit)
        send(.takenBack(commit))
      }
    case .openProblem(let id): await openProblem(id)
    case .openRun(let id): await openRun(id)
    case .fork(let moment, let settings): await fork(at: moment, settings)
    case .searchBeside(let moment, let count): await attempt { try await searchBeside(from: moment, count) }
    case .findRunsToCompare: await compare { .runsToCompare(try $0.otherRuns(of: $1)) }
    case .compareRun(let other): await compare { try $0.comparison(of: $1, with: other) }
    case .findRunsToLayOver: await compare { .runsToLayOver(try $0.otherRuns(of: $1)) }
    case .compareQueue(let a, let b): await compareQueue(a, b)
    case .measureTrust:
      await attempt { if let workspace = setup.workspace { send(.trustMeasured(try TrustReport(of: workspace))) } }
    case .layOver(let other): await compare { try $0.laidOver($1, other) }
    case .listRuns:
      listsRuns = true
      await attempt { try await sendRuns() }
    case .findTexts(let query):
      await attempt { if let workspace = setup.workspace { send(.textsFound(try texts.find(query, in: workspace))) } }
    case .closeRun:
      await close()
      sendProblems()
    case .startTour: await startTour(TourFile.standard)
    case .startTourOf(let id):
      let open = current?.record.header.problem
      await attempt {
        let known = try await catalog.value.problem(id)
        await startTour(TourFile.ofAnyProblem, on: known ?? (open?.id == id ? open : nil))
      }
    // One's own run has no presenter to vote for, and labels of a run are kept as its notes are.
    case .vote, .label: break
    }
  }

  package func eventCountAtRest() async -> Int? {
    await opening?.value
    guard let runner = current?.runner else { return nil }
    await runner.untilIdle()
    await beside?.untilIdle()
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
        // Somebody else is at it, such as a round in another window: it can be followed.
        let who = Stage.presenters(workspace: workspace.path)[record.id] ?? "another program"
        let reason = "\(who) is at work on it: you follow, and P leaves"
        let run = FollowedRun(record, in: workspace, inputs: inputs, readOnlyReason: reason)
        followed = run
        await run.begin()
        return send(.notice("\(who) has \(record.header.problem.id) open: you follow what happens there"))
      }
      let journal = JournalReading(
        workspace: workspace, record: record, length: try workspace.eventCount(of: record.id))
      let past = try workspace.timeline(of: record.id, upTo: JournalReading.beginning)
      let notes = try workspace.notes(of: record.id, labelledBy: workspace.author)
      look.begin()
      let run = OpenRun(id: record.id, timeline: past, status: journal.state(at: past.count), notes: notes)
      send(.opened(run))
      guard past.count < journal.length else { return await goOn(record, writer, past.latest) }
      opening = Task { await readOn(journal, from: run, writer) }
    }
  }

  /// Reads a long run while its beginning is shown; its driver begins when all of it is there.
  private func readOn(_ journal: JournalReading, from run: OpenRun, _ writer: RunWriter) async {
    do {
      let run = try await journal.readOn(run) { [inputs] state in
        inputs.yield(.action(.runState(state)))
      } show: { [inputs] run in
        inputs.yield(.action(.grown(run)))
      }
      if !Task.isCancelled { await goOn(journal.record, writer, run.timeline.latest) }
    } catch {
      send(.runState(.failed("\(error)")))
      send(.failure("\(error)"))
    }
  }

  private func goOn(_ record: RunRecord, _ writer: RunWriter, _ tree: SearchTree) async {
    let live = LiveRun(record, writer, tree, setup.models.responder(), setup.watchdogs ?? .pause)
    current = live
    steering = setup.workspace.map { RunControl(live.runner, run: record.id, in: $0) }
    send(.runState(await live.runner.runState))
    let (inputs, box) = (inputs, UpdateMailbox())
    reader = Task {
      for await update in live.runner.updates where box.put(update) { inputs.yield(.run(box, of: record.id)) }
    }
    // Nothing is added to history.
    if !tree.isHistory { checking = Task { await checkModels(of: record) } }
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
    listsRuns = false
    watching?.cancel()
    opening?.cancel()
    checking?.cancel()
    await opening?.value
    await followed?.close()
    steering?.close()
    await current?.runner.close()
    await reader?.value
    await attempt { try await closeBeside() }
    await attempt { try await current?.summarise() }
    (current, reader, opening, checking, followed) = (nil, nil, nil, nil, nil)
  }

  /// A run by its name.
  private func openRun(_ id: String) async {
    var record: RunRecord?
    await attempt { record = try setup.workspace?.run(id) }
    if let record { await open(record) }
  }

  /// The newest run of the problem that was begun with the present settings, whatever its limits, or a new one.
  private func openProblem(_ id: String) async {
    guard let workspace = setup.workspace else { return }
    var record: RunRecord?
    await attempt {
      guard let problem = try await catalog.value.problem(id) else { return }
      if let awaited = setup.models.awaited { send(.waiting(awaited)) }
      try await setup.models.connect(for: setup.parameters)
      let header = setup.header(problem)
      record = try workspace.newestRun(like: header) ?? workspace.createRun(header)
    }
    if let record { await open(record) }
  }

  /// Forks the run that is open and opens the fork.
  private func fork(at moment: Int, _ settings: ForkSettings) async {
    var fork: RunRecord?
    await attempt {
      guard let live = current, let workspace = setup.workspace else { return }
      var settings = settings
      settings.live = setup.header(live.record.header.problem)
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

  /// Adds a person's lines, each below the one before, and prunes the node whose place they take.
  private func insert(_ lines: [String], below node: NodeID, in replaced: NodeID?) async {
    guard let runner = current?.runner else { return }
    // A line has to stand in the tree before another can follow it.
    if lines.count > 1 { await runner.pause() }
    var parent = node
    for (index, line) in lines.enumerated() {
      await runner.insert(line, below: parent)
      guard index + 1 < lines.count else { break }
      await runner.untilIdle()
      let tree = await runner.tree
      parent = tree.lastChild(of: parent)
      guard parent.exists, tree[parent].marks.contains(.inserted), tree[parent].terminal == nil else {
        send(.failure("only \(index + 1) of \(lines.count) lines were added: nothing can follow the last one"))
        break
      }
    }
    if let replaced { await runner.intervene(.prune(node: replaced)) }
  }

  /// Lets the person act. Where a branch is made anew, what they noted of its steps is kept with the steps of the same text.
  private func intervene(_ intervention: Intervention) async {
    guard let live = current else { return }
    let acts = await live.runner.tree.interventions.count
    await live.runner.intervene(intervention)
    let tree = await live.runner.tree
    guard tree.interventions.count > acts else { return }
    let kept = tree.interventions[acts].kept
    if kept.isEmpty { return }
    await attempt {
      guard let workspace = setup.workspace else { return }
      for note in try workspace.notes(of: live.record.id, labelledBy: workspace.author) {
        guard [.label, .bookmark].contains(note.kind), let copy = kept[NodeID(note.place)] else { continue }
        try await keep(RunNote(note.kind, at: copy.offset, note.text), of: live.record.id)
      }
    }
  }

  /// Keeps a note with its run; a label of a step goes into the log of labels.
  private func keep(_ note: RunNote, of run: String) async throws {
    guard let workspace = setup.workspace else { return }
    guard note.kind == .label, let live = current, live.record.id == run else {
      return try workspace.keep(note, of: run)
    }
    let (tree, node) = (await live.runner.tree, NodeID(note.place))
    guard tree.nodes.indices.contains(note.place) else { return }
    try workspace.append([
      Label(
        .step(note.text.flatMap { StepLabel(word: $0) }), of: Label.Subject(run: run, tree: tree, node: node),
        who: workspace.author, milliseconds: look.lap(), evidence: Label.Evidence(tree: tree, node: node))
    ])
  }

  private func examine(_ request: CommitRequest) async throws {
    guard let live = current, let desk else { return }
    let preview = try desk.preview(request, run: live.record.id, tree: await live.runner.tree)
    send(.examined(request, preview))
  }

  private func commit(_ subject: CommitSubject, _ insists: Bool) async throws {
    guard let desk else { return }
    let (run, tree, request): (String, SearchTree, CommitRequest)
    switch subject {
    case .trajectory(let asked):
      guard let live = current else { return }
      (run, tree, request) = (live.record.id, await live.runner.tree, asked)
    case .problem(let id, let verdict):
      guard let found = try desk.chosen(of: id, verdict) else {
        throw LabError.failed("no run of \(id) has an answer yet")
      }
      (run, tree, request) = found
    }
    let warnings = insists ? [] : try desk.warnings(request, run: run, tree: tree)
    guard warnings.isEmpty else { return send(.doubted(subject, warnings: warnings)) }
    if let made = try self.desk?.commit(request, run: run, tree: tree, milliseconds: look.lap()) {
      send(.committed(made))
    }
  }

  /// Commits what the newest runs of these problems choose, where nothing speaks against it.
  private func commit(_ problems: [String], _ verdict: Judgement.Verdict) async throws {
    var (count, left) = (0, [String]())
    for id in problems {
      guard let desk, let found = try desk.chosen(of: id, verdict) else {
        left.append("\(id): no run has an answer yet")
        continue
      }
      let warnings = try desk.warnings(found.request, run: found.run, tree: found.tree)
      if !warnings.isEmpty {
        left.append("\(id): \(warnings.joined(separator: "; "))")
      } else if let made = try self.desk?.commit(found.request, run: found.run, tree: found.tree, milliseconds: nil) {
        send(.committed(made))
        count += 1
      }
    }
    send(.notice("\(count) committed as \(verdict.rawValue), \(left.count) not"))
    if !left.isEmpty { send(.lines(title: "Not committed: \(left.count)", left)) }
  }

  func attempt(_ body: () async throws -> Void) async {
    do {
      try await body()
    } catch is CancellationError {
      // Closed meanwhile: nobody is there to be told.
    } catch {
      send(.failure("\(error)"))
    }
  }

  func send(_ action: Action) { inputs.yield(.action(action)) }
}
