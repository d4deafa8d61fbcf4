import Canvas
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Explorer

/// Plays a person at the keyboard: keys become effects, effects are carried out with a real `Search`, and what comes of
/// them returns as actions, just as the executable does it.
struct FakeDriver {
  var state: ExplorerState
  var search: Search
  var world = ScriptedWorld()
  var rounds = ScriptedRounds()
  /// The fork that is searched beside, and the moment from which it was forked.
  private var beside: (search: Search, moment: Int)?
  /// Effects that no search is needed for.
  private(set) var effects: [Effect] = []
  /// What was noted of runs.
  /// Commits so far.
  private var made = 0
  /// What speaks against every commit.
  var warnings: [String] = []
  private(set) var kept: [RunNote] = []
  /// What the clock shows, always.
  static let time = TimeOfDay(hour: 9, minute: 41, second: 5)

  /// The explorer on one problem, before its first simulation.
  init(
    size: Size = Size(columns: 80, rows: 24), header: RunHeader = FakeDriver.header(), themes: [String] = [],
    problems: [ProblemEntry] = []
  ) {
    search = Search(header: header)
    state = ExplorerState(size: size, problems: problems, theme: "dusk", themes: themes)
    _ = state.reduce(.opened(OpenRun(id: "run-1", tree: search.tree)))
  }

  /// The explorer after so many simulations of a run whose question has at least so many branches.
  static func searched(
    _ simulations: Int = 30, branches: Int = 3, size: Size = Size(columns: 80, rows: 24)
  ) -> FakeDriver {
    var person = FakeDriver(size: size, header: header(changing: ["width.root.minimum": "\(branches)"]))
    person.press("s", times: simulations)
    return person
  }

  /// A run on a sample problem with all critics; a parameter that is none is left out.
  static func header(changing parameters: [String: String] = [:]) -> RunHeader {
    let question =
      "Ana has 13 apples. Lena has 10 apples. Ana buys 3 trays of 3 apples. How many apples do Lena and Ana have?"
    var header = RunHeader(
      problem: Problem(id: "test-0001", question: question, answer: "32"), seed: 7,
      critics: [.value, .prm, .orm, .calculator], models: ["policy": "etascope-stories"])
    for (id, text) in parameters { try? header.parameters.set(id, to: text) }
    return header
  }

  /// Presses keys by their names, separated by spaces; `text:abc` types the letters, `_` stands for a space in them.
  mutating func press(_ script: String) {
    for word in script.split(separator: " ") {
      if word.hasPrefix("text:") {
        for character in word.dropFirst(5) { act(.key(.character(character == "_" ? " " : character))) }
      } else if let key = Key(name: String(word)) {
        act(.key(key))
      } else {
        preconditionFailure("no key is called \(word)")
      }
    }
  }

  /// Presses one key several times.
  mutating func press(_ key: String, times: Int) {
    for _ in 0..<times { press(key) }
  }

  /// Reduces an action and carries out what it asks for.
  mutating func act(_ action: Action) {
    for effect in state.reduce(action, at: Self.time) { carryOut(effect) }
  }

  /// Effects since the last call that were not the search's.
  mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  /// The node under the cursor.
  var cursor: NodeID { state.run?.cursor ?? .none }

  /// The explorer's replica.
  var tree: SearchTree { state.run?.tree ?? search.tree }

  /// The screen as lines of text.
  func screen(_ size: Size? = nil, glyphs: GlyphSet = .unicode) -> [String] {
    FrameText.lines(frame(size, glyphs: glyphs))
  }

  /// The screen.
  func frame(_ size: Size? = nil, glyphs: GlyphSet = .unicode) -> Frame {
    state.view(size: size ?? state.size, theme: .monochrome, glyphs: glyphs)
  }

  /// Carries out one effect.
  mutating func perform(_ effect: Effect) { carryOut(effect) }

  private mutating func carryOut(_ effect: Effect) {
    switch effect {
    case .session(.lookOn): act(.lookOn)
    case .session(.setTheme), .session(.suspend), .session(.quit), .session(.copy), .session(.setMouse),
      .session(.snapshot), .session(.clearVotes):
      effects.append(effect)
    case .run(let asked): carryOut(asked)
    case .rounds(let asked):
      effects.append(effect)
      for update in rounds.carryOut(asked) { act(.rounds(update)) }
    }
  }

