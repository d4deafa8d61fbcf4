import Canvas
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("A person works through a queue")
struct CurationTests {
  /// Problems p0, p1, …, all of them searched but the last.
  static func list(_ count: Int = 5) -> [ProblemEntry] {
    (0..<count).map { index in
      let problem = Problem(
        id: "p\(index)", question: "How many, \(index)?", answer: "4", split: index < 2 ? "dev" : "train")
      let result = ProblemResult(
        simulations: 40, tokens: 100 * index, answer: index % 2 == 0 ? "4" : "5", isCorrect: index % 2 == 0,
        agreement: 5 - index, missesRight: index == 1,
        worth: CurationWorth(convincing: index == 3 ? 0.9 : 0, disagreement: 0.1 * Double(index), ambiguity: 0.2))
      return ProblemEntry(problem, result: index == count - 1 ? nil : result)
    }
  }

  private static func inList(_ count: Int = 5) -> FakeDriver {
    var person = FakeDriver()
    person.state = ExplorerState(size: Size(columns: 100, rows: 24), problems: list(count))
    return person
  }

  private static func commit(_ id: String, _ verdict: Judgement.Verdict, insists: Bool = false) -> Effect {
    .run(.commit(.problem(id, verdict), insists: insists))
  }

  @Test("One key decides, and the cursor goes to the next that nobody has decided of")
  func oneKey() {
    var person = Self.inList()
    person.press("a d a")
    #expect(person.takeEffects() == [Self.commit("p0", .good), Self.commit("p1", .bad), Self.commit("p2", .good)])
    #expect(person.state.problems.selected?.id == "p3")
    #expect(person.state.problems.entries.map(\.decision?.verdict) == [.good, .bad, .good, nil, nil])
    let status = person.screen(Size(columns: 100, rows: 24))[22]
    #expect(status.contains("3 decided: 2 good, 1 bad"), "\(status)")
    // Nothing has been searched there.
    person.press("j a")
    #expect(person.takeEffects().isEmpty && person.state.message?.text.contains("no run of it has an answer") == true)
  }

  @Test("u takes the last commit back, and goes to its problem")
  func takeBack() {
    var person = Self.inList()
    person.press("a d u")
    #expect(person.state.problems.entries[1].decision == nil && person.state.problems.entries[0].decision != nil)
    #expect(person.state.problems.selected?.id == "p1")
    person.press("g u")
    #expect(person.state.problems.entries[0].decision == nil)
    person.press("u")
    #expect(person.state.message?.text.contains("nothing to take back") == true)
  }

  @Test("What speaks against a decision is asked about; Enter makes it all the same, Escape does not")
  func doubts() {
    var person = Self.inList()
    let subject = CommitSubject.problem("p0", .good)
    person.act(.doubted(subject, warnings: ["the answer 5 is wrong: the reference says 4\u{1B}[2J"]))
    let screen = person.screen(Size(columns: 100, rows: 24))
    #expect(screen.contains { $0.contains("p0 as good?") } && screen.contains { $0.contains("the reference says 4") })
    #expect(!screen.joined().contains("\u{1B}"))
    person.press("Escape")
    #expect(person.takeEffects().isEmpty && person.state.problems.selected?.id == "p0")
    person.act(.doubted(subject, warnings: ["it is wrong"]))
    person.press("Enter")
    #expect(person.takeEffects() == [Self.commit("p0", .good, insists: true)])
    #expect(person.state.problems.selected?.id == "p1", "it goes on")
  }

  @Test("Marked rows are decided together")
  func batch() {
    var person = Self.inList()
    person.press("Space j Space")
    #expect(person.state.problems.markedIDs == ["p0", "p2"])
    #expect(person.screen(Size(columns: 100, rows: 24))[22].contains("2 marked"))
    person.press("a")
    #expect(person.takeEffects() == [.run(.commitAll(["p0", "p2"], .good))])
    #expect(person.state.problems.marked.isEmpty)
    person.press("V")
    #expect(person.state.problems.marked.count == 5)
    person.press("V")
    #expect(person.state.problems.marked.isEmpty)
  }

