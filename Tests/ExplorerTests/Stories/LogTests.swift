import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("The log")
struct LogTests {
  @Test("Acts, failures and breakpoints stand in it, the latest first, with their moments; glances do not")
  func entries() throws {
    var person = FakeDriver()
    person.press("s", times: 5)
    person.press("j x u ^r < > Space")
    person.act(.failure("request 3 failed"))
    let hits = ["merge", "terminal"].map { source in
      (try? Breakpoint(source)).map { BreakpointHit(breakpoint: $0, node: .root) }
    }
    person.act(.watched(hits.compactMap { $0 }.map { .breakpoint($0) }))
    let entries = Array(person.state.log.entries)
    #expect(entries.count == 6)
    #expect(entries[0].message.text.hasSuffix("the log has all)"))
    #expect(entries[1].message.text.contains("terminal"))
    #expect(entries[2].message == .failure("request 3 failed"))
    #expect(entries[3].message.text.hasPrefix("done again") && entries[4].message.text.hasPrefix("undone"))
    #expect(entries[5].message.text.hasPrefix("node 1 pruned; "))
    #expect(entries.map { $0.moment ?? 0 } == entries.map { $0.moment ?? 0 }.sorted(by: >))
    #expect(entries.allSatisfy { $0.run == "run-1" })
    #expect(entries[0].simulations == person.tree.simulations)
    person.press("J")
    #expect(person.screen().contains { $0.contains("09:41:05  moment") })
    person.press("text:09:41:05_fail")
    #expect(person.state.log.entries(matching: "09:41:05 fail").map(\.message.text) == ["request 3 failed"])
  }

  @Test("Typing finds entries, Enter looks at their moment, and what was elsewhere says so")
  func going() throws {
    var person = FakeDriver()
    person.press("s s s j x s s s")
    person.press("J text:pruned")
    #expect(person.screen().contains { $0.contains("moment") && $0.contains("node 1 pruned; ") })
    person.press("Enter")
    let moment = try #require(person.state.run?.pastMoment)
    #expect(person.state.run?.timeline.event(before: moment) == .intervened(.prune(node: NodeID(1))))
    person.press("Space")
    person.act(.opened(OpenRun(id: "other", tree: person.search.tree)))
    person.press("J text:pruned Enter")
    #expect(person.state.message == .failure("that was not in the run on the screen"))
    person.press("J text:nothing_of_the_kind Enter")
    #expect(person.state.overlay == nil)
  }

  @Test("It is bounded, and repeats are kept once")
  func bounded() {
    var person = FakeDriver()
    for number in 0..<1_700 {
      person.act(.notice("n\(number)"))
      person.act(.notice("n\(number)"))
    }
    let entries = person.state.log.entries(matching: "")
    #expect(entries.count == Log.most)
    #expect(entries.first?.message.text == "n1699" && entries.last?.message.text == "n1200")
  }
}
