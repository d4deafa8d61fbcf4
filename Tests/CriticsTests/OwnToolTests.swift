import Critics
import Models
import Testing
import Vocabulary

/// A tool of somebody else's, written against the public interface alone: one file, and one line in a registry.
private struct ShoutingTool: Tool {
  let name = "shouting"
  let summary = "that a step does not shout"
  let scope = CriticScope.everyNode
  let weight = 0.5
  let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 0, bad: 2))

  func application(to state: JudgedState) -> ToolApplication {
    state.optionTexts.last?.contains(where: \.isLetter) == true ? .applies : .rests("no words")
  }

  func check(_ state: JudgedState) async throws -> ToolFinding {
    let letters = (state.optionTexts.last ?? "").filter(\.isLetter)
    return letters.allSatisfy(\.isUppercase) ? ToolFinding(.refuted, "it shouts") : ToolFinding(.holds, "it speaks")
  }
}

/// Believes 0.8 of every solution.
private struct Outcomes: Critic {
  let name = CriticName.orm
  let scope = CriticScope.outcome

  func score(_ states: [JudgedState]) async throws -> [Verdict] { states.map { _ in Verdict(score: 0.8) } }
}

@Suite("A tool from outside")
struct OwnToolTests {
  private let registry = CriticRegistry(CriticRegistry.standard.tools + [ShoutingTool()])

  private func state(_ text: String, isComplete: Bool = false) -> JudgedState {
    JudgedState(
      question: "?", tokens: [], optionTexts: [text], isComplete: isComplete,
      tools: ToolContext(enabled: ["shouting"]))
  }

  @Test("it stands in the list of critics with its scope, weight and words")
  func isListed() throws {
    let entry = try #require(registry.entries.last)
    #expect(entry.name == "shouting")
    #expect(entry.scope == .everyNode)
    #expect(entry.weight == 0.5)
    #expect(entry.isTool)
    #expect(entry.summary == "that a step does not shout")
    #expect(registry.isUseful("shouting", for: ProblemChecks(), policyWritesCode: false))
  }

  @Test("it is asked like any other critic, its finding weighed by the trust it has, and its words are shown")
  func isAsked() async throws {
    let panel = CriticPanel(neural: nil, others: [Outcomes()], tools: registry.dispatcher)
    #expect(panel.names.last == "shouting")
    #expect(panel.scope(of: "shouting") == .everyNode)
    let verdicts = try await panel.score([state("I SAY"), state("I say"), state("1")], names: ["shouting"])
    // Two bad outcomes of two: 2 · 3/4 − 1.
    #expect(verdicts[0]["shouting"] == Verdict(score: 0.25, note: "it shouts; trusted 0.50"))
    // Four of eight say nothing; a little is left, which tells the side.
    #expect(verdicts[1]["shouting"] == Verdict(score: 0.51, note: "it speaks; trusted 0.02"))
    #expect(verdicts[2]["shouting"] == Verdict(score: nil, note: "no words"))
  }

  @Test("what it objects to lowers the outcome's score by its trust, and is shown with it")
  func weighs() async throws {
    let panel = CriticPanel(neural: nil, others: [Outcomes()], tools: registry.dispatcher)
    let verdicts = try await panel.score(
      [state("#### YES", isComplete: true), state("#### yes", isComplete: true)], names: [CriticName.orm])
    #expect(verdicts[0][CriticName.orm] == Verdict(score: 0.4, note: "shouting: it shouts"))
    #expect(verdicts[1][CriticName.orm] == Verdict(score: 0.8))
  }

  @Test("a problem's checks and the policy decide which of the standard tools are of use")
  func useful() {
    func useful(_ checks: ProblemChecks, _ writesCode: Bool) -> [String] {
      CriticRegistry.standard.entries.map(\.name).filter {
        CriticRegistry.standard.isUseful($0, for: checks, policyWritesCode: writesCode)
      }
    }
    let always = ["value", "prm", "orm", "calculator", "operands", "owners", "ends"]
    #expect(useful(ProblemChecks(), false) == always)
    #expect(useful(ProblemChecks(), true) == always + ["python"])
    let problem = Problem(id: "p", question: "?", tests: ["pass"], pattern: ".", schema: "{}")
    #expect(useful(ProblemChecks(problem), true) == always + ["python", "tests", "pattern", "json"])
    #expect(CriticRegistry.standard.entries.filter(\.isTool).map(\.weight).allSatisfy { $0 == 1 })
  }
}
