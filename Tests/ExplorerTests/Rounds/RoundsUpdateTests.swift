import Canvas
import Testing

@testable import Explorer

@Suite("Rounds go on while somebody looks")
struct RoundsUpdateTests {
  private static func person(_ script: String = "") -> FakeDriver {
    var person = FakeDriver(size: Size(columns: 130, rows: 36), problems: ProblemListTests.entries)
    person.press("P R \(script)")
    return person
  }

  @Test("How far a stage is: a bar in the row, words in the details and on the stage's own screen")
  func progress() {
    var person = Self.person("G l l l l l l")
    var running = ScriptedRounds.failed
    running.standing = .running
    running.stages[.train] = StageEntry(.running)
    person.act(.rounds(.round(running)))
    person.act(
      .rounds(
        .progress(
          round: "dpo-1", stage: .train,
          StageProgress(done: 50, all: 100, rate: 4.25, secondsLeft: 12, note: "loss 0.41"))))
    person.press("h h h h h h h h h l l l l l l")
    #expect(person.screen()[6].contains("[██  ]"))
    #expect(person.screen().contains { $0.contains("50 of 100, 4.3/s, 12 s left, loss 0.41") })
    // Something happened in it meanwhile.
    running.losses = [LossPoint(step: 50, loss: 0.41)]
    person.act(.rounds(.round(running)))
    #expect(person.screen().contains { $0.contains("50 of 100, 4.3/s") })
    person.rounds.rounds[4] = running
    person.press("Enter")
    person.act(.rounds(.progress(round: "dpo-1", stage: .train, StageProgress(done: 60, all: 100))))
    #expect(person.screen()[34].contains("60 of 100"))
    person.act(.rounds(.progress(round: "dpo-1", stage: .train, StageProgress(done: 60, all: 0))))
    #expect(person.screen()[34].contains("60 so far"))
    // Of a round that nobody knows, nothing is shown.
    person.act(.rounds(.progress(round: "nobody", stage: .train, StageProgress(done: 1, all: 2))))
    #expect(person.state.rounds?.entries.count == 5)
  }

  @Test("A new round comes on top, and the cursor stays where the person looks")
  func newRound() {
    var person = Self.person("j")
    person.act(.rounds(.round(RoundEntry(id: "lift-5", series: "lift", number: 5))))
    #expect(person.state.rounds?.entries.first?.id == "lift-5")
    #expect(person.state.rounds?.selected?.id == "lift-3")
    person.act(.rounds(.rounds([ScriptedRounds.first, ScriptedRounds.kept])))
    #expect(person.state.rounds?.selected?.id == "lift-3")
    person.act(.rounds(.rounds([ScriptedRounds.first])))
    #expect(person.state.rounds?.selected?.id == "lift-1")
    person.act(.rounds(.rounds([])))
    #expect(person.state.rounds?.selected == nil)
  }

  @Test("Items of another stage, and what comes after the screen was left, change nothing")
  func stray() {
    var person = Self.person("Enter")
    person.act(.rounds(.items(round: "lift-4", stage: .search, first: 0, ScriptedRounds.searches)))
    person.act(.rounds(.items(round: "lift-3", stage: .gate, first: 0, ScriptedRounds.candidates)))
    #expect(person.state.rounds?.page?.list.items.count == 12)
    person.press("Escape Escape")
    person.act(.rounds(.rounds([])))
    #expect(person.state.rounds == nil)
  }

  @Test("The loss is drawn as far as the training is, the mean of a column's steps")
  func losses() throws {
    var person = Self.person("G l l l l l l l l l h h Enter")
    var training = ScriptedRounds.failed
    (training.losses, training.steps) = ((1...50).map { LossPoint(step: $0, loss: 2 - Double($0) / 50) }, 100)
    person.act(.rounds(.round(training)))
    let screen = person.screen()
    let rule = try #require(screen.first { $0.contains("Loss") })
    #expect(rule.contains("1.000 at step 50 of 100"))
    let foot = try #require(screen.last { $0.contains("▁") || $0.contains("█") })
    let drawn = foot.filter { "▁▂▃▄▅▆▇█".contains($0) }.count
    #expect((55...59).contains(drawn), "half of 114 columns: \(drawn)")
  }

  @Test("The curve holds the base, every measured round of the series and no other series")
  func curve() throws {
    let look = Look(theme: .monochrome, glyphs: .unicode)
    let screen = try #require(Self.person().state.rounds)
    let curve = AccuracyCurve(screen, look: look)
    #expect(curve.points.map(\.number) == [0, 1, 2, 3])
    #expect(curve.points.map(\.figure.value) == [0.293, 0.445, 0.521, 0.533])
    #expect(curve.points.map(\.isPromoted) == [false, true, true, false])
    // 0 to 1 with 5 % of air: the middle of eleven rows is the sixth.
    let scale = try #require(ChartScale([0, 1, nil, .nan]))
    #expect(scale.row(0.5, rows: 11) == 5 && scale.row(9, rows: 11) == 0 && scale.row(.nan, rows: 11) == 10)
    #expect(ChartScale([nil, .infinity]) == nil)
  }

  @Test("No round, and rounds that are still being read, are said in words")
  func empty() {
    var state = ExplorerState(size: Size(columns: 80, rows: 24), problems: ProblemListTests.entries)
    #expect(state.reduce(.key(.character("R"))) == [.rounds(.watch(.rounds))])
    func screen() -> String {
      FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode)).joined(separator: "\n")
    }
    #expect(screen().contains("The rounds are being read."))
    _ = state.reduce(.key(.enter))
    #expect(state.message == .failure("rounds are still being read"))
    _ = state.reduce(.rounds(.rounds([])))
    #expect(screen().contains("No round has been begun yet"))
    for key in [Key.enter, .character("A"), .character("D"), .character("S"), .character(" "), .character("=")] {
      #expect(state.reduce(.key(key)) == [])
      #expect(state.message == .failure("no round is selected"), "\(key)")
    }
  }

  @Test("In the line mode the same is said in words")
  func plain() {
    var person = Self.person()
    #expect(person.state.plainPlace.first == "Round 1 of 5, lift-4.")
    #expect(person.state.plainStatus == "5 rounds, 1 waiting, 2 promoted, 1 kept, 1 failed.")
    #expect(person.state.plainPlace.contains("waiting: the gate waits for a person"))
    person.press("Enter")
    #expect(person.state.plainPlace.first == "Row 1 of 12, easy-1000.")
    #expect(person.state.plainPlace.contains { $0.hasPrefix("accepted by the rule answer 22 drawn") })
    #expect(person.state.plainStatus.hasPrefix("12 trajectories, 8 accepted, 4 refused, 1 decided"))
  }
}
