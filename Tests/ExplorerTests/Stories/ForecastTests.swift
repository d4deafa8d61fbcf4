import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person asks what more simulations would buy")
struct ForecastTests {
  private func running(_ changes: [String: String] = [:], size: Size = Size(columns: 100, rows: 24)) -> FakeDriver {
    var person = FakeDriver(size: size, header: FakeDriver.header(changing: changes))
    person.press("s", times: 12)
    person.act(.runState(.running))
    return person
  }

  @Test("@ shows it while the search runs, and it follows the search")
  func following() throws {
    var person = running()
    person.press("@")
    try Golden.check(person.screen(), "popup-forecast-100x24", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 60, rows: 16)), "popup-forecast-60x16", #_sourceLocation)
    let before = person.screen()
    person.perform(.run(.step))
    #expect(person.screen() != before)
    let row = try #require(person.screen().first { $0.contains("finished trajectories") })
    #expect(row.contains("leads by rerank"))
    person.press("Escape")
    #expect(person.state.overlay == nil)
  }

  @Test("The status line says how likely another answer comes to lead, while the search runs")
  func statusLine() {
    var person = running()
    #expect(person.screen().last(where: { $0.contains("sims 12") })?.contains("other leader") == true)
    person.act(.runState(.paused))
    #expect(person.screen().last(where: { $0.contains("sims 12") })?.contains("other leader") == false)
  }

  @Test("It says how long that takes at the present rate")
  func time() throws {
    var person = running()
    person.press("@")
    // A pause begins a new count. The first look at the clock says when it began; six seconds and three simulations later it is two seconds each.
    person.act(.runState(.paused))
    _ = person.state.reduce(.runState(.running), at: TimeOfDay(hour: 23, minute: 59, second: 57))
    var search = person.search
    search.work(upTo: 15) { [world = person.world] in world.answer($0, in: $1) }
    _ = person.state.reduce(.events(search.takeEvents()), at: TimeOfDay(hour: 0, minute: 0, second: 3))
    #expect(person.state.run?.outlook.secondsPerSimulation == 2)
    let row = try #require(person.screen().first { $0.contains("+10 ") })
    #expect(row.contains("20 s"))
  }

  @Test("What a run kept stands there with what came of it, also at an earlier moment")
  func kept() throws {
    var person = running(["forecast.keep": "true"])
    person.press("@")
    #expect(person.screen().contains { $0.contains("at 8 +32") })
    person.press("Escape { { {")
    person.act(.runState(.paused))
    person.press("@")
    #expect(person.state.run?.pastMoment != nil)
    try Golden.check(person.screen(), "popup-forecast-past-100x24", #_sourceLocation)
  }

  @Test("Without an answer there is nothing to forecast")
  func nothing() {
    var person = FakeDriver()
    person.press("@")
    #expect(person.state.message?.text == "no trajectory states an answer yet")
  }

  @Test("The line mode says it in sentences")
  func sentences() {
    let person = running()
    let lines = ForecastOverlay().sentences(matching: "", in: person.state)
    #expect(lines.first?.contains("leads by rerank") == true)
    #expect(lines.contains { $0.hasPrefix("10 more simulations: ") && $0.hasSuffix("tokens.") })
  }
}
