import Canvas
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("A person chooses a problem")
struct ProblemListTests {
  static let entries = [
    ProblemEntry(
      Problem(id: "easy-0001", question: "Finn has 13 marbles. How many are left?", answer: "40", split: "test"),
      tier: "easy", progress: "40 sims",
      result: ProblemResult(simulations: 40, tokens: 12_345, answer: "40", isCorrect: true, agreement: 4)),
    ProblemEntry(
      Problem(id: "easy-0002", question: "Finn has 9 apples.\nRaj has 2 apples.", answer: "9", split: "test"),
      tier: "easy"),
    ProblemEntry(
      Problem(id: "hard-0001", question: "Ivy has 6 apples. Omar has 3 more apples than Ivy.", split: "test"),
      tier: "hard", progress: "committed",
      result: ProblemResult(simulations: 9, tokens: 87, answer: nil, isCorrect: nil, agreement: nil)),
  ]

  private static func list(_ size: Size = Size(columns: 80, rows: 24)) -> ExplorerState {
    ExplorerState(size: size, problems: entries)
  }

  @Test("Enter opens the problem under the cursor")
  func open() {
    var state = Self.list()
    #expect(state.reduce(.key(.character("j"))) == [])
    #expect(state.reduce(.key(.enter)) == [.run(.openProblem("easy-0002"))])
    #expect(state.run == nil)
  }

  @Test("A key that means nothing here says what it means elsewhere, and where help is")
  func unbound() {
    var state = Self.list()
    #expect(state.reduce(.key(.character("s"))) == [])
    #expect(state.message?.text == "s is 'One simulation' in a search; Enter opens one; ? lists the keys")
    #expect(state.log.entries.isEmpty, "it is nothing that happened")
    #expect(state.reduce(.key(.character("^"))) == [])
    #expect(state.message?.text == "^ does nothing here; ? lists the keys")
    #expect(state.reduce(.key(.character("j"))) == [])
    #expect(state.message == nil)
    _ = state.reduce(.key(.character("/")))
    _ = state.reduce(.key(.character("^")))
    #expect(state.message == nil, "in a field it is text")
  }

  @Test("/ narrows the list while typing, Enter keeps it, Esc shows all again")
  func filter() {
    var state = Self.list()
    for key in [Key.character("/"), .character("o"), .character("m"), .character("a"), .character("r")] {
      #expect(state.reduce(.key(key)) == [])
    }
    #expect(state.problems.shown == [2])
    _ = state.reduce(.key(.enter))
    #expect(state.overlay == nil)
    #expect(state.reduce(.key(.enter)) == [.run(.openProblem("hard-0001"))])
    _ = state.reduce(.key(.escape))
    #expect(state.problems.shown == [0, 1, 2])
    #expect(state.problems.selected?.id == "hard-0001")
  }

  @Test("What a problem waits for stays on the last line, whatever is pressed, until it is there or cannot be")
  func waiting() {
    for end in [Action.failure("the connection was refused"), .notice("something else")] {
      var state = Self.list()
      _ = state.reduce(.key(.enter))
      _ = state.reduce(.waiting("http://127.0.0.1:8080 to answer"))
      for key in [Key.character("j"), .character("s"), .up] {
        _ = state.reduce(.key(key))
        #expect(state.message?.text == "waiting for http://127.0.0.1:8080 to answer")
      }
      _ = state.reduce(.mouse(MouseEvent(kind: .press(.left), x: 4, y: 3)))
      #expect(state.message?.text == "waiting for http://127.0.0.1:8080 to answer")
      _ = state.reduce(end)
      #expect(state.message?.isLasting == false)
      _ = state.reduce(.key(.character("j")))
      #expect(state.message == nil)
    }
  }

  @Test("No match says so, and opening says why not")
  func nothing() {
    var state = Self.list()
    for character in "/zzz" { _ = state.reduce(.key(.character(character))) }
    _ = state.reduce(.key(.enter))
    #expect(state.reduce(.key(.enter)) == [])
    #expect(state.message == .failure("no problem is selected"))
  }

  @Test("A click selects, a second one opens")
  func click() {
    var state = Self.list()
    let event = MouseEvent(kind: .press(.left), x: 5, y: 4)
    #expect(state.reduce(.mouse(event)) == [])
    #expect(state.problems.selected?.id == "hard-0001")
    #expect(state.reduce(.mouse(event)) == [.run(.openProblem("hard-0001"))])
  }

  @Test("P goes back to the list, with the cursor where it was")
  func back() {
    var state = Self.list()
    _ = state.reduce(.key(.down))
    _ = state.reduce(.opened(OpenRun(id: "r", tree: SearchTree(header: FakeDriver.header()))))
    #expect(state.reduce(.key(.character("P"))) == [.run(.closeRun)])
    #expect(state.run == nil)
    #expect(state.problems.selected?.id == "easy-0002")
  }

  @Test("Ten thousand problems: only the rows on the screen are drawn, and G shows the last")
  func long() {
    let entries = (0..<10_000).map { ProblemEntry(Problem(id: "p-\($0)", question: "Question \($0)?")) }
    var state = ExplorerState(size: Size(columns: 80, rows: 24), problems: entries)
    _ = state.reduce(.key(.character("G")))
    let screen = FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode))
    #expect(screen.contains { $0.contains("p-9999") })
    #expect(state.problems.top == 9_986)
  }

  @Test("What runs came to stands in columns, and words of it filter")
  func results() {
    var state = Self.list(Size(columns: 120, rows: 24))
    let frame = state.view(size: state.size, theme: .monochrome, glyphs: .unicode)
    let lines = FrameText.lines(frame)
    #expect(lines[1].contains(" state ") && lines[1].contains(" finals ") && lines[1].contains(" tokens "))
    #expect(lines[2].contains("✓ 40") && lines[2].contains("4/5") && lines[2].contains("12345"))
    #expect(lines[4].contains("committed") && lines[4].contains("87"))
    _ = state.reduce(.key(.character("/")))
    for letter in "right 4/5" { _ = state.reduce(.key(.character(letter))) }
    #expect(state.problems.shown == [0])
  }
}
