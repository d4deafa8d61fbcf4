import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("The timeline")
struct TimelineStripTests {
  /// A run with acts of a person, a breakpoint and a commit in it, on a screen that shows the strip unasked.
  private static func person(_ size: Size = Size(columns: 120, rows: 40)) throws -> FakeDriver {
    var person = FakeDriver(size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 30)
    person.press("j x")
    person.press("s", times: 50)
    person.act(.watched([.breakpoint(BreakpointHit(breakpoint: try Breakpoint("merge"), node: .root))]))
    person.press("s", times: 20)
    person.press("b c Enter")
    person.press("s", times: 10)
    return person
  }

  private static func mouse(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> Action {
    .mouse(MouseEvent(kind: kind, x: x, y: y))
  }

  @Test("What the strip counts is what the events say, however many there are", arguments: [0, 3, 511, 512, 513, 5000])
  func counting(count: Int) throws {
    var search = Search(header: FakeDriver.header())
    var timeline = Timeline(search.tree)
    let world = ScriptedWorld()
    while timeline.count < count {
      let asked = search.ask(upTo: search.tree.simulations + 1)
      for request in asked { search.tell(request.id, world.answer(request, in: search.tree)) }
      if asked.isEmpty { break }
      for event in search.takeEvents() where timeline.count < count { try timeline.append(event) }
    }
    let course = RunCourse(timeline)
    #expect(course.count == timeline.count)
    #expect(course.stretch(from: 0, to: course.count).tokens == timeline.latest.usage.generated)
    #expect(course.length == 1 || course.count > 512)
    // Any division into columns counts every token exactly once where its edges are those of stretches.
    let half = course.count / 2 / course.length * course.length
    let (a, b) = (course.stretch(from: 0, to: half), course.stretch(from: half, to: course.count))
    #expect((half == 0 ? 0 : a.tokens) + b.tokens == timeline.latest.usage.generated)
    let rewards = timeline.latest.nodes.filter { $0.terminal == .answer }.compactMap(\.reward)
    #expect(course.best(at: course.count) == rewards.max())
    #expect(course.best(at: 0) == nil)
  }

  @Test("A live run and one opened again have the same course, but for what this program saw of it")
  func reopened() throws {
    var person = FakeDriver()
    person.press("s", times: 40)
    person.press("j x u")
    let run = try #require(person.state.run)
    #expect(RunCourse(run.timeline) == run.course)
  }

  @Test("The strip shows acts, breakpoints and commits in the order in which they were")
  func marks() throws {
    let person = try Self.person()
    let strip = person.state.layout.timeline
    let row = person.screen()[strip.bottom - 1]
    let signs = row.filter { "✎●▲★".contains($0) }
    #expect(String(signs) == "✎●▲★")
    #expect(person.screen()[strip.y].contains("now, moment"))
  }

  @Test("A click looks at a moment, pulling goes on with it, and the right end is now")
  func scrubbing() throws {
    var person = try Self.person()
    let strip = person.state.layout.timeline
    let scale = TimelineScale(try #require(person.state.run), in: strip)
    let middle = scale.strip.x + scale.strip.width / 2
    person.act(Self.mouse(.press(.left), middle, strip.bottom - 1))
    let moment = try #require(person.state.run?.pastMoment)
    #expect(abs(scale.column(of: moment) - scale.strip.width / 2) <= 1)
    #expect(person.state.run?.timeline.phase(at: moment) != nil)
    #expect(person.screen()[strip.y].contains("moment \(moment) of"))
    person.act(Self.mouse(.drag, 0, 5))
    #expect(person.state.run?.pastMoment == 0)
    person.act(Self.mouse(.drag, 500, 5))
    #expect(person.state.run?.pastMoment == nil)
    person.act(Self.mouse(.release(.left), 500, 5))
    person.act(Self.mouse(.drag, middle, 5))
    #expect(person.state.run?.pastMoment == nil)
  }

  @Test("A key shows it where it was hidden and hides it where it was shown")
  func toggling() throws {
    var person = try Self.person(Size(columns: 80, rows: 24))
    #expect(person.state.layout.timeline.isEmpty)
    person.press("~")
    #expect(person.state.layout.timeline.height == 4)
    #expect(person.screen().contains { $0.contains("best") && $0.contains("█") || $0.contains("tokens") })
    person.press("~")
    #expect(person.state.layout.timeline.isEmpty)
  }

  @Test("What it looks like", arguments: [("120x40", ""), ("80x24", "~ { {"), ("40x10", "~")])
  func screens(name: String, script: String) throws {
    let numbers = name.split(separator: "x").compactMap { Int($0) }
    var person = try Self.person(Size(columns: numbers[0], rows: numbers[1]))
    person.press(script)
    try Golden.check(person.screen(), "timeline-\(name)", #_sourceLocation)
  }
}
