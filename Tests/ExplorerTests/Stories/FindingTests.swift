import Canvas
import TreeSearch
import Testing

@testable import Explorer

@Suite("Finding what is worth a look")
struct FindingTests {
  private static func person() -> FakeDriver {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 40)
    return person
  }

  @Test("While a filter is typed its matches are counted, and after Enter the count is said")
  func counting() throws {
    var person = Self.person()
    let deep = person.tree.nodes.count { $0.depth == 2 }
    person.press("/ text:depth=2")
    #expect(person.screen().contains { $0.contains("\(deep) nodes match") })
    person.press("text:_n>")
    #expect(!person.screen().contains { $0.contains("nodes match") })
    person.press("Backspace Backspace Backspace Enter")
    #expect(person.state.message?.text == "\(deep) nodes match")
    #expect(person.tree[person.cursor].depth == 2)
    person.press("/ text:id=1 Enter")
    #expect(person.state.message?.text == "1 node matches")
  }

  @Test("Of a great tree the first nodes are counted, and it is said that they are")
  func bounded() throws {
    let filter = try NodeFilter("id>=0")
    #expect(filter.matchWords(in: try GrownTree.make(count: 40) { $0 - 1 }) == "40 nodes match")
    #expect(NodeFilter.mostCounted == 50_000)
  }

  @Test("C goes round the nodes that a tool contradicts and says what it found; D to where critics differ")
  func judging() throws {
    var person = Self.person()
    let wrong = Set(person.tree.nodes.indices.map { NodeID($0) }.filter { person.tree.isContradicted($0) })
    #expect(wrong.count > 1)
    var seen: Set<NodeID> = []
    for _ in 0..<wrong.count {
      person.press("C")
      seen.insert(person.cursor)
      #expect(person.state.message?.text.contains("calculator: 13 + 9 is 22, not 21") == true)
    }
    #expect(seen == wrong)
    person.press("D")
    #expect((person.tree.criticSpread(at: person.cursor) ?? 0) > 0.4)
    #expect(
      person.state.message?.text.contains("prm \(Number.score(person.tree.score("prm", of: person.cursor) ?? -1))")
        == true)
    var young = FakeDriver()
    young.press("C")
    #expect(young.state.message == .failure("no tool contradicts anything"))
  }

  @Test("Bookmarks carry a note, which their list, the node panel and the way to them show")
  func bookmarks() throws {
    var person = Self.person()
    person.press("`")
    #expect(person.state.message?.kind == .failure)
    person.press("j \" text:look_at_this Enter")
    let node = person.cursor
    #expect(person.state.run?.bookmarks[node] == "look at this")
    #expect(person.screen(Size(columns: 120, rows: 40)).contains { $0.contains("bookmarked: look at this") })
    person.press("j m g '")
    #expect(person.cursor == node && person.state.message?.text == "look at this")
    person.press("`")
    #expect(person.screen().contains { $0.contains("node \(node)  look at this: ") })
    person.press("b")
    #expect(person.cursor != node && person.state.run?.bookmarks[person.cursor] == "")
    person.press("m")
    #expect(person.state.run?.bookmarks.count == 1)
  }

  @Test("The best path beside the selected one: what is the same, where they part, what each answers")
  func trajectories() throws {
    var person = Self.person()
    person.press("p")
    let best = person.tree.bestPath()
    person.press("W")
    #expect(person.state.message?.text.hasPrefix("the selected node is on the best path") == true)
    // A sibling of the second step of the best path.
    let other = try #require(person.tree.childList(of: best[1]).first { $0 != best[2] })
    _ = person.state.reduce { state in state.withRun { $0.select(other) } }
    person.press("W")
    let screen = person.screen(Size(columns: 120, rows: 40))
    #expect(screen.contains { $0.contains("1 first step in common") })
    #expect(screen.contains { $0.contains("here they part") })
    let steps = try #require(screen.first { $0.contains("step 2") })
    #expect(steps.contains("Ana has 13 + 9 = 22") && steps.contains("Ana has 13 + 6 = 19"))
    person.press("Escape")
    #expect(person.state.popup == nil)
  }

  @Test("A wide path panel shows both trajectories, with a sign where they part; a narrow one shows the chosen one")
  func wide() throws {
    var person = Self.person()
    let best = person.tree.bestPath()
    let other = try #require(person.tree.childList(of: best[1]).first { $0 != best[2] })
    _ = person.state.reduce { state in state.withRun { $0.select(other) } }
    person.press("3 z")
    let wide = person.screen(Size(columns: 120, rows: 24))
    #expect(wide[1].contains("Path through \(other)") && wide[1].contains(" Best path "))
    #expect(wide[3].filter { $0 == "→" }.count == 2)
    #expect(wide[3].contains("Ana has 13 + 9 = 22") && wide[3].contains("Ana has 13 + 6 = 19"))
    #expect(wide.count { $0.contains("→") } == 1)
    #expect(!person.screen(Size(columns: 80, rows: 24)).contains { $0.contains("→") })
    person.press("p")
    #expect(person.screen(Size(columns: 120, rows: 24))[1].contains("Best path"))
    // On the best path itself there is nothing to stand beside it.
    _ = person.state.reduce { state in state.withRun { $0.select(best[1]) } }
    #expect(!person.screen(Size(columns: 120, rows: 24)).contains { $0.contains("→") })
  }
}
