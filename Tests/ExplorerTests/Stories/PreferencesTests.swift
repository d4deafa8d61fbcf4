import Canvas
import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("What a person has arranged is there again")
struct PreferencesTests {
  private func kept(_ json: String) throws -> Preferences {
    try JSONDecoder().decode(Preferences.self, from: Data(json.utf8))
  }

  @Test("Columns, sizes, panels, timeline, order: kept, and arranged in another explorer")
  func round() throws {
    var person = FakeDriver(size: Size(columns: 120, rows: 40))
    person.press("s s s R ( ~ * g Escape")
    let kept = person.state.preferences
    #expect(kept.columns == ["orm": true] && kept.shares?.count == 1 && kept.children == "visits")
    let again = try self.kept(String(decoding: JSONEncoder().encode(kept), as: UTF8.self))
    #expect(again == kept)
    var other = ExplorerState(size: Size(columns: 120, rows: 40))
    other.arrange(again)
    #expect(other.preferences == kept)
    _ = other.reduce(.opened(OpenRun(id: "run-2", tree: person.tree)))
    #expect(other.run?.folds.order == .visits)
    #expect(ExplorerState(size: Size(columns: 80, rows: 24)).preferences == Preferences())
  }

  @Test("For a screen that is read from afar the tree has the width, with N and Q only; it is there again next time")
  func projector() throws {
    var person = FakeDriver.searched(size: Size(columns: 160, rows: 45))
    #expect(person.screen()[1].contains("PRM"))
    person.press("^p")
    #expect(!person.screen()[1].contains("PRM") && person.screen()[1].contains("N"))
    #expect(person.state.layout.panel(.tree).width == 160)
    try Golden.check(person.screen(), "projector-160x45", #_sourceLocation)
    #expect(person.state.preferences.projects == true)
    var other = ExplorerState(size: Size(columns: 160, rows: 45))
    other.arrange(person.state.preferences)
    #expect(other.isProjecting)
    person.press("^p")
    #expect(person.screen()[1].contains("PRM") && person.state.preferences.projects == nil)
    // Asked for by the command line, it is for this time.
    let once = ExplorerState(size: Size(columns: 160, rows: 45), projects: true)
    #expect(once.isProjecting && once.preferences == Preferences())
  }

  @Test("The signs are explained to who is here for the first time, beside help and quitting")
  func legend() throws {
    var state = ExplorerState(size: Size(columns: 120, rows: 40))
    state.greet()
    _ = state.reduce(.opened(OpenRun(id: "run-1", tree: FakeDriver.searched().tree)))
    for columns in [70, 80, 120] {
      let size = Size(columns: columns, rows: 24)
      let line = FrameText.lines(state.view(size: size, theme: .monochrome, glyphs: .unicode))[23]
      #expect(line.contains("✓ right  ✗ wrong  ? doubted") && line.contains("? help  q quit"), "\(line)")
    }
    let narrow = FrameText.lines(
      state.view(size: Size(columns: 60, rows: 24), theme: .monochrome, glyphs: .unicode))[23]
    #expect(!narrow.contains("doubted") && narrow.contains("? help  q quit"))
  }

  @Test("Which selection chose the answer is said wherever there is room for it", arguments: [60, 80, 100, 120, 200])
  func statusLine(columns: Int) throws {
    var person = FakeDriver.searched(size: Size(columns: columns, rows: 24))
    #expect(person.screen()[22].contains("best 32 by rerank"), "\(person.screen()[22])")
    let problem = person.tree.header.problem
    _ = person.state.reduce(.problems([ProblemEntry(problem)]))
    person.press("c Enter")
    #expect(person.screen()[22].contains("best 32 by rerank"), "\(person.screen()[22])")
    if columns >= 100 { #expect(person.screen()[22].contains("1 decided"), "\(person.screen()[22])") }
  }

  @Test("What is not known or cannot be is passed over")
  func hostile() throws {
    var state = ExplorerState(size: Size(columns: 120, rows: 40))
    state.arrange(
      try kept(
        #"""
        {"columns": {"nothing": true, "v": false}, "shares": {"treeBeside": 99999999, "other": 5}, "children": "chance",
         "hidden": ["tree", "node", "path", "sky"], "problems": "luck", "what": [1, {}]}
        """#))
    #expect(state.arrangement.columns == ["v": false])
    #expect(state.arrangement.shares == [.treeBeside: 900])
    #expect(state.arrangement.shownPanels.count == 1, "one panel is always there")
    #expect(state.arrangement.childOrder == .creation && state.problems.order == .file)
  }

  @Test("Who is here for the first time is told what can be done, once")
  func greeting() throws {
    var state = ExplorerState(size: Size(columns: 120, rows: 40))
    state.greet()
    #expect(state.message?.text.contains("^t is a tour") == true)
    let run = OpenRun(id: "run-1", tree: FakeDriver().tree)
    _ = state.reduce(.opened(run))
    #expect(state.message?.text.contains("Space lets it search") == true)
    _ = state.reduce(.opened(run))
    #expect(state.message == nil)
  }

  @Test("A message leaves help and quitting on the last line, and is read whole", arguments: [40, 60, 80, 120, 200])
  func message(columns: Int) {
    let size = Size(columns: columns, rows: 24)
    let person = FakeDriver(size: size)
    for length in [5, 30, 60, 79, 120, 300] {
      var state = person.state
      let words = (0..<max(1, length / 5)).map { "w\(100 + $0)" }
      _ = state.reduce(.failure(words.joined(separator: " ")))
      let rows = FrameText.lines(state.view(size: size, theme: .monochrome, glyphs: .unicode))
      #expect(rows[23].contains("? help  q quit"), "\(rows[23])")
      #expect(rows.contains { $0.contains("sims 0") }, "the status line is always there")
      let room = 4 * (columns - 2)
      for word in words.prefix(room / 5 - 6) { #expect(rows.contains { $0.contains(word) }, "\(word) of \(length)") }
    }
  }

  @Test("A search that comes back to one answer says so, and what would help")
  func settled() throws {
    var person = FakeDriver()
    #expect(person.state.run?.wordsOnSettling == nil)
    // One way only: every simulation goes down it, and from its answer on finds nothing new.
    let narrow = [
      "width.root.minimum": "1", "width.root.maximum": "1", "width.minimum": "1", "width.maximum": "1",
      "rollout.count": "0",
    ]
    person = FakeDriver(header: FakeDriver.header(changing: narrow))
    person.press("Space")
    let run = try #require(person.state.run)
    let last = try #require(run.tree.nodes.last)
    #expect(last.terminal == .answer && run.tree.simulations == 40)
    let again = Int(last.visits) - 1
    #expect(again > 20)
    #expect(run.wordsOnSettling?.hasPrefix("settled: \(again) of 40 simulations came back to one answer") == true)
    #expect(person.state.message?.text == run.wordsOnSettling)
  }
}