  private mutating func carryOut(_ effect: RunEffect) {
    switch effect {
    case .step: work(upTo: search.tree.simulations + 1)
    case .run:
      act(.runState(.running))
      work(upTo: 40)
      act(.runState(.done(.simulations)))
    case .phase: workOnePhase()
    case .runMore(let count): work(upTo: search.tree.simulations + count)
    case .intervene(let intervention): intervene(intervention)
    case .insertLines(let node, let lines, let replaced):
      var parent = node
      for line in lines {
        intervene(.insert(node: parent, option: SearchOption(line + "\n", .person)))
        parent = tree.lastChild(of: parent)
      }
      if let replaced { intervene(.prune(node: replaced)) }
    case .spell(let node): act(.spelled(node, []))
    case .undo:
      if search.undo() { work(upTo: 0) }
    case .redo:
      if search.redo() { work(upTo: 0) }
    case .keep(let note, _): kept.append(note)
    case .searchBeside(let moment, let count):
      effects.append(.run(effect))
      searchBeside(from: moment, count)
    case .commit(let subject, _):
      effects.append(.run(effect))
      commit(subject)
    case .examine(let request):
      act(.examined(request, CommitPreview(warnings: warnings, yields: [.init(format: "prompt-completion", rows: 1)])))
    case .takeBack(let commit): act(.takenBack(commit))
    case .openRun(let id):
      effects.append(.run(effect))
      act(.opened(OpenRun(id: id, timeline: Timeline(search.tree))))
    case .fork, .label, .commitAll, .export, .findRunsToCompare, .compareRun, .findRunsToLayOver, .layOver,
      .compareQueue,
      .measureTrust, .openProblem, .closeRun,
      .setBreakpoints,
      .pause, .startTour, .startTourOf, .listRuns, .findTexts, .vote:
      effects.append(.run(effect))
    }
  }

  private mutating func searchBeside(from moment: Int, _ count: Int) {
    guard let timeline = state.run?.timeline else { return }
    let goal = search.tree.simulations + count
    if beside?.moment == moment {
      act(.beside(.goal(goal)))
    } else {
      beside = (Search(tree: timeline.tree(at: moment)), moment)
      act(.beside(.began(OpenRun(id: "run-1-without", tree: timeline.tree(at: moment)), from: moment, goal: goal)))
    }
    act(.beside(.state(.running, of: "run-1-without")))
    work(upTo: goal)
    guard var fork = beside?.search else { return }
    for request in fork.outstanding { fork.tell(request.id, world.answer(request, in: fork.tree)) }
    fork.work(upTo: goal) { [world] in world.answer($0, in: $1) }
    act(.beside(.events(fork.takeEvents(), of: "run-1-without")))
    act(.beside(.state(.idle, of: "run-1-without")))
    beside?.search = fork
  }

  private mutating func commit(_ subject: CommitSubject) {
    let (problem, verdict) =
      switch subject {
      case .trajectory(let request): (tree.header.problem.id, request.judgement.verdict)
      case .problem(let id, let verdict): (id, verdict)
      }
    made += 1
    act(.committed(MadeCommit(id: "c\(made)", problem: problem, verdict: verdict, who: "ana")))
  }

  private mutating func intervene(_ intervention: Intervention) {
    do {
      try search.intervene(intervention)
      work(upTo: 0)
    } catch {
      act(.failure("\(error)"))
    }
  }

  /// Goes on until a phase has ended.
  private mutating func workOnePhase() {
    var events: [SearchEvent] = []
    while !events.contains(where: { Phase($0) != nil }) {
      guard let asked = search.askOnce(upTo: search.tree.simulations + 1) else { break }
      for request in asked { search.tell(request.id, world.answer(request, in: search.tree)) }
      events += search.takeEvents()
    }
    act(.events(events))
  }

  /// Answers whatever the search asks until it has nothing to do below `target` simulations.
  private mutating func work(upTo target: Int) {
    // What an intervention left outstanding is answered first.
    for request in search.outstanding { search.tell(request.id, world.answer(request, in: search.tree)) }
    search.work(upTo: target) { [world] in world.answer($0, in: $1) }
    act(.events(search.takeEvents()))
  }
}
