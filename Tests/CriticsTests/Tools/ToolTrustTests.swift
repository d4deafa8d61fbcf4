import Testing
import Vocabulary

@testable import Critics

/// What outcomes do to the weight of a tool.
@Suite("Trust in tools")
struct ToolTrustTests {
  @Test("Of all scalars a tool's note keeps those that are safe to show")
  func everyScalar() {
    for start in stride(from: UInt32(0), through: 0x10FFFF, by: 32) {
      let all = (start..<start + 32).compactMap(Unicode.Scalar.init)
      let kept = all.filter { !SafeText.isUnsafe($0) && $0 != " " }
      let note = ToolFinding.safe(String(String.UnicodeScalarView(all)))
      #expect(note.unicodeScalars.filter { $0 != " " } == kept, "from U+\(String(start, radix: 16))")
    }
  }

  /// Says of an option what the option says of itself.
  private struct Parrot: Tool {
    let name = "parrot"
    let summary = "what an option says of itself"
    var scope = CriticScope.everyNode
    let prior = ToolPrior(holds: .init(good: 1, bad: 1), refuted: .init(good: 0, bad: 2))

    func application(to state: JudgedState) -> ToolApplication {
      state.optionTexts.last == "rest" ? .rests("it rests") : .applies
    }

    func check(_ state: JudgedState) async throws -> ToolFinding {
      if state.optionTexts.last == "off" { throw SandboxError("no sandbox: none") }
      return ToolFinding(ToolFinding.Kind(rawValue: state.optionTexts.last ?? "") ?? .unsure, "says so")
    }
  }

  private func state(_ options: [String], _ trust: ToolTrust = ToolTrust(), isComplete: Bool = false) -> JudgedState {
    JudgedState(
      question: "?", tokens: [], optionTexts: options, isComplete: isComplete,
      tools: ToolContext(enabled: ["parrot"], trust: trust))
  }

  @Test("trust is twice the chance of agreement less one, and never quite nothing")
  func numbers() {
    var trust = ToolTrust()
    // Holds: (1 + 1) of (2 + 2) agree, a coin. Refuted: (2 + 1) of (2 + 2), so 2 · 3/4 − 1.
    #expect(trust.trust(in: Parrot(), .holds) == 0.02)
    #expect(trust.trust(in: Parrot(), .refuted) == 0.5)
    trust.learn("parrot", .refuted, .init(good: 1, bad: 11))  // 14 of 16
    #expect(trust.trust(in: Parrot(), .refuted) == 0.75)
    trust.learn("parrot", .holds, .init(good: 6, bad: 0))  // 8 of 10
    #expect(abs(trust.trust(in: Parrot(), .holds) - 0.6) < 1e-12)
    trust.learn("parrot", .refuted, .init(good: 100, bad: 0))
    #expect(trust.trust(in: Parrot(), .refuted) == 0.02)
    trust.learn("parrot", .unsure, .init(good: 5, bad: 5))
    #expect(trust.seen(Parrot(), .holds) == .init(good: 6, bad: 0))
  }

  @Test("the order of outcomes does not matter")
  func order() {
    var (a, b) = (ToolTrust(), ToolTrust())
    for count in [ToolTrust.Count(good: 1, bad: 2), .init(good: 0, bad: 4), .init(good: 3, bad: 0)] {
      a.learn("parrot", .holds, count)
    }
    for count in [ToolTrust.Count(good: 3, bad: 0), .init(good: 1, bad: 2), .init(good: 0, bad: 4)] {
      b.learn("parrot", .holds, count)
    }
    #expect(a == b)
  }

  @Test("a score lies on the side of its finding, and tells it")
  func sides() {
    for trust in [0.02, 0.4, 1] {
      for kind in ToolFinding.Kind.allCases {
        #expect(ToolTrust.kind(of: ToolTrust.score(kind, trust: trust)) == kind)
      }
    }
    #expect(ToolTrust.score(.refuted, trust: 1) == 0)
    #expect(ToolTrust.score(.holds, trust: 1) == 1)
  }

  @Test("a verdict shows the finding, the trust and what it rests on; choices and failures are told, too")
  func verdicts() async throws {
    var trust = ToolTrust()
    trust.learn("parrot", .refuted, .init(good: 1, bad: 11))
    let verdicts = try await ToolCritic(tool: Parrot()).score([
      state(["refuted"], trust), state(["holds"], trust), state(["unsure"]), state(["rest"]), state(["off"]),
      state(["refuted", "holds"], trust), state(["refuted", "rest"], trust),
    ])
    #expect(
      verdicts == [
        Verdict(score: 0.125, note: "says so; trusted 0.75: 11 of 12 outcomes agree"),
        Verdict(score: 0.51, note: "says so; trusted 0.02"), Verdict(score: nil, note: "says so"),
        Verdict(score: nil, note: "it rests"), Verdict(score: nil, note: "off: no sandbox: none"),
        // A state is no better than its worst step.
        Verdict(score: 0.125, note: "before: says so; trusted 0.75: 11 of 12 outcomes agree"),
        Verdict(score: 0.125, note: "before: says so; trusted 0.75: 11 of 12 outcomes agree"),
      ])
  }

  @Test("a refutation lowers the ORM by the trust it has earned; tools that take no part say nothing")
  func weighing() async throws {
    let dispatcher = ToolDispatcher([CalculatorCritic()])
    var wrong = state(["1 + 1 = 3\n", "#### 3\n"], isComplete: true)
    #expect(try await dispatcher.weighed(0.8, wrong).score == 0.8)
    wrong.tools.enabled = ["calculator"]
    let weighed = try await dispatcher.weighed(0.8, wrong)
    // 49 of 50 agree: trust 0.96.
    #expect(abs(weighed.score - 0.8 * 0.04) < 1e-12)
    #expect(weighed.note == "calculator: 1 + 1 = 3 contradicts 2")
    var right = state(["1 + 1 = 2\n", "#### 2\n"], isComplete: true)
    right.tools.enabled = ["calculator"]
    #expect(try await dispatcher.weighed(0.8, right) == (0.8, nil))
  }
}
