import Testing
import TreeSearch

@testable import Explorer

@Suite("The filter")
struct FilteringTests {
  @Test("What is wrong is shown where it is, and the cursor stands on it")
  func errors() {
    var person = FakeDriver()
    person.press("/ text:n>1_depht=2 Enter")
    let screen = person.screen()
    let row = screen.firstIndex { $0.contains("n>1 depht=2") } ?? 0
    let column = screen[row].firstRange(of: "depht").map {
      screen[row].distance(from: screen[row].startIndex, to: $0.lowerBound)
    }
    let mark = screen[row + 1].firstIndex(of: "^").map {
      screen[row + 1].distance(from: screen[row + 1].startIndex, to: $0)
    }
    #expect(mark == column && mark != nil)
    #expect(screen[row + 2].contains("unknown field 'depht': did you mean 'depth'?"))
    person.press("Delete Delete Delete Delete Delete text:depth Enter")
    #expect(person.state.overlay == nil)
    #expect(person.state.run?.filter?.source == "n>1 depth=2")
  }

  @Test("/ goes to the first match, n and N go round, inside folded branches too")
  func find() throws {
    var state = ExplorerState(size: Size(columns: 80, rows: 24))
    let tree = try GrownTree.make(count: 30, text: { $0 % 10 == 9 ? "here" : "there" }) { $0 - 1 }
    _ = state.reduce(.opened(OpenRun(id: "r", tree: tree)))
    for character in "/\"here\"" { _ = state.reduce(.key(.character(character))) }
    _ = state.reduce(.key(.enter))
    var visited: [Int] = [state.run?.cursor.offset ?? -1]
    for key in ["n", "n", "n", "N"] as [Character] {
      _ = state.reduce(.key(.character(key)))
      visited.append(state.run?.cursor.offset ?? -1)
    }
    // "there" holds "here": every node but the root matches.
    #expect(visited == [1, 2, 3, 4, 3])
    _ = state.reduce(.key(.character("/")))
    for character in "id=29" { _ = state.reduce(.key(.character(character))) }
    _ = state.reduce(.key(.enter))
    #expect(state.run?.cursor == NodeID(29))
  }

  @Test("No match says so and leaves the cursor; Esc takes the filter away")
  func nothing() throws {
    var person = FakeDriver()
    person.press("s s j / text:depth>50 Enter")
    #expect(person.cursor == NodeID(1))
    #expect(person.screen()[23].contains("no node matches depth>50"))
    person.press("Escape")
    #expect(person.state.run?.filter == nil)
  }

  @Test("An answer that only rollouts give is asked for by another field, which is said")
  func rollouts() throws {
    var person = FakeDriver()
    person.press("s s / text:answer=7 Enter")
    let words = "no node matches answer=7; rollout= asks for what rollouts answer"
    #expect(person.screen().contains { $0.contains(words) })
  }

  @Test("What is chosen stays marked as the search goes on and another is chosen")
  func chosen() throws {
    var person = FakeDriver(
      size: Size(columns: 120, rows: 40), header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 12)
    person.press("/ text:chosen.rerank Enter")
    func marked() throws -> [NodeID] {
      let (run, tree) = (try #require(person.state.run), person.tree)
      let (filter, facts) = (try #require(run.filter), try #require(run.filterFacts))
      #expect(facts.moment == run.moment)
      return tree.nodes.indices.map { NodeID($0) }.filter { filter.matches($0, in: tree, facts: facts.facts) }
    }
    let first = person.tree.chosenPath().dropFirst()
    #expect(try marked() == Array(first) && first.contains(person.cursor))
    person.press("g i text:####_32 Enter v Tab Tab text:1 Enter")
    let second = person.tree.chosenPath().dropFirst()
    #expect(try second != first && marked() == Array(second))
    person.press("< < < < < <")
    #expect(try marked() != Array(second), "in the past it is what was chosen then")
    person.press("Space Escape")
    #expect(person.state.run?.filterFacts == nil)
  }
}