  @Test("n and N find what is not decided, D what the selections differ about, going round")
  func finding() {
    var person = Self.inList()
    person.press("a a G n")
    #expect(person.state.problems.selected?.id == "p2")
    person.press("N")
    #expect(person.state.problems.selected?.id == "p4")
    person.press("g D")
    #expect(person.state.problems.selected?.id == "p1")
  }

  @Test(
    "The filter knows not, or, parentheses and fields",
    arguments: [
      ("wrong", [1, 3]), ("not wrong", [0, 2, 4]), ("wrong or p0", [0, 1, 3]), ("not (wrong or p0)", [2, 4]),
      ("agree<5 not agree=3", [1, 3]), ("agree<5", [1, 2, 3]), ("split=dev wrong", [1]), ("worth>.9", [3]),
      ("tokens>=200 tokens<300", [2]), ("missed", [1]), ("not committed", [1, 2, 3, 4]), ("committed", [0]),
      ("by=ana", [0]), ("verdict=good", [0]), ("verdict!=good", [1, 2, 3, 4]), ("answer=5", [1, 3]),
      ("\"many, 2\"", [2]), ("", [0, 1, 2, 3, 4]), ("not", [0, 1, 2, 3, 4]), ("wrong or", [1, 3]),
      ("(wrong", [1, 3]), ("agree<", [0, 1, 2, 3, 4]), ("WRONG", [1, 3]),
    ] as [(String, [Int])])
  func filter(query: String, rows: [Int]) throws {
    var list = ProblemList(Self.list())
    list.decide("p0", ProblemDecision(verdict: .good, who: "ana"))
    try list.filter(query, height: 10)
    #expect(list.shown == rows)
  }

