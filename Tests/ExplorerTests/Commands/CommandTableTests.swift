import Canvas
import Testing

@testable import Explorer

@Suite("The command table")
struct CommandTableTests {
  @Test("Every command has a title, a sentence and an id of its own")
  func complete() {
    for command in CommandTable.all {
      #expect(!command.title.isEmpty && command.title.first?.isUppercase == true, "\(command.id)")
      #expect(command.help.hasSuffix(".") && command.help.first?.isUppercase == true, "\(command.id)")
      #expect(command.id.contains("."), "\(command.id)")
      #expect(!command.keys.isEmpty, "\(command.id)")
    }
    #expect(Set(CommandTable.all.map(\.id)).count == CommandTable.all.count)
  }

  @Test("No key means two things in places that are in force together")
  func clashes() {
    #expect(KeyMap.standard.clashes.isEmpty)
  }

  @Test("Every context is in a stack, and every key can be written in a configuration")
  func names() {
    #expect(Set(Context.stacks.flatMap { $0 }) == Set(Context.allCases))
    for key in CommandTable.all.flatMap(\.keys) { #expect(Key(name: key.description) == key) }
  }

  @Test(
    "The keys of the contract lead to their commands",
    arguments: [
      ("j", "tree.down"), ("k", "tree.up"), ("h", "tree.left"), ("l", "tree.right"), ("g", "tree.first"),
      ("G", "tree.last"), ("^d", "tree.pageDown"), ("^u", "tree.pageUp"), ("Enter", "tree.toggle"),
      ("o", "tree.toggle"),
      ("O", "tree.toggleAll"), ("[", "run.previousSibling"), ("]", "run.nextSibling"), ("p", "run.bestPath"),
      ("b", "run.bestLeaf"), ("/", "run.filter"), ("n", "run.nextMatch"), ("N", "run.previousMatch"),
      ("m", "run.bookmark"), ("'", "run.nextBookmark"), ("Tab", "run.nextPanel"), ("s", "search.step"),
      ("Space", "search.toggle"), ("r", "search.runMore"), ("e", "search.expand"), ("i", "search.insert"),
      ("x", "search.prune"), ("v", "search.override"), ("f", "search.rollOut"), ("w", "search.why"),
      (",", "settings.open"),
      ("u", "search.undo"),
      ("^r", "search.redo"), ("S", "search.phase"), ("<", "time.back"), (">", "time.forward"), ("{", "time.backTen"),
      ("}", "time.forwardTen"), ("F", "time.fork"), ("c", "curate.commit"), ("+", "curate.good"), ("-", "curate.bad"),
      ("0", "curate.neutral"),
      (":", "app.palette"), ("?", "app.help"), ("t", "app.theme"), ("^z", "app.suspend"), ("q", "app.quit"),
      ("Down", "tree.down"), ("Up", "tree.up"), ("Left", "tree.left"), ("Right", "tree.right"),
    ])
  func contract(key: String, command: String) throws {
    let key = try #require(Key(name: key))
    #expect(KeyMap.standard.command(for: key, in: [.tree, .run, .anywhere, .always])?.id == command)
  }

  @Test("Keys can be rebound; clashes and unknown commands are refused by name")
  func rebinding() throws {
    let map = try KeyMap(rebinding: ["search.step": [.character("Q")]])
    #expect(map.command(for: .character("Q"), in: [.run])?.id == "search.step")
    #expect(map.command(for: .character("s"), in: [.run]) == nil)
    #expect(throws: KeyMapError.self) { try KeyMap(rebinding: ["search.step": [.character("j")]]) }
    do {
      _ = try KeyMap(rebinding: ["search.stop": []])
    } catch {
      #expect(error.description.contains("unknown command 'search.stop'"))
    }
    // The footer and the help follow.
    var state = ExplorerState(size: Size(columns: 80, rows: 24), keys: map)
    _ = state.reduce(.opened(OpenRun(id: "r", tree: FakeDriver().tree)))
    #expect(state.reduce(.key(.character("Q"))) == [.run(.step)])
    let screen = FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode))
    #expect(screen[23].contains("Q step"))
  }

  @Test("Fuzzy search puts starts of words and runs of letters first")
  func fuzzy() {
    let state = FakeDriver().state
    #expect(CommandSearch.fuzzy("prune", in: state).first?.id == "search.prune")
    #expect(CommandSearch.fuzzy("undo", in: state).first?.id == "search.undo")
    #expect(CommandSearch.fuzzy("rn", in: state).first?.id == "search.runMore")
    #expect(CommandSearch.fuzzy("zzz", in: state).isEmpty)
  }

  @Test("The palette begins with what the footer speaks of, and finds by sentence, in other places and among settings")
  func palette() throws {
    var person = FakeDriver(size: Size(columns: 120, rows: 36))
    func names() -> [String] {
      CommandSearch.offered(person.state.overlay?.field?.text ?? "", in: person.state).map { item in
        switch item {
        case .command(let command): command.id
        case .elsewhere(let command): "elsewhere \(command.id)"
        case .settings(let count): "settings \(count)"
        }
      }
    }
    person.press(":")
    #expect(names().first == "tree.toggle" && names().prefix(3).contains("search.step"))
    #expect(Set(names()).count == names().count)
    person.press("text:trajectory")
    #expect(names().contains("run.bestLeaf"), "its sentence says it, its name does not")
    person.press("^u text:export")
    let place = try #require(names().firstIndex(of: "elsewhere problems.export"))
    #expect(person.screen().contains { $0.contains("Export") && $0.contains("in: problems") })
    person.press("Down", times: place)
    person.press("Enter")
    #expect(person.state.message?.text == "'Export' belongs to another place: problems")
    #expect(person.state.overlay is PaletteOverlay)
    person.press("^u text:merge.predicate")
    #expect(names().last?.hasPrefix("settings ") == true)
    person.press("Down", times: names().count)
    person.press("Enter")
    #expect(person.state.overlay is SettingsOverlay)
    #expect(person.screen().contains { $0.contains("find merge.predicate") })
    // Where no search is there are no settings of one.
    person.press("Escape")
    person.state.show(nil)
    #expect(CommandSearch.offered("merge.predicate", in: person.state).isEmpty)
  }

  @Test("Help finds commands by word and by key")
  func words() {
    let state = FakeDriver().state
    #expect(
      CommandSearch.words("bookmark", in: state).map(\.id) == [
        "run.bookmark", "run.noteBookmark", "run.nextBookmark", "run.bookmarks",
      ])
    #expect(CommandSearch.words("^r", in: state).map(\.id) == ["search.redo"])
  }
}
