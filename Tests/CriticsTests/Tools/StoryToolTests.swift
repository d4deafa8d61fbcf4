import Testing

@testable import Critics

/// Tools that keep the books of a word problem.
@Suite("Operands and loose ends")
struct StoryToolTests {
  private static let question =
    "Ivy has 6 apples. Omar has 3 more apples than Ivy. Ivy buys 5 packs of 8 apples. Tom has 9 apples. Tom loses 4 apples. How many apples do Ivy and Omar have together now?"

  private func state(_ lines: [String], question: String = question, isComplete: Bool = false) -> JudgedState {
    JudgedState(question: question, tokens: [], optionTexts: lines.map { $0 + "\n" }, isComplete: isComplete)
  }

  @Test(
    "numbers of the question and results so far are in place",
    arguments: [
      ["Omar has 6 + 3 = 9 apples."], ["5 packs hold 5 * 8 = 40 apples."],
      ["5 packs hold 5 * 8 = 40 apples.", "Ivy has 6 + 40 = 46 apples."],
    ])
  func inPlace(_ lines: [String]) async throws {
    #expect(try await FormulaTool.operands.check(state(lines)).kind == .holds)
  }

  @Test(
    "what is out of place is named",
    arguments: [
      (["Ivy has 6 + 7 = 13 apples."], "6 + 7 = 13: 7 is neither in the question nor a result so far"),
      (["3 packs hold 3 * 8 = 24 apples."], "3 * 8 = 24: no sentence states 3 and 8 together"),
    ])
  func outOfPlace(_ lines: [String], _ note: String) async throws {
    #expect(try await FormulaTool.operands.check(state(lines)) == ToolFinding(.refuted, note))
  }

  @Test("what belongs to somebody else is named")
  func owners() async throws {
    for (lines, finding) in [
      (["Ivy has 6 - 4 = 2 apples."], ToolFinding(.refuted, "6 - 4 = 2: 4 is said of Tom, not of Ivy")),
      (
        ["5 packs hold 5 * 8 = 40 apples.", "Ivy has 6 + 40 = 46 apples.", "Ivy has 6 + 3 = 9 apples."],
        ToolFinding(.refuted, "6 + 3 = 9: Ivy had 46 before, which it leaves out")
      ),
      (["Omar has 6 + 3 = 9 apples."], ToolFinding(.holds, "in order for Omar")),
      (["5 packs hold 5 * 8 = 40 apples."], ToolFinding(.unsure, "about nobody")),
    ] { #expect(try await FormulaTool.owners.check(state(lines)) == finding) }
  }

  @Test("words state and bring in numbers; a percentage is read both ways")
  func words() async throws {
    let question = "Ben earns 40 dollars a week and spends half of it. He saves 25% of the rest."
    for line in ["Ben spends 40 / 2 = 20 dollars.", "A day brings 40 / 7 = 5.71 dollars.", "He saves 20 * 25% = 5"] {
      let lines = ["Ben spends 40 / 2 = 20 dollars.", line]
      #expect(try await FormulaTool.operands.check(state(lines, question: question)).kind != .refuted, "\(line)")
    }
  }

  @Test("tools rest where there is nothing for them, and say why")
  func rests() {
    #expect(FormulaTool.operands.application(to: state(["#### 4"])) == .rests("no formula"))
    #expect(LooseEndTool().application(to: state(["1 + 1 = 2"])) == .rests("not a whole solution"))
    #expect(LooseEndTool().application(to: state(["#### 2"], isComplete: true)) == .rests("no formula"))
    #expect(CalculatorCritic().application(to: state(["so it is"])) == .rests("nothing to check"))
  }

  @Test(
    "a solution that leaves something over is found out",
    arguments: [
      (
        [
          "Omar has 6 + 3 = 9 apples.", "5 packs hold 5 * 8 = 40 apples.", "Ivy has 6 + 40 = 46 apples.",
          "Together they have 46 + 9 = 55 apples.", "#### 55",
        ], ToolFinding(.holds, "the last result is the answer, and nothing is left over")
      ),
      (["Omar has 6 + 3 = 9 apples.", "#### 8"], ToolFinding(.refuted, "the answer 8 is not the last result 9")),
      (
        ["Omar has 6 + 3 = 9 apples.", "5 packs hold 5 * 8 = 40 apples.", "#### 40"],
        ToolFinding(.refuted, "the result of 6 + 3 = 9 is used nowhere")
      ),
      (
        ["Omar has 6 + 3 = 9 apples.", "Together they have 9 + 6 = 15 apples.", "#### 15"],
        ToolFinding(.refuted, "the question's 5 is used too seldom")
      ),
      (["Omar has 6 + 3 = 9 apples."], ToolFinding(.unsure, "no result or no answer to read")),
    ])
  func looseEnds(_ lines: [String], _ finding: ToolFinding) async throws {
    #expect(try await LooseEndTool().check(state(lines, isComplete: true)) == finding)
  }

  @Test(
    "what is said of somebody else by a comparison need not be used",
    arguments: [
      // Raj has 7 more than Finn, whom alone the question asks about: the 7 is Raj's.
      ("Finn has 13 marbles. Raj has 7 more marbles than Finn. Finn sells 3 marbles.", "13 - 3 = 10", true),
      // Here Finn's own number follows from Raj's.
      ("Raj has 20 marbles. Raj has 7 more marbles than Finn. Finn sells 3 marbles.", "13 - 3 = 10", false),
      ("Raj has 20 marbles. Raj has 7 more marbles than Finn.", "20 - 7 = 13", true),
      // Four times as many as Ana, who is not asked about herself, but measures Finn.
      ("Ana has 5 marbles. Finn has 4 times as many marbles as Ana. Ana sells 2 marbles.", "4 * 5 = 20", false),
      ("Ana has 5 marbles. Finn has 4 times as many marbles as Ana.", "4 * 5 = 20", true),
    ])
  func comparisons(_ story: String, _ formula: String, _ holds: Bool) async throws {
    let answer = try #require(formula.split(separator: " ").last)
    let question = story + " How many marbles does Finn have now?"
    let judged = state(["Finn has \(formula) marbles.", "#### \(answer)"], question: question, isComplete: true)
    let finding = try await LooseEndTool().check(judged)
    #expect(finding.kind == (holds ? .holds : .refuted), "\(finding)")
  }

  @Test("a megabyte of anything costs bounded work and never traps")
  func megabyte() async throws {
    for unit in [
      "Ivy has 1 + 1 = 2. ", "A. ", "9.9.9 ", "\u{0}\u{1b}[", "é\u{301}", "Ivy 5% of 3 = ", "=\n", "Ab Ab? ",
    ] {
      let text = String(repeating: unit, count: 200_000 / unit.utf8.count)
      let hostile = JudgedState(question: text, tokens: [], optionTexts: [text, text], isComplete: true)
      _ = try await FormulaTool.operands.check(hostile)
      _ = try await FormulaTool.owners.check(hostile)
      _ = try await LooseEndTool().check(hostile)
    }
  }
}