  @Test(
    "What cannot be read is said with its place, and changes nothing",
    arguments: [
      ("agree<x", 7, "expected a number, found 'x'"), ("colour=red", 1, "unknown field 'colour'"),
      ("p0)", 3, "closes nothing"),
      ("agree<>3", 6, "expected one of"), ("id<3", 1, "unknown field 'id'"), ("\"p0", 1, "no end"),
    ])
  func badFilter(query: String, column: Int, says: String) {
    var list = ProblemList(Self.list())
    #expect { try list.filter(query, height: 10) } throws: { error in
      let error = error as? FilterError
      return error?.column == column && error?.message.contains(says) == true
    }
    #expect(list.shown.count == 5 && list.query.isEmpty)
  }

  @Test("By worth: convincing and wrong first, unsearched last, one in eight at random and said so")
  func worth() {
    var list = ProblemList(Self.list())
    list.sort(by: .worth, height: 10)
    #expect(list.shown == [3, 2, 1, 0, 4])
    #expect(list.audited.isEmpty, "too few for a random share")
    var long = ProblemList(Self.list(81))
    long.sort(by: .worth, height: 10)
    #expect(Set(long.shown) == Set(0..<81))
    #expect(long.audited.count == 10, "an eighth of those searched")
    let places = long.shown.indices.filter { long.audited.contains(long.entries[long.shown[$0]].id) }
    #expect(places == Array(stride(from: 7, to: 80, by: 8)).prefix(10).map { $0 })
    // The same for everybody, and not the worth's own order.
    var again = ProblemList(Self.list(81))
    again.sort(by: .worth, height: 10)
    #expect(again.shown == long.shown)
    long.sort(by: .worth, height: 10)
    #expect(long.isReversed && long.audited.isEmpty)
  }

  @Test("Every order holds every row, and turns round")
  func orders() {
    for order in ProblemOrder.allCases where order != .file {
      var list = ProblemList(Self.list(20))
      list.sort(by: order, height: 5)
      let there = list.shown
      #expect(Set(there) == Set(0..<20), "\(order)")
      list.sort(by: order, height: 5)
      #expect(list.isReversed && Set(list.shown) == Set(0..<20))
    }
    #expect(Set(ProblemOrder.allCases.map(\.letter)).count == ProblemOrder.allCases.count)
  }

  @Test("A list that is read again keeps the place, the order and the marks")
  func refresh() {
    var person = Self.inList()
    person.press("K")
    person.press("text:w")
    person.press("j Space")
    let (shown, at) = (person.state.problems.shown, person.state.problems.selected?.id)
    var entries = Self.list()
    entries[0].decision = ProblemDecision(verdict: .bad, who: "bob")
    entries[2].openWith = "eve"
    person.act(.problems(entries))
    #expect(person.state.problems.shown == shown && person.state.problems.selected?.id == at)
    #expect(person.state.problems.marked.count == 1)
    let screen = person.screen(Size(columns: 100, rows: 24))
    #expect(screen.contains { $0.contains("bad, bob") } && screen.contains { $0.contains("open: eve") })
  }

  @Test("In a run, a commits what is chosen and opens the next; ; goes on without deciding")
  func inARun() throws {
    var person = FakeDriver()
    person.press("s", times: 60)
    let id = person.tree.header.problem.id
    let problems = ([Problem(id: id, question: "q")] + [Problem(id: "z", question: "z")]).map { ProblemEntry($0) }
    person.act(.problems(problems))
    let chosen = try #require(person.tree.chosen)
    _ = person.takeEffects()
    person.press("a")
    let request = CommitRequest(node: chosen.node, rollout: chosen.rollout, judgement: Judgement(verdict: .good))
    #expect(person.takeEffects() == [.run(.commit(.trajectory(request), insists: false)), .run(.openProblem("z"))])
    person.press(";")
    #expect(person.takeEffects() == [.run(.openProblem("z"))])
    person.press("u")
    #expect(person.state.problems.entries[0].decision == nil, "u takes the commit back where it was made")
  }

  @Test("u takes back what was done last: an act on the tree after a commit, then what was done before")
  func lastThingFirst() throws {
    var person = FakeDriver()
    person.press("s", times: 60)
    person.press("c Enter")
    #expect(person.state.run?.commits == ["c1"])
    person.press("g j x")
    let pruned = person.cursor
    #expect(person.tree[pruned].marks.contains(.pruned))
    person.press("u")
    #expect(!person.tree[pruned].marks.contains(.pruned) && person.state.run?.commits == ["c1"])
  }

  @Test("The form commits and stays, also where a key asked to go on before and was doubted")
  func theFormStays() throws {
    var person = FakeDriver()
    person.press("s", times: 60)
    let id = person.tree.header.problem.id
    person.act(.problems([id, "z"].map { ProblemEntry(Problem(id: $0, question: "q")) }))
    let chosen = try #require(person.tree.chosen)
    let request = CommitRequest(node: chosen.node, rollout: chosen.rollout, judgement: Judgement(verdict: .good))
    person.act(.doubted(.trajectory(request), warnings: ["it is wrong"]))
    _ = person.takeEffects()
    person.press("Enter")
    #expect(person.takeEffects() == [.run(.commit(.trajectory(request), insists: true))], "the form's own stays")
  }

  @Test("The final selections are listed with their answers, the run's own is marked, and Enter goes there")
  func finals() throws {
    var person = FakeDriver()
    person.press("s", times: 60)
    person.press("5")
    let screen = person.screen(Size(columns: 100, rows: 24))
    for selection in FinalSelection.allCases { #expect(screen.contains { $0.contains(selection.rawValue) }) }
    let chosen = try #require(person.tree.chosen)
    #expect(screen.contains { $0.contains("★ rerank") || $0.contains("\(GlyphSet.unicode.best) rerank") })
    person.press("Enter")
    #expect(person.cursor == chosen.node)
  }
}
