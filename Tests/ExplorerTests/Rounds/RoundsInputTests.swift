import Canvas
import Testing
import TreeInsight
import Vocabulary

@testable import Explorer

@Suite("The rounds screen under the mouse, at every size, with hostile text")
struct RoundsInputTests {
  private static func click(_ x: Int, _ y: Int) -> Action { .mouse(MouseEvent(kind: .press(.left), x: x, y: y)) }

  @Test("A click selects a round and a stage, another one opens it; a click on a stage's name opens that")
  func stages() throws {
    var person = RoundsGoldenTests.person(Size(columns: 160, rows: 45))
    _ = person.takeEffects()
    let columns = RoundColumns(try #require(person.state.rounds), width: 160)
    let train = columns.strip + 6 * columns.cell + 2
    person.act(Self.click(train, 3))
    #expect(person.state.rounds?.selected?.id == "lift-3" && person.state.rounds?.stage == .train)
    #expect(person.takeEffects().isEmpty)
    person.act(Self.click(train, 3))
    #expect(person.takeEffects() == [.rounds(.watch(.stage(round: "lift-3", stage: .train)))])
    let strip = person.screen()[2]
    let gate = try #require(strip.firstRange(of: "gate")).lowerBound
    person.act(Self.click(strip.distance(from: strip.startIndex, to: gate), 2))
    #expect(person.takeEffects() == [.rounds(.watch(.stage(round: "lift-3", stage: .gate)))])
  }

  @Test("A click on a row selects it, another one opens its tree; the wheel moves and scrolls")
  func rows() throws {
    var person = RoundsGoldenTests.person(Size(columns: 80, rows: 24))
    person.press("Enter")
    _ = person.takeEffects()
    let list = person.state.roundsLayout.list
    person.act(Self.click(10, list.y + 3))
    #expect(person.state.rounds?.page?.list.cursor == 2)
    #expect(person.takeEffects().isEmpty)
    person.act(Self.click(10, list.y + 3))
    #expect(person.takeEffects() == [.run(.openRun("run-9"))])
    person.press("P")
    person.act(.mouse(MouseEvent(kind: .wheelDown, x: 5, y: list.y + 1)))
    #expect(person.state.rounds?.page?.list.cursor == 5)
    let detail = person.state.roundsLayout.detail
    person.act(.mouse(MouseEvent(kind: .wheelDown, x: 5, y: detail.y + 1)))
    #expect(person.state.rounds?.page?.list.cursor == 5)
    person.act(Self.click(5, detail.y + 1))
    #expect(person.state.rounds?.scrollsDetail == true)
    person.act(Self.click(5, list.y + 1))
    #expect(person.state.rounds?.scrollsDetail == false)
  }

  @Test("Details scroll to their end and no further")
  func scrolling() {
    var person = RoundsGoldenTests.person(Size(columns: 80, rows: 24))
    person.press("Tab G")
    let end = person.state.rounds?.scroll ?? 0
    #expect(end > 0 && person.screen().contains { $0.contains("16 samples each") })
    person.press("j j k")
    #expect(person.state.rounds?.scroll == end - 1)
    person.press("g Tab j")
    #expect(person.state.rounds?.scroll == 0 && person.state.rounds?.cursor == 1)
  }

  @Test("Every size from 1×1 to 300×100 gives a whole frame, whatever is on it")
  func sizes() {
    for (number, view) in RoundsGoldenTests.scripts.enumerated() {
      var person = RoundsGoldenTests.person(Size(columns: 80, rows: 24))
      person.press(view.script)
      for step in 0..<6 {
        let random = GrownTree.mixed(number * 31 + step)
        // Large frames take long without an optimiser.
        let size = Size(columns: 1 + random % (step == 0 ? 300 : 130), rows: 1 + random / 1000 % (step == 0 ? 100 : 40))
        let glyphs: GlyphSet = step.isMultiple(of: 2) ? .ascii : .unicode
        #expect(FrameCheck.problem(person.frame(size, glyphs: glyphs), size) == nil, "\(view.name) at \(size)")
      }
    }
  }

  private static let hostile =
    "\u{1B}[2J\u{1B}]52;c;aGk=\u{7}\u{9B}31m\u{202E}abc\u{2066}\u{0}\r\n" + String(repeating: "e\u{301}日", count: 60)

  /// Values as nobody should write them: every text is hostile, every number as bad as it can be.
  private static func hostileWorld() -> ScriptedRounds {
    var world = ScriptedRounds()
    let text = hostile
    for number in [Double.nan, .infinity, -1e308, 1e308] {
      var round = RoundEntry(id: text + "\(number)", series: text, number: .max)
      (round.begun, round.reason, round.approver, round.signer) = (text, text, text, text)
      (round.accepted, round.candidates, round.steps) = (.min, .max, .min)
      round.driver = .elsewhere(text)
      let figure = RoundFigure(text, number, interval: [number, -number], note: text)
      (round.before, round.after, round.gain) = (figure, figure, figure)
      round.plan = [RoundFact(text, text)]
      round.losses = [
        LossPoint(step: .max, loss: number), LossPoint(step: .min, loss: 1), LossPoint(step: 3, loss: -number),
      ]
      for stage in RoundStageName.allCases {
        var entry = StageEntry(.running, [figure], seconds: number, tokens: .max, remarks: [text])
        entry.failure = text
        entry.progress = StageProgress(done: .min, all: 1, rate: number, secondsLeft: number, note: text)
        round.stages[stage] = entry
      }
      world.rounds.insert(round, at: 0)
    }
    var item = TrajectoryItem(
      problem: text, question: text, text: text, answer: text, isRight: nil,
      place: TreePlace(run: text, node: .max, rollout: .max),
      facts: TrajectoryFacts(
        score: .nan, agree: .min, share: .infinity, steps: .max, weakest: -.infinity, isContradicted: true),
      passed: true)
    (item.margin, item.commit) = (.nan, text)
    item.decision = .init(isAccepted: false, who: text, note: text)
    world.trajectories = [.trajectory(item)]
    return world
  }

  @Test("No control reaches a cell and no number breaks a frame", arguments: RoundStageName.allCases)
  func hostile(stage: RoundStageName) {
    var person = FakeDriver(size: Size(columns: 120, rows: 40), themes: ["dusk"], problems: ProblemListTests.entries)
    person.rounds = Self.hostileWorld()
    person.press("P R")
    for _ in 0..<4 {
      for script in ["", "Tab j j", "Tab ="] {
        person.press(script)
        check(person)
      }
      person.press("h h h h h h h h h")
      person.press("l", times: RoundStageName.allCases.firstIndex(of: stage) ?? 0)
      person.press("Enter")
      let items: [StageItem] = Self.items(of: stage)
      person.act(
        .rounds(.items(round: person.state.rounds?.page?.round ?? "", stage: stage, first: 0, items)))
      for script in ["", "R", "Tab j j Tab", "/ text:abc Escape", "D", "Escape S", "Escape \"", "Escape"] {
        person.press(script)
        check(person)
      }
      #expect(person.state.plainPlace.allSatisfy { !$0.unicodeScalars.contains { !FrameCheck.isSafe($0) } })
      person.press("Escape Escape")
      if person.state.rounds == nil { person.press("R") }
      person.press("j")
    }
    person.act(.rounds(.compared(RoundComparison(a: Self.hostile, b: Self.hostile, figures: [], problems: []))))
    check(person)
  }

  private static func items(of stage: RoundStageName) -> [StageItem] {
    let text = hostile
    var prompt = PromptItem(id: text, kind: text, text: text, reason: text)
    (prompt.distance, prompt.passRate, prompt.neighbour, prompt.facts) = (
      .nan, .infinity, text, [RoundFact(text, text)]
    )
    var search = SearchItem(problem: text, question: text, run: text)
    (search.error, search.tokens, search.simulations) = (text, .min, .max)
    let side = TrialItem.Side(answer: text, isRight: false)
    switch stage {
    case .imagine: return [.prompt(prompt)]
    case .search: return [.search(search)]
    case .evaluate:
      return [.trial(TrialItem(problem: text, question: text, reference: text, before: side, after: side))]
    case .promote: return [.condition(ConditionItem(name: text, holds: false, found: text))]
    case .filter, .gate, .commit, .export, .train: return []
    }
  }

  private func check(_ person: FakeDriver) {
    for size in [person.state.size, Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)] {
      #expect(FrameCheck.problem(person.frame(size), size) == nil)
    }
  }
}
