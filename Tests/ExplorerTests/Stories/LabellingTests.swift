import Canvas
import Testing
import Vocabulary

@testable import Explorer

@Suite("A person labels, and sees nothing but what is written")
struct LabellingTests {
  private static func task(sides: [String] = [], decides: Bool = false) -> LabelTask {
    LabelTask(
      problem: "p1", question: "Ana has 3 apples and buys 4.\nHow many has she?",
      steps: [
        LabelTask.Step([LabelTask.Line(text: "3 + 4 = 7\n", sides: sides), LabelTask.Line(text: "3 * 4 = 12\n")]),
        LabelTask.Step([LabelTask.Line(text: "So 7.\u{1B}[31m\n")]), LabelTask.Step([LabelTask.Line(text: "#### 7\n")]),
      ], sides: decides ? ["A good", "B bad"] : [], decides: decides)
  }

  private static func person(_ task: LabelTask = task()) -> FakeDriver {
    var person = FakeDriver()
    let problems = ["p1", "p2"].map { ProblemEntry(Problem(id: $0, question: "q")) }
    person.state = ExplorerState(size: Size(columns: 80, rows: 24), problems: problems)
    person.act(.task(task))
    return person
  }

  private static func labels(_ words: LabelWord...) -> [Effect] { words.map { .run(.label($0)) } }
  private static func step(_ step: Int, _ label: StepLabel?, line: Int = 0) -> LabelWord {
    .step(LabelPlace(step: step, line: line), label)
  }

  @Test("A label is one key, and goes on to the next step; again it is taken away")
  func oneKey() {
    var person = Self.person()
    person.press("+ - 0")
    #expect(person.takeEffects() == Self.labels(Self.step(0, .good), Self.step(1, .bad), Self.step(2, .neutral)))
    person.press("0")
    #expect(person.takeEffects() == Self.labels(Self.step(2, nil)))
    #expect(person.screen().contains { $0.contains("2 of 3 steps labelled") })
    person.press("u")
    #expect(person.takeEffects() == Self.labels(Self.step(2, .neutral)))
  }

  @Test("The alternatives of the step at the cursor can be labelled and flagged; those of others are not in the way")
  func alternatives() {
    var person = Self.person()
    #expect(person.screen().contains { $0.contains("3 * 4 = 12") })
    person.press("j - k j !")
    #expect(
      person.takeEffects()
        == Self.labels(Self.step(0, .bad, line: 1), .flag(LabelPlace(step: 0, line: 1), true)))
    person.press("j j")
    #expect(!person.screen().contains { $0.contains("3 * 4 = 12") })
  }

  @Test("A verdict or an end is one key, and opens the next task")
  func ends() {
    for (key, word) in [
      ("a", .verdict(.good)), ("d", .verdict(.bad)), ("1", .finish(.solution)), ("2", .finish(.foundError)),
      ("3", .finish(.badProblem)), ("4", .finish(.giveUp)),
    ] as [(String, LabelWord)] {
      var person = Self.person()
      person.press(key)
      #expect(person.takeEffects() == Self.labels(word) + [.run(.openProblem("p2"))], "\(key)")
      #expect(person.state.problems.entries[0].decision != nil)
    }
    var person = Self.person()
    person.press(";")
    #expect(person.takeEffects() == [.run(.openProblem("p2"))])
    #expect(person.state.problems.entries[0].decision == nil, "skipping says nothing")
  }

  @Test("A step of one's own is written over the one that is there")
  func completion() {
    var person = Self.person()
    person.press("E")
    #expect(person.state.overlay?.field?.text == "3 + 4 = 7")
    person.press("text:_apples Enter")
    #expect(person.takeEffects() == Self.labels(.completion(step: 0, "3 + 4 = 7 apples\n")))
    #expect(person.screen().contains { $0.contains("yours: 3 + 4 = 7 apples") })
  }

  @Test("Who decides sees both sides without names, beginning where they differ")
  func deciding() {
    let person = Self.person(Self.task(sides: ["A good", "B bad"], decides: true))
    let screen = person.screen().joined(separator: "\n")
    #expect(screen.contains("A good   B bad") && screen.contains("the whole: A good   B bad"))
    #expect(screen.contains("deciding between others"))
  }

  @Test("What it looks like, in any size, and no control byte")
  func screens() {
    for (columns, rows) in [(80, 24), (40, 10), (200, 50), (41, 11)] {
      let person = Self.person()
      let screen = person.screen(Size(columns: columns, rows: rows))
      #expect(screen.count == rows && screen.contains { $0.contains("3 + 4 = 7") })
      #expect(!screen.joined().contains("\u{1B}"))
    }
    #expect(Self.person().screen().contains { $0.contains("So 7.") })
  }

  @Test("A task without steps is looked at and left")
  func empty() {
    var person = Self.person(
      LabelTask(problem: "p1", question: "q", steps: [LabelTask.Step([LabelTask.Line(text: "x")])]))
    person.press("j k j + - Escape")
    #expect(person.state.labelling == nil)
  }
}
