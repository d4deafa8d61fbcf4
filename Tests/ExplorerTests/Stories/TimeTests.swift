import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person goes back in time")
struct TimeTests {
  /// What the replica holds, as far as a person can see it.
  private func picture(_ person: FakeDriver) -> [String] { person.screen(Size(columns: 160, rows: 60)) }

  /// A run of some simulations, with acts of a person in between.
  private func busy() -> FakeDriver {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 6)
    person.press("j e text:2 Enter x x v text:0.75 Enter i text:Add_them. Enter u")
    person.press("s", times: 30)
    return person
  }

  @Test("S does one phase at a time, four to a simulation")
  func phases() {
    var person = FakeDriver()
    person.press("s")
    for (word, simulations) in [("select", 1), ("widen", 1), ("evaluate", 1), ("back up", 2)] {
      person.press("S")
      #expect(person.search.tree.simulations == simulations)
      #expect(person.state.message?.text.hasPrefix("\(word): ") == true)
      #expect(person.state.run?.timeline.phase(at: person.search.tree.eventCount)?.word == word)
      #expect(person.tree.nodes == person.search.tree.nodes)
    }
  }

  @Test("Back to the beginning and forwards again: every moment looks the same both ways")
  func thereAndBack() {
    var person = busy()
    person.press("O g")
    let now = picture(person)
    var seen: [(moment: Int, picture: [String])] = []
    for _ in 1...400 {
      person.press("< g")
      guard let moment = person.state.run?.pastMoment else { break }
      seen.append((moment, picture(person)))
      if moment == 0 { break }
    }
    #expect(seen.count > 150)
    #expect(seen.last?.moment == 0 && person.tree.nodes.count == 1)
    for (moment, picture) in seen.dropLast().reversed() {
      person.press("> g")
      #expect(person.state.run?.pastMoment == moment)
      #expect(self.picture(person) == picture)
    }
    person.press("> g")
    #expect(person.state.run?.pastMoment == nil)
    #expect(picture(person) == now)
    #expect(person.tree.nodes == person.search.tree.nodes)
  }

  @Test("At a past moment tree, totals, pending requests and the latest descent are what they were")
  func exactly() throws {
    var person = FakeDriver()
    var journal: [SearchTree] = [person.search.tree]
    for _ in 1...40 {
      person.press("S")
      journal.append(person.search.tree)
    }
    for earlier in journal.reversed().dropFirst() {
      person.press("<")
      #expect(person.tree.eventCount == earlier.eventCount)
      #expect(person.tree.nodes == earlier.nodes && person.tree.details == earlier.details)
      #expect(person.tree.pending == earlier.pending && person.tree.lastSelected == earlier.lastSelected)
      #expect(person.tree.usage == earlier.usage && person.tree.stopReason == earlier.stopReason)
      #expect(person.screen()[22].contains("sims \(earlier.simulations) ") || person.screen()[22].contains("sims 0"))
    }
  }

  @Test("The header says which moment it is, whatever the width")
  func sign() throws {
    for columns in [40, 60, 80, 200] {
      var person = FakeDriver(size: Size(columns: columns, rows: 24))
      person.press("s", times: 5)
      let count = person.search.tree.eventCount
      person.press("<")
      let moment = try #require(person.state.run?.pastMoment)
      #expect(person.screen()[0].hasSuffix("moment \(moment)/\(count)"), "\(person.screen()[0])")
      #expect(person.screen()[23].contains("evaluate: node 5 has the reward") || columns < 60)
      person.press("Space")
      #expect(!person.screen()[0].contains("moment"))
    }
  }

  @Test("What changes the search is refused in the past, with a reason; F is not")
  func refused() {
    var person = busy()
    person.press("{ j")
    let (events, moment) = (person.search.tree.eventCount, person.state.run?.pastMoment)
    for key in ["s", "r", "e", "i", "x", "v", "f", "u", "^r", "c"] {
      person.press(key)
      #expect(person.state.message?.text.contains("is past: Space returns to now, F forks here") == true, "\(key)")
      #expect(person.state.overlay == nil && person.search.tree.eventCount == events, "\(key)")
    }
    #expect(person.state.run?.pastMoment == moment)
    #expect(!person.screen()[23].contains("step"))
    person.press("l")
    #expect(person.screen()[23].contains("> forward") && person.screen()[23].contains("Space now"))
  }

  @Test("S in the past goes on by one phase; at the present it does one")
  func phaseInThePast() throws {
    var person = busy()
    let count = person.search.tree.eventCount
    person.press("< <")
    let moment = try #require(person.state.run?.pastMoment)
    person.press("S")
    #expect(person.state.run?.pastMoment ?? 0 > moment && person.search.tree.eventCount == count)
    person.press("S")
    #expect(person.state.run?.pastMoment == nil && person.search.tree.eventCount == count)
    person.press("S")
    #expect(person.search.tree.eventCount > count && person.state.run?.pastMoment == nil)
  }

  @Test("The run goes on while the past is looked at")
  func liveMeanwhile() throws {
    var person = busy()
    person.press("{")
    let (moment, nodes) = (try #require(person.state.run?.pastMoment), person.tree.nodes)
    _ = person.search.ask(upTo: person.search.tree.simulations + 1)
    for request in person.search.outstanding {
      person.search.tell(request.id, person.world.answer(request, in: person.search.tree))
    }
    person.act(.events(person.search.takeEvents()))
    #expect(person.state.run?.pastMoment == moment && person.tree.nodes == nodes)
    #expect(person.screen()[0].hasSuffix("moment \(moment)/\(person.search.tree.eventCount)"))
    person.press("Space")
    #expect(person.tree.nodes == person.search.tree.nodes)
  }

  @Test("The cursor stays on its node, goes to the nearest ancestor where there was none yet, and comes back")
  func cursor() throws {
    var person = busy()
    person.press("g")
    while person.tree.bestChild(of: person.cursor) != nil { person.press("l j") }
    let leaf = person.cursor
    let path = person.search.tree.path(to: leaf)
    #expect(path.count > 2)
    var left = false
    while person.state.run?.moment ?? 0 > 0 {
      person.press("<")
      let there = path.last { $0.offset < person.tree.nodes.count }
      #expect(person.cursor == there)
      left = left || person.cursor != leaf
    }
    #expect(left && person.cursor == .root)
    person.press("Space")
    #expect(person.cursor == leaf)
  }

  @Test("Panels, folds, bookmarks and searches work at every moment")
  func everythingElse() {
    var person = busy()
    person.press("O m / text:n>0 Enter G m w Escape p Tab")
    for _ in 1...40 {
      person.press("< j O k h o O n N ' b p Tab [ ] m m ^d ^u w Escape ? Escape g G + +")
      for size in [Size(columns: 40, rows: 10), Size(columns: 200, rows: 50)] { _ = person.screen(size) }
    }
    person.press("Space")
    #expect(person.tree.nodes == person.search.tree.nodes)
  }

  @Test("There is nothing before the beginning, and nothing after now")
  func ends() {
    var person = busy()
    person.press(">")
    #expect(person.state.message?.text == "this is now; the search goes on with s, S or Space")
    person.press("{", times: 40)
    #expect(person.state.message?.text == "this is the beginning")
    #expect(person.state.run?.pastMoment == 0 && person.tree.nodes.count == 1)
    person.press("}", times: 40)
    #expect(person.state.run?.pastMoment == nil)
  }

  @Test("F asks for settings and forks at the moment shown")
  func fork() throws {
    var person = busy()
    person.press("{")
    let moment = try #require(person.state.run?.pastMoment)
    person.press("F")
    #expect(person.screen().contains { $0.contains("Fork at moment \(moment) with") })
    person.press("text:no.such=1 Enter")
    #expect(person.screen().contains { $0.contains("unknown parameter 'no.such'") })
    person.press("^u text:seed=5_limit.simulations=99 Enter")
    #expect(
      person.takeEffects() == [.run(.fork(at: moment, try ForkSettings("seed=5 limit.simulations=99")))])
    #expect(person.state.overlay == nil)
    person.press("Space F Enter")
    #expect(person.takeEffects() == [.run(.fork(at: person.search.tree.eventCount, ForkSettings()))])
  }

  @Test("The past on the screen", arguments: ["80x24", "40x10"])
  func golden(name: String) throws {
    let size = try #require(ScreenTests.sizes.first { $0.name == name }).size
    var person = ScreenTests.explored(size)
    person.press("{ { < <")
    try Golden.check(person.screen(), "past-\(name)", #_sourceLocation)
    person.press("F")
    if name == "80x24" { try Golden.check(person.screen(), "popup-fork-80x24", #_sourceLocation) }
  }
}
