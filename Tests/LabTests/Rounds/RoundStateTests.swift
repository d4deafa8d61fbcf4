import Foundation
import Testing
import Vocabulary
import Workspace

@testable import Lab

/// A round is its events applied in order.
struct RoundStateTests {
  private func event(_ content: RoundEvent.Content, who: String = "ada") -> RoundEvent {
    RoundEvent(at: "2026-01-02T03:04:05.678Z", who: who, content)
  }

  private func done(_ stages: [RoundStageName], _ figures: [RoundStageReport.Figure] = []) -> [RoundEvent] {
    stages.flatMap { stage -> [RoundEvent] in
      var report = RoundStageReport()
      report.figures = figures
      return [event(.began(stage, inputs: "i")), event(.ended(stage, report))]
    }
  }

  @Test func stagesFollowOneAnother() {
    var state = RoundState(RoundPlan())
    #expect(state.next == .imagine && state.whole == .running)
    for (index, stage) in RoundStageName.allCases.enumerated() {
      #expect(state.next == stage)
      state.apply(event(.began(stage, inputs: "i")))
      #expect(state.stages[stage] == .begun)
      state.apply(event(.ended(stage, RoundStageReport())))
      #expect(state.stages.values.count { $0 == .done } == index + 1)
    }
    #expect(state.next == nil && state.whole == .kept, "nothing says that it was promoted")
  }

  @Test func whatIsLeftOutIsPassedOver() {
    var plan = RoundPlan()
    plan.skips = [.imagine, .train, .evaluate, .promote]
    let state = RoundState(plan, done([.search, .filter, .gate, .commit]))
    #expect(state.next == .export && state.stages[.imagine] == .skipped)
    #expect(RoundState(plan, done([.search, .filter, .gate, .commit, .export])).whole == .kept)
  }

  @Test func aPersonsGateWaits() {
    var plan = RoundPlan()
    plan.gate = .person
    let before = done([.imagine, .search, .filter])
    #expect(RoundState(plan, before).whole == .waiting)
    #expect(RoundState(RoundPlan(), before).whole == .running, "a rule's gate does not")
    let approved = RoundState(plan, before + [event(.approved(note: ""), who: "bob")])
    #expect(approved.whole == .running && approved.approver == "bob")
    let refused = RoundState(plan, before + [event(.rejected(note: "too easy"), who: "eve")])
    #expect(refused.whole == .rejected && refused.rejection?.note == "too easy")
  }

  @Test func theLastWordOnATrajectoryCounts() {
    let state = RoundState(
      RoundPlan(),
      [
        event(.decided(item: 3, accepted: true, note: "")),
        event(.decided(item: 3, accepted: false, note: "x"), who: "bob"),
        event(.decided(item: 5, accepted: true, note: "")),
      ])
    #expect(
      state.decisions == [
        3: .init(accepted: false, note: "x", who: "bob"), 5: .init(accepted: true, note: "", who: "ada"),
      ])
  }

  @Test func aFailureIsTriedAgain() {
    var state = RoundState(
      RoundPlan(),
      done([.imagine]) + [event(.began(.search, inputs: "i")), event(.failed(.search, message: "no server"))])
    #expect(state.whole == .failed && state.next == .search && state.failures[.search] == "no server")
    state.apply(event(.began(.search, inputs: "i")))
    #expect(state.whole == .running && state.failures[.search] == nil)
  }

  @Test func lossesAreThoseOfTheLastStart() {
    let losses = [0.9, 0.8].enumerated().map { event(.trained(.train, step: $0 + 1, steps: 2, loss: $1)) }
    var state = RoundState(RoundPlan(), [event(.began(.train, inputs: ""))] + losses)
    #expect(state.losses.map(\.loss) == [0.9, 0.8])
    state.apply(event(.began(.train, inputs: "")))
    #expect(state.losses.isEmpty)
  }

  @Test func promotionIsAFigure() {
    let all = done(RoundStageName.allCases.dropLast()) + done([.promote], [.init("promoted", 1)])
    #expect(RoundState(RoundPlan(), all).whole == .promoted)
  }

  /// Whatever is kept is read back as it was.
  @Test func plansAndEventsSurviveTheirCoding() throws {
    var plan = RoundPlan()
    plan.skips = [.imagine]
    plan.commands = [.filter: "./mine"]
    plan.difficulty = [0.2, 0.8]
    plan.arms = ["gold"]
    #expect(try CanonicalJSON.value(RoundPlan.self, from: CanonicalJSON.data(plan)) == plan)
    var report = RoundStageReport()
    report.figures = [.init("right", 0.5, interval: [0.4, 0.6], note: "of 10")]
    for content: RoundEvent.Content in [
      .began(.search, inputs: "a"), .ended(.search, report), .failed(.train, message: "m"), .approved(note: "n"),
      .decided(item: 2, accepted: true, note: ""), .rejected(note: ""), .signed(note: ""),
      .trained(.train, step: 1, steps: 2, loss: nil),
    ] {
      #expect(try CanonicalJSON.value(RoundEvent.self, from: CanonicalJSON.data(event(content))) == event(content))
    }
  }

  @Test func aPlanOfAnEarlierVersionIsRead() throws {
    let plan = try RoundPlan(kept: Data(#"{"rule":"score>=0.9","recipe":{"epochs":3},"models":{"policy":["m"]}}"#.utf8))
    #expect(plan.rule == "score>=0.9" && plan.recipe.epochs == 3 && plan.models.policy == ["m"])
    #expect(plan.shards == RoundPlan().shards && plan.recipe.batch == RoundPlan().recipe.batch)
    var changed = RoundPlan()
    changed.commands = [.filter: "./mine"]
    (changed.seed, changed.isSigned, changed.difficulty) = (.max - 3, true, [0, 1])
    try changed.parameters.set("limit.simulations", to: "12")
    #expect(try RoundPlan(kept: CanonicalJSON.data(changed)) == changed)
    #expect(throws: (any Error).self) { try RoundPlan(kept: Data("[]".utf8)) }
  }
}
