import Canvas
import Testing
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("A person looks after rounds")
struct RoundsStoryTests {
  /// A person at the list of rounds; what led there is forgotten.
  private static func person(_ script: String = "", _ size: Size = Size(columns: 120, rows: 36)) -> FakeDriver {
    var person = FakeDriver(size: size, problems: ProblemListTests.entries)
    person.press("P R \(script)")
    _ = person.takeEffects()
    return person
  }

  @Test("R shows the rounds, the newest first, at the stage where it stands; Esc goes back")
  func opening() throws {
    var person = FakeDriver(problems: ProblemListTests.entries)
    person.press("P R")
    #expect(person.takeEffects() == [.run(.closeRun), .rounds(.watch(.rounds))])
    let rounds = try #require(person.state.rounds)
    #expect(rounds.entries.map(\.id) == ["lift-4", "lift-3", "lift-2", "lift-1", "dpo-1"])
    #expect(rounds.stage == .gate)
    person.press("Escape")
    #expect(person.takeEffects() == [.rounds(.watch(.nothing))])
    #expect(person.state.rounds == nil && person.screen()[0].contains("problems"))
  }

  @Test("Left and right choose a stage, Enter opens it and asks for what it kept, Esc asks no longer")
  func stages() {
    var person = Self.person("j h h")
    #expect(person.state.rounds?.stage == .search)
    person.press("Enter l")
    #expect(
      person.takeEffects() == [
        .rounds(.watch(.stage(round: "lift-3", stage: .search))),
        .rounds(.watch(.stage(round: "lift-3", stage: .filter))),
      ])
    #expect(person.state.rounds?.page?.list.items.count == 12)
    person.press("Escape")
    #expect(person.takeEffects() == [.rounds(.watch(.rounds))])
    #expect(person.state.rounds?.selected?.id == "lift-3" && person.state.rounds?.stage == .filter)
    person.press("h h h h h l l l l l l l l l l l")
    #expect(person.state.rounds?.stage == .promote)
  }

  @Test("At the gate, a and d say it and go on; rows stay where they are, and a person's word is shown")
  func deciding() throws {
    var person = Self.person("Enter")
    let order = try #require(person.state.rounds?.page?.list.shown)
    // What the audit asks of a person, then what passed and is wrong, and what lies at the limit; what somebody has decided last.
    #expect(Array(order.prefix(3)) == [0, 5, 9] && order.last == 1)
    _ = person.takeEffects()
    person.press("a d")
    #expect(
      person.takeEffects() == [
        .rounds(.decide(round: "lift-4", item: 0, isAccepted: true, note: "")),
        .rounds(.decide(round: "lift-4", item: 5, isAccepted: false, note: "")),
      ])
    #expect(person.state.rounds?.page?.list.place == 9)
    #expect(person.state.rounds?.page?.list.shown == order)
    #expect(person.screen().contains { $0.contains("easy-1000") && $0.contains("✓✎") && $0.contains("by kim") })
    #expect(person.screen()[34].contains("3 decided"))
    // Back at what was accepted: a note keeps the word.
    person.press("g \" text:steps_are_clear Enter")
    #expect(
      person.takeEffects() == [
        .rounds(.decide(round: "lift-4", item: 0, isAccepted: true, note: "steps are clear"))
      ])
    #expect(person.screen().contains { $0.contains("accepted by kim: steps are clear") })
    // What it has been refused for stays where the word is turned.
    person.press("G a")
    #expect(
      person.takeEffects() == [
        .rounds(.decide(round: "lift-4", item: 1, isAccepted: true, note: "the second step is missing"))
      ])
  }

  @Test("n and N go to what nobody has decided, going round")
  func undecided() {
    var person = Self.person("Enter g a")
    person.press("g N")
    #expect(person.state.rounds?.page?.list.cursor == 10)
    person.press("n")
    #expect(person.state.rounds?.page?.list.cursor == 1)
    for _ in 0..<11 { person.press("n a") }
    person.press("n")
    #expect(person.state.message == .failure("somebody has said something of every row shown"))
  }

  @Test("Only trajectories are accepted and refused, and only while the round is not over")
  func refusals() {
    var person = Self.person("h h h Enter a")
    let reason = "trajectories are accepted and refused in the stages filter and gate"
    #expect(person.state.message == .failure(reason))
    person.press("Escape j l l l Enter d")
    #expect(person.state.message == .failure("round lift-3 is over: kept"))
    #expect(person.takeEffects().allSatisfy { if case .rounds(.decide) = $0 { false } else { true } })
  }

  @Test("A asks before what is accepted goes into the dataset; afterwards there is nothing left to approve")
  func approving() {
    var person = Self.person("A")
    #expect(person.screen().contains { $0.contains("Approve lift-4: 412 trajectories into the dataset") })
    person.press("Escape")
    #expect(person.takeEffects().isEmpty)
    person.press("A text:looked_at_50 Enter")
    #expect(person.takeEffects() == [.rounds(.approve(round: "lift-4", note: "looked at 50"))])
    #expect(person.screen()[0].contains("running"))
    person.press("A")
    #expect(person.state.message == .failure("round lift-4 is approved already, by kim"))
    person.press("j A")
    #expect(person.state.message == .failure("round lift-3 is over: kept"))
  }

  @Test("What a round waits for is named, however narrow the window is")
  func asking() {
    var person = Self.person()
    func footer() -> String { person.screen(Size(columns: 80, rows: 24)).last ?? "" }
    #expect(footer().hasPrefix(" Enter open  A approve") && !footer().contains("S sign"))
    person.press("Enter")
    #expect(footer().hasPrefix(" Enter tree  A approve  a accept  d refuse") && footer().contains("q quit"))
    var signing = ScriptedRounds.waiting
    for stage in RoundStageName.allCases { signing.stages[stage] = StageEntry(.done) }
    signing.stages[.promote] = StageEntry(.asks)
    person.act(.rounds(.round(signing)))
    #expect(footer().hasPrefix(" Enter tree  S sign"))
  }

  @Test("D ends a round with a note, S signs it once")
  func ending() {
    var person = Self.person()
    person.press("S Enter S")
    #expect(person.takeEffects() == [.rounds(.sign(round: "lift-4", note: ""))])
    #expect(person.state.message == .failure("round lift-4 is signed already, by kim"))
    person.press("D text:too_easy Enter")
    #expect(person.takeEffects() == [.rounds(.refuse(round: "lift-4", note: "too easy"))])
    #expect(person.screen()[0].contains("refused") && person.screen().contains { $0.contains("too easy") })
    person.press("D")
    #expect(person.state.message == .failure("round lift-4 is over: refused"))
  }

  @Test("Space lets a round rest or go on; one that waits or is driven elsewhere says why not")
  func driving() {
    var person = Self.person("Space")
    #expect(
      person.state.message == .failure("round lift-4 waits for a person: it goes on by itself after that"))
    person.press("G Space")
    #expect(person.screen()[35].contains("Space pause"))
    person.press("Space")
    #expect(person.takeEffects() == [.rounds(.resume(round: "dpo-1")), .rounds(.pause(round: "dpo-1"))])
    #expect(person.screen()[35].contains("Space resume"))
    var elsewhere = ScriptedRounds.failed
    elsewhere.driver = .elsewhere("process 4711")
    person.act(.rounds(.round(elsewhere)))
    person.press("Space")
    #expect(person.state.message == .failure("this round is driven elsewhere: process 4711"))
  }

  @Test("= on two rounds compares them, the older one first; regressions stand above all")
  func comparing() throws {
    var person = Self.person("j = j")
    person.press("=")
    #expect(person.takeEffects().first == .rounds(.compare("lift-2", "lift-3")))
    let page = try #require(person.state.rounds?.page)
    #expect(page.subject == .comparison(a: "lift-2", b: "lift-3"))
    // Right before where the number is a multiple of 3, right after where it is even.
    #expect(page.list.shown == [3, 2, 4, 8, 1, 5, 7, 0, 6])
    let screen = person.screen()
    #expect(screen[1].contains("before: lift-2, after: lift-3"))
    #expect(screen[2].contains("broken 1   repaired 3   still wrong 3   still right 2"))
    #expect(screen[3].contains("gain 0.076 [0.051, 0.101]   McNemar p 0.0004"))
    // Two searches: which one?
    person.press("Enter")
    #expect(person.screen().contains { $0.contains("before  run-a") })
    person.press("b")
    #expect(person.takeEffects() == [.run(.openRun("run-3"))])
    person.press("P Escape")
    #expect(person.state.rounds?.page == nil && person.state.rounds?.selected?.id == "lift-2")
  }

  @Test("/ narrows the rounds, by words and fields; Esc shows all again and then goes back")
  func narrowingRounds() {
    var person = Self.person("j j / text:promoted Enter")
    func shown(_ person: FakeDriver) -> [String] {
      person.state.rounds.map { rounds in rounds.list.shown.map { rounds.entries[$0].id } } ?? []
    }
    #expect(shown(person) == ["lift-2", "lift-1"])
    #expect(person.state.rounds?.selected?.id == "lift-2", "the cursor stays on its round")
    #expect(person.screen()[34].contains("5 rounds") && person.screen()[34].contains(", 2 with 'promoted'"))
    person.press("/ ^u text:gain>5_or_series=dpo Enter")
    #expect(shown(person) == ["lift-2", "lift-1", "dpo-1"])
    person.press("G / ^u text:state=failed Enter")
    #expect(shown(person) == ["dpo-1"])
    // What becomes of others changes nothing of what is shown.
    person.act(.rounds(.round(ScriptedRounds.waiting)))
    #expect(shown(person) == ["dpo-1"] && person.state.rounds?.selected?.id == "dpo-1")
    person.press("/ ^u text:zzz Enter")
    #expect(person.screen().contains { $0.contains("No round holds these words; Esc shows all.") })
    person.press("Enter")
    #expect(person.state.message == .failure("no round is selected"))
    person.press("Escape")
    #expect(shown(person).count == 5)
    person.press("Escape")
    #expect(person.state.rounds == nil)
  }

  @Test("K puts the rounds in another order, the same again turns it round, and comparing knows the older one")
  func sortingRounds() {
    var person = Self.person("K g")
    func shown(_ person: FakeDriver) -> [String] {
      person.state.rounds.map { rounds in rounds.list.shown.map { rounds.entries[$0].id } } ?? []
    }
    #expect(shown(person) == ["lift-1", "lift-2", "lift-3", "lift-4", "dpo-1"], "what has no gain comes last")
    #expect(person.state.message == .notice("rounds by gain, the greatest first"))
    #expect(person.screen()[34].contains(", by gain, the greatest first"))
    person.press("= j =")
    #expect(person.takeEffects().first == .rounds(.compare("lift-1", "lift-2")))
    person.press("Escape K g")
    #expect(shown(person) == ["lift-4", "dpo-1", "lift-3", "lift-2", "lift-1"])
    person.press("K d")
    #expect(shown(person) == ["lift-4", "dpo-1", "lift-2", "lift-1", "lift-3"], "what waits for a person is first")
    #expect(Set(RoundOrder.allCases.map(\.letter)).count == RoundOrder.allCases.count)
  }

  @Test("/ narrows a stage, Esc shows all again and then goes back; R changes the order")
  func narrowing() {
    var person = Self.person("Enter / text:audit Enter")
    #expect(person.state.rounds?.page?.list.shown == [0, 5, 10])
    #expect(person.screen()[34].contains("3 with 'audit'"))
    person.press("R")
    #expect(person.state.rounds?.page?.list.shown == [0, 5, 10])
    person.press("Escape")
    #expect(person.state.rounds?.page?.list.shown == Array(0..<12))
    person.press("Escape")
    #expect(person.state.rounds?.page == nil)
    person.press("Enter / text:zzz Enter Enter")
    #expect(person.state.message == .failure("no row is selected"))
    #expect(person.screen().contains { $0.contains("No row holds these words") })
  }
}
