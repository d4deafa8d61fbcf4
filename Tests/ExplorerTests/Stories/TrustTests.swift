import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("A person asks how far to trust people and critics")
struct TrustTests {
  private func listed(_ size: Size = Size(columns: 100, rows: 24)) -> FakeDriver {
    var person = FakeDriver(size: size, problems: ProblemListTests.entries)
    person.state.show(nil)
    return person
  }

  private static let report = TrustReport(
    agreement: [
      "step labels of ana, bo, 60 units: raw 0.833 [0.72, 0.93], both bad 0.000, κ 0.000, α -0.083, AC1 0.805; skewed: 91.7 % say good",
      "verdict labels: 3 that two people gave, too few to say how far they agree",
    ],
    critics: [
      .init(
        name: "prm against people", facts: "ECE 0.121 (by chance 0.058, 95 % below 0.084), Brier 0.201",
        bins: [
          .init(words: "0.02–0.31: 20 steps, mean 0.18, true 15 % (5 to 36)", isOff: false, steps: []),
          .init(
            words: "0.33–0.97: 21 steps, mean 0.82, true 43 % (24 to 63), says too much", isOff: true,
            steps: [
              .init(place: TreePlace(run: "run-7", node: 4), facts: "0.331 bad", text: "5 * 2 = 11\n"),
              .init(place: nil, facts: "0.970 good", text: "so \u{1B}[2J there are ten\n"),
            ]),
        ]),
      .init(
        name: "value against outcomes", facts: "ECE 0.010 (by chance 0.031, 95 % below 0.052), Brier 0.050",
        bins: [.init(words: "0.10–0.90: 40 steps, mean 0.50, true 50 % (35 to 65)", isOff: false, steps: [])]),
    ])

  @Test("% asks for it, and what comes is shown")
  func asking() throws {
    var person = listed()
    person.press("%")
    #expect(person.takeEffects() == [.run(.measureTrust)])
    person.act(.trustMeasured(Self.report))
    try Golden.check(person.screen(), "popup-trust-100x24", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 50, rows: 14)), "popup-trust-50x14", #_sourceLocation)
  }

  @Test("Enter on a part of the scores lists its steps, and Enter there opens the run at the step")
  func looking() throws {
    var person = listed()
    person.act(.trustMeasured(Self.report))
    person.press("text:too_much Enter")
    try Golden.check(person.screen(), "popup-trust-steps-100x24", #_sourceLocation)
    person.press("Down Enter")
    #expect(person.state.message?.text == "this label came without a run")
    person.press("Up Enter")
    #expect(person.takeEffects() == [.run(.openRun("run-7"))])
    #expect(person.state.wantedPlace == TreePlace(run: "run-7", node: 4))
  }

  @Test("Escape goes back to the report, and from there to the list")
  func leaving() {
    var person = listed()
    person.act(.trustMeasured(Self.report))
    person.press("Enter")
    #expect(person.state.overlay is TrustStepsOverlay)
    person.press("Escape")
    #expect(person.state.overlay is TrustOverlay)
    person.press("Escape")
    #expect(person.state.overlay == nil)
  }

  @Test("Without labels it says so")
  func nothing() {
    var person = listed()
    person.act(.trustMeasured(TrustReport(agreement: ["step labels: 0 that two people gave"], critics: [])))
    #expect(person.screen().contains { $0.contains("No step has both a critic's score and a label.") })
    person.press("Enter")
    #expect(person.takeEffects().isEmpty)
    #expect(TrustOverlay(Self.report).sentences(matching: "value", in: person.state).count == 4)
  }
}
