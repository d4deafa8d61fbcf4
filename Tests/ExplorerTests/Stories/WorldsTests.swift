import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("With and without a person's act")
struct WorldsTests {
  /// A person says that the answer is 29, and scores that highest.
  private func acted(_ size: Size = Size(columns: 120, rows: 40)) -> FakeDriver {
    var person = FakeDriver.searched(branches: 4, size: size)
    person.press("g i text:####_29 Enter v Tab Tab text:1 Enter")
    return person
  }

  private func comparison(_ person: FakeDriver) throws -> Comparison {
    Comparison(try #require(person.state.run), try #require(person.state.worlds))
  }

  @Test(
    "Y searches a fork from before the act and the run itself with the same number of simulations, and says what each comes to"
  )
  func both() throws {
    var person = acted()
    let act = try #require(person.state.run?.momentBeforeAct)
    #expect(
      person.state.run?.timeline.event(before: act + 1).map {
        if case .intervened(.override) = $0 { true } else { false }
      } == true)
    let made = person.tree.simulations
    person.press("Y")
    #expect(person.takeEffects() == [.run(.searchBeside(from: act, simulations: 20))])
    let worlds = try #require(person.state.worlds)
    #expect(worlds.goal == made + 20 && person.tree.simulations == made + 20)
    #expect(worlds.without.tree.simulations == made + 20)
    #expect(worlds.without.tree.score("orm", of: NodeID(31)) == 0.1875, "the fork has not got the act")
    let comparison = try comparison(person)
    #expect(comparison.verdict == "with your act: 29 (wrong); without: 32 (right)")
    #expect(comparison.rows[1] == .words("each has made \(made + 20) simulations"))
    #expect(comparison.rows.contains(.number("simulations", a: Double(made + 20), b: Double(made + 20), .count)))
    #expect(
      comparison.rows.contains(.answer("answer", a: .init("29", isRight: false), b: .init("32", isRight: true))))
    try Golden.check(person.screen(), "popup-worlds-120x40", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 60, rows: 16)), "popup-worlds-60x16", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 40, rows: 10)), "popup-worlds-40x10", #_sourceLocation)
  }

  @Test("In the panel Y goes on with both, Escape leaves it, Y shows it again, and Enter opens the fork")
  func goingOn() throws {
    var person = acted()
    person.press("Y Y")
    let made = try #require(person.state.worlds?.goal)
    #expect(person.tree.simulations == made && person.state.worlds?.without.tree.simulations == made)
    person.press("Escape")
    #expect(person.state.overlay == nil && person.state.worlds != nil)
    _ = person.takeEffects()
    person.press("Y")
    #expect(person.state.overlay is WorldsOverlay && person.takeEffects() == [])
    person.press("Space")
    #expect(person.takeEffects() == [.run(.pause)])
    person.press("Enter")
    #expect(person.takeEffects() == [.run(.openRun("run-1-without"))] && person.state.worlds == nil)
  }

  @Test("While they are under way the verdict is one so far, and what is left is said")
  func underWay() throws {
    var person = acted()
    let (run, moment) = (try #require(person.state.run), try #require(person.state.run?.momentBeforeAct))
    let fork = OpenRun(id: "f", tree: run.timeline.tree(at: moment))
    person.act(.beside(.began(fork, from: moment, goal: 60)))
    let comparison = try comparison(person)
    #expect(comparison.verdict?.hasPrefix("so far, with your act: 29 (wrong)") == true)
    #expect(comparison.rows[1] == .words("each is searched until it has made 60 simulations"))
    // What belongs to another fork, and what does not fit, changes nothing of the run on the screen.
    person.act(.beside(.events([.stopped(reason: .settled)], of: "other")))
    #expect(person.state.worlds?.without.timeline.count == moment)
    person.act(.beside(.events([.undone(intervention: 99)], of: "f")))
    #expect(person.state.worlds?.without.status.word == "error" && person.state.run?.status.word != "error")
    person.act(.opened(OpenRun(id: "next", tree: run.tree)))
    #expect(person.state.worlds == nil)
  }

  @Test("A world that cannot go on is waited for no longer, and both can be shown again")
  func stuck() throws {
    var person = acted()
    person.press("Y Escape")
    let goal = try #require(person.state.worlds?.goal)
    person.act(.beside(.goal(goal + 20)))
    #expect(try comparison(person).verdict?.hasPrefix("so far, ") == true)
    person.act(.runState(.done(.exhausted)))
    person.act(.beside(.state(.done(.exhausted), of: "run-1-without")))
    let comparison = try comparison(person)
    #expect(comparison.verdict == "with your act: 29 (wrong); without: 32 (right)")
    #expect(
      comparison.rows[1]
        == .words(
          "each is searched until it has made \(goal + 20) simulations; with and without your act nothing is left to be done"
        ))
    person.press("Y")
    #expect(person.state.overlay is WorldsOverlay)
  }

  @Test("The lines of one edit are one act: the fork is from before the first")
  func edited() throws {
    var person = FakeDriver(size: Size(columns: 120, rows: 40))
    person.press("s s s j")
    let before = person.tree.eventCount
    person.press("E text:_really ^o text:Then Enter")
    #expect(person.state.run?.momentBeforeAct == before)
    person.press("Y")
    #expect(person.state.worlds?.without.timeline.latest.interventions.isEmpty == true)
    #expect(try comparison(person).verdict?.hasSuffix("; the answer is the same") == true)
  }

  @Test("Without an act, and with every one taken back, it says what would be one")
  func none() {
    var person = FakeDriver()
    person.press("s s Y")
    #expect(person.state.message == .failure("you have changed nothing here yet: v, x, i, E do, and so does a setting"))
    person.press("j x u Y")
    #expect(person.state.message?.kind == .failure && person.takeEffects() == [])
  }

  @Test("In words")
  func plain() throws {
    var person = acted()
    person.press("Y")
    let words = person.state.overlay?.sentences(matching: "", in: person.state) ?? []
    #expect(words.first == "With and without your act: with it: run-1, without it: run-1-without.")
    #expect(words.contains("answer: 29, wrong, and 32, right."))
  }
}
