import TreeInsight
import TreeSearch
import Vocabulary

/// Two worlds: the run on the screen, in which a person has acted, and a fork of it from just before the act, which is searched beside
/// it until both have made the same number of simulations.
struct Worlds: Sendable {
  /// The run as it was without the act.
  var without: OpenRun
  /// The moment just before the act.
  let moment: Int
  /// What was done, in words.
  let act: String
  /// Simulations that each is searched for in all.
  var goal: Int

  /// Simulations that one key press adds to both.
  static let portion = 20
}

/// What becomes of the fork that is searched beside the run on the screen.
public enum BesideUpdate: Sendable {
  /// The fork is there: of the moment `from`. Both are searched until each has made `goal` simulations.
  case began(OpenRun, from: Int, goal: Int)
  /// Both go on until each has made so many simulations.
  case goal(Int)
  /// The fork called so went on: its next events, in order.
  case events([SearchEvent], of: String)
  /// The driver of the fork called so starts, pauses or stops.
  case state(RunState, of: String)
}

extension ExplorerState {
  /// Takes up what has become of the fork beside the run.
  mutating func reduce(_ update: BesideUpdate) {
    switch update {
    case .began(let run, let moment, let goal):
      worlds = Worlds(without: run, moment: moment, act: self.run?.wordsOnLastActs ?? "your act", goal: goal)
      if overlay == nil, following?.isLocked ?? true { overlay = WorldsOverlay() }
    case .goal(let goal): worlds?.goal = goal
    case .events(let events, let id):
      guard worlds?.without.id == id else { return }
      do {
        try worlds?.without.read(events)
      } catch {
        worlds?.without.status = .failed("this view no longer agrees with the run: \(error)")
      }
    case .state(let status, let id):
      if worlds?.without.id == id { worlds?.without.status = status }
    }
  }

  /// Searches the run and the fork without the last act, or shows them where that has been done.
  mutating func searchBothWorlds() -> [Effect] {
    guard let moment = run?.momentBeforeAct else { return [] }
    if let worlds, worlds.moment == moment, !(overlay is WorldsOverlay) {
      overlay = WorldsOverlay()
      return []
    }
    return [.run(.searchBeside(from: moment, simulations: Worlds.portion))]
  }

  /// Why there are no two worlds to be searched.
  var reasonAgainstWorlds: String? {
    if let reason = reasonOfFollowing ?? reasonOfOpening { return reason }
    guard let run else { return nil }
    if case .failed(let words) = run.status { return words }
    if run.timeline.latest.lastActs == nil {
      let keys = ["search.override", "search.prune", "search.insert", "search.edit"].map { key($0) }
      return "you have changed nothing here yet: \(keys.joined(separator: ", ")) do, and so does a setting"
    }
    return run.momentBeforeAct == nil ? "what came before your act is not known here" : nil
  }
}

extension OpenRun {
  /// The moment just before the last act that stands, and those done as one with it; nil where there is none, or it is not known.
  ///
  /// Complexity: O(acts of the group).
  var momentBeforeAct: Int? {
    guard let first = timeline.latest.lastActs?.lowerBound else { return nil }
    return course.moment(beforeAct: first, of: timeline.latest.interventions.count)
  }

  /// What the last act that stands was, with those done as one with it.
  fileprivate var wordsOnLastActs: String? {
    let tree = timeline.latest
    return tree.lastActs.map { acts in
      acts.map { SearchEvent.intervened(tree.interventions[$0].intervention).sentence(in: tree) }.joined(
        separator: "; ")
    }
  }
}

extension Comparison {
  /// The run on the screen with a person's act in it, beside the fork without.
  init(_ run: OpenRun, _ worlds: Worlds) {
    let (with, without) = (World(run), World(worlds.without))
    var rows: [Row] = [
      .words("after moment \(worlds.moment), \(worlds.act)"),
      .words(Self.progress(with, without, goal: worlds.goal)),
      .number("simulations", a: Double(with.tree.simulations), b: Double(without.tree.simulations), .count),
      .pair("state", a: with.state, b: without.state),
      .number("nodes", a: Double(with.tree.nodes.count), b: Double(without.tree.nodes.count), .count),
      .answer("answer", a: with.answer, b: without.answer),
      .number("score", a: with.run.chosenNow?.score, b: without.run.chosenNow?.score, .score(2)),
      .number("Q of its end", a: with.end?.meanValue, b: without.end?.meanValue, .score(3)),
    ]
    for at in 1..<max(2, with.path.count, without.path.count) where max(with.path.count, without.path.count) > at {
      rows += Self.step(at, with.path, with.tree, without.path, without.tree, withNumbers: true)
    }
    self.init(
      title: "With and without your act", a: "with it: \(run.id)", b: "without it: \(worlds.without.id)", rows: rows,
      verdict: Self.verdict(with, without, isDone: with.isDone(at: worlds.goal) && without.isDone(at: worlds.goal)))
  }

  /// How far both are.
  private static func progress(_ with: World, _ without: World, goal: Int) -> String {
    let (count, worlds) = (Number.things(goal, "simulation"), [("with", with), ("without", without)])
    if worlds.allSatisfy({ $0.1.tree.simulations >= goal }) { return "each has made \(count)" }
    let stuck = worlds.filter { $0.1.tree.simulations < goal && $0.1.isDone(at: goal) }.map(\.0)
    return "each is searched until it has made \(count)"
      + (stuck.isEmpty ? "" : "; \(stuck.joined(separator: " and ")) your act nothing is left to be done")
  }

  /// What each says, and whether that is the same.
  private static func verdict(_ with: World, _ without: World, isDone: Bool) -> String {
    let words = "with your act: \(with.words); without: \(without.words)"
    let isSame =
      switch (with.answer, without.answer) {
      case (let a?, let b?): with.tree.header.problem.agree(a.text, b.text)
      default: false
      }
    return (isDone ? "" : "so far, ") + words + (isSame ? "; the answer is the same" : "")
  }
}

/// One of two worlds as it stands.
private struct World {
  let run: OpenRun
  /// The trajectory that is chosen; while none states an answer, the one of greatest mean value.
  let path: [NodeID]

  init(_ run: OpenRun) {
    self.run = run
    path = run.bestPath(in: run.timeline.latest)
  }

  var tree: SearchTree { run.timeline.latest }
  var end: Node? { path.count > 1 ? path.last.map { tree[$0] } : nil }
  var answer: Comparison.StatedAnswer? { Comparison.StatedAnswer(run.chosenNow?.answer, in: tree) }
  var words: String { Standing.verdict(run.chosenNow, in: tree) }
  var state: String { run.status.word }

  /// True where it has made `goal` simulations, or cannot go on.
  func isDone(at goal: Int) -> Bool {
    switch run.status {
    case .done(.exhausted), .done(.imported), .failed: true
    default: tree.simulations >= goal
    }
  }
}
