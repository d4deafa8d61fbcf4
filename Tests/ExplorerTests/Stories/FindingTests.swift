import Canvas
import Testing
import TreeInsight
import TreeSearch

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

  /// A person before a tree of several portions, whose turns of looking are taken one by one.
  private static func great(_ count: Int) throws -> ExplorerState {
    var state = ExplorerState(size: Size(columns: 80, rows: 24))
    let tree = try GrownTree.make(count: count) { ($0 - 1) / 3 }
    _ = state.reduce(.opened(OpenRun(id: "r", tree: tree)))
    return state
  }

  @Test("In a great tree keys come in between: the match is found in the end, and then the count goes on")
  func portions() throws {
    let count = 3 * MatchSearch.portion
    var last = 0  // in reading order: the last child of the last child of the root, and so on
    while 3 * last + 3 < count { last = 3 * last + 3 }
    var state = try Self.great(count)
    var effects: [Effect] = []
    for character in "/id=\(last)" { effects += state.reduce(.key(.character(character))) }
    #expect(effects == [.session(.lookOn)], "one turn at a time, however many keys are typed")
    guard let prompt = state.overlay as? Prompt else { return #expect(Bool(false), "no prompt") }
    #expect(prompt.count == "0 nodes of the first \(Number.count(MatchCount.portion)) match")
    #expect(state.reduce(.key(.enter)) == [])
    #expect(state.message?.text == "looking: \(Number.count(MatchSearch.portion)) nodes so far; any key stops it")
    var turns = 0
    while state.isFinding {
      #expect(state.message?.text.hasPrefix("looking") == true)
      #expect(state.reduce(.lookOn) == [.session(.lookOn)])
      turns += 1
    }
    #expect(state.run?.cursor == NodeID(last))
    #expect(turns == 2)
    while state.reduce(.lookOn) == [.session(.lookOn)] { turns += 1 }
    #expect(state.message?.text == "1 node matches")
    #expect(turns >= count / MatchCount.portion)
  }

  @Test("Any key stops looking, where nothing matches it is said, and there is never more than one turn under way")
  func stopping() throws {
    var state = try Self.great(3 * MatchSearch.portion)
    for character in "/id<0" { _ = state.reduce(.key(.character(character))) }
    _ = state.reduce(.key(.enter))
    #expect(state.message?.text.hasPrefix("looking") == true)
    _ = state.reduce(.key(.down))
    #expect(state.message == nil && state.run?.cursor == NodeID(1))
    #expect(state.reduce(.lookOn) == [] && state.run?.cursor == NodeID(1))
    #expect(state.reduce(.key(.character("N"))) == [.session(.lookOn)])
    #expect(state.reduce(.key(.character("n"))) == [])
    while state.reduce(.lookOn) == [.session(.lookOn)] {}
    #expect(state.message == .failure("no node matches id<0"))
    #expect(state.run?.cursor == NodeID(1))
  }

  @Test("A way that leads back to its start finds the start itself, and one in a tree that shrank ends")
  func ways() throws {
    let tree = try GrownTree.make(count: 40) { $0 - 1 }
    var search = MatchSearch(try NodeFilter("id=7"), from: NodeID(7), backwards: true, none: "")
    #expect(search.goOn(in: tree, Folds(), portion: 39) == .unfinished)
    #expect(search.goOn(in: tree, Folds(), portion: 1) == .found(NodeID(7)))
    search = MatchSearch(try NodeFilter("id=7"), from: NodeID(30), none: "")
    #expect(search.goOn(in: tree, Folds(), portion: 5) == .unfinished)
    #expect(search.goOn(in: try GrownTree.make(count: 20) { $0 - 1 }, Folds()) == .none)
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
    person.press("p b")
    let best = try #require(person.state.run?.bestPath)
    person.press("W")
    #expect(person.state.message?.text.hasPrefix("the selected node is on the best path") == true)
    let (at, other) = try Self.parting(best, person)
    let end = best[at]
    _ = person.state.reduce { state in state.withRun { $0.select(other) } }
    person.press("W")
    let screen = person.screen(Size(columns: 120, rows: 40))
    #expect(screen.contains { $0.contains("in common") })
    let steps = try #require(screen.first { $0.contains("step \(at)") })
    #expect(steps.contains(Self.text(end, person)) && steps.contains(Self.text(other, person)))
    person.press("Escape")
    #expect(person.state.overlay == nil)
  }

  @Test("A wide path panel shows both trajectories, with a sign where they part; a narrow one shows the chosen one")
  func wide() throws {
    var person = Self.person()
    let best = try #require(person.state.run?.bestPath)
    let (at, other) = try Self.parting(best, person)
    let end = best[at]
    _ = person.state.reduce { state in state.withRun { $0.select(other) } }
    person.press("3 z")
    let wide = person.screen(Size(columns: 120, rows: 24))
    #expect(wide[1].contains("Path through \(other)") && wide[1].contains(" Best path "))
    let parting = try #require(wide.first { $0.contains("→") })
    #expect(parting.filter { $0 == "→" }.count == 2)
    #expect(parting.contains(Self.text(end, person)) && parting.contains(Self.text(other, person)))
    #expect(wide.count { $0.contains("→") } == 1)
    #expect(!person.screen(Size(columns: 80, rows: 24)).contains { $0.contains("→") })
    person.press("p")
    #expect(person.screen(Size(columns: 120, rows: 24))[1].contains("Best path"))
    // On the best path itself there is nothing to stand beside it.
    person.press("b")
    #expect(!person.screen(Size(columns: 120, rows: 24)).contains { $0.contains("→") })
  }

  /// The last step of the path that has a sibling, and that.
  private static func parting(_ path: [NodeID], _ person: FakeDriver) throws -> (at: Int, other: NodeID) {
    for at in path.indices.dropFirst().reversed() {
      if let other = person.tree.childList(of: path[at - 1]).first(where: { $0 != path[at] }) { return (at, other) }
    }
    throw CancellationError()
  }

  private static func text(_ node: NodeID, _ person: FakeDriver) -> String {
    person.tree.details[node.offset].option?.text.filter { !$0.isNewline } ?? ""
  }
}
