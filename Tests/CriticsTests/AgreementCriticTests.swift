import Testing
import Vocabulary

@testable import Critics

/// Judging by how far answers agree.
struct AgreementCriticTests {
  private func state(_ text: String, answers: [String: Int] = [:], question: String = "?") -> JudgedState {
    var tools = ToolContext()
    tools.answers = answers
    return JudgedState(question: question, tokens: [], optionTexts: [text], isComplete: true, tools: tools)
  }

  private func scores(_ states: [JudgedState]) async throws -> [Double?] {
    try await AgreementCritic().score(states).map(\.score)
  }

  @Test func aFirstAnswerIsACoins() async throws {
    #expect(try await scores([state("#### 7\n")]) == [nil], "there is nobody to agree with")
    #expect(try await scores([state("#### 7\n", answers: ["8": 1])]) == [1.0 / 3])
    #expect(try await scores([state("#### 7\n", answers: ["7": 1])]) == [2.0 / 3])
  }

  /// (a + 1) / (n + 2), by value: 7.0 and seven sevenths of seven are 7.
  @Test func answersAreComparedByWhatTheySay() async throws {
    let answers = ["7": 2, "7.0": 1, "\\frac{14}{2}": 1, "8": 4]
    #expect(try await scores([state("#### 7\n", answers: answers)]) == [5.0 / 10])
    #expect(try await scores([state("#### 9\n", answers: answers)]) == [1.0 / 10])
    #expect(try await scores([state("no answer\n", answers: answers)]) == [0])
  }

  /// Solutions of one call vote for each other and not for themselves, those of other questions not at all.
  @Test func theRolloutsOfANodeVoteTogether() async throws {
    let texts = ["#### 7\n", "#### 7\n", "#### 8\n", "nothing\n"]
    let mixed = texts.map { state($0) } + [state("#### 7\n", question: "another?")]
    #expect(try await scores(mixed) == [2.0 / 4, 2.0 / 4, 1.0 / 4, 0, nil])
  }

  private struct Mute: Critic {
    let name = "orm"
    let scope = CriticScope.outcome
    func score(_ states: [JudgedState]) async throws -> [Verdict] {
      states.map { _ in Verdict(score: nil, note: "mute") }
    }
  }

  private struct Sure: Critic {
    let name = "sure"
    let scope = CriticScope.outcome
    func score(_ states: [JudgedState]) async throws -> [Verdict] {
      states.map { _ in Verdict(score: 0.9, note: "yes") }
    }
  }

  @Test func judgesAreAMeanAndAgreementIsTheLastResort() async throws {
    let states = [state("#### 7\n", answers: ["7": 2])]
    let both = OutcomeJudges([.init(Sure()), .init(AgreementCritic())])
    let verdict = try #require(try await both.score(states).first)
    #expect(verdict.score == (0.9 + 3.0 / 4) / 2)
    #expect(verdict.note == "sure: yes; agreement: 2 of 2 other rollouts say the same")
    let mute = OutcomeJudges([.init(Mute())])
    #expect(try await mute.score(states).map(\.score) == [3.0 / 4])
    #expect(try await mute.score(states).map(\.note) == ["mute; 2 of 2 other rollouts say the same"])
    let unused = OutcomeJudges([.init(Sure()), .init(Mute()) { false }])
    #expect(try await unused.score(states).map(\.note) == ["yes"])
  }
}
