import Testing
import Vocabulary

@testable import Workspace

/// What stands in the log of labels: the last word of each person, in each part, on each thing.
struct LabelLedgerTests {
  private static let path = ["2 + 3 = 5\n", "5 * 2 = 10\n"]
  private static let subject = Label.Subject(problem: "p", run: "p-1", node: 4, path: path)
  private static let unit = subject.unit

  private func ledger(_ labels: [Label]) -> LabelLedger {
    var ledger = LabelLedger()
    for (index, label) in labels.enumerated() { ledger.take(label, at: "2026-11-29T07:00:0\(index).000Z") }
    return ledger
  }

  private func label(
    _ act: Label.Act, _ who: String, _ role: Label.Role = .labeller, _ purpose: Label.Purpose = .work
  ) -> Label {
    Label(act, of: Self.subject, who: who, role: role, purpose: purpose, isBlind: who == "bo")
  }

  @Test func ofEachPersonTheLastWordStands() {
    let ledger = ledger([
      label(.step(.good), "ana"), label(.step(.bad), "bo"), label(.step(.neutral), "ana"),
      label(.verdict(.good), "ana"),
      label(.step(nil), "bo"),
    ])
    let steps = ledger.said(.step, of: Self.unit)
    #expect(steps.map(\.who) == ["ana"])
    #expect(steps.map(\.value) == [.neutral])
    #expect(steps.map(\.at) == ["2026-11-29T07:00:02.000Z"])
    #expect(!steps[0].isBlind)
    let all = ledger.said(.step, of: Self.unit, withRetracted: true)
    #expect(all.map(\.who) == ["ana", "bo"])
    #expect(all.map(\.value) == [.neutral, nil])
    #expect(all[1].isBlind)
    #expect(ledger.said(.verdict, of: Self.unit).map(\.value) == [.good])
    #expect(ledger.said(.finish, of: Self.unit).isEmpty)
    #expect(ledger.said(.step, of: "elsewhere").isEmpty)
    #expect(ledger.count == 5)
  }

  @Test func tryingSomebodyOutAndDecidingAreApart() {
    let ledger = ledger([
      label(.step(.good), "ana"), label(.step(.bad), "ana", .labeller, .control),
      label(.step(.neutral), "cy", .adjudicator),
      label(.step(.bad), "dee", .adjudicator), label(.step(nil), "dee", .adjudicator),
      label(.step(.bad), "eve", .labeller, .screening),
    ])
    #expect(ledger.said(.step, of: Self.unit).map(\.value) == [.good])
    #expect(ledger.said(.step, of: Self.unit, purposes: nil).map(\.who) == ["ana", "ana", "eve"])
    #expect(ledger.said(.step, of: Self.unit, purposes: [.control]).map(\.value) == [.bad])
    // What dee took back leaves what cy decided.
    #expect(ledger.adjudicated(.step, of: Self.unit) == .neutral)
    #expect(ledger.adjudicated(.verdict, of: Self.unit) == nil)
  }

  @Test func everyActIsKept() {
    let ledger = ledger([
      label(.flag(true), "ana"), label(.finish(.badProblem), "ana"), label(.completion("5 * 3 = 15\n"), "ana"),
      label(.completion("5 * 4 = 20\n"), "ana"), label(.note("odd"), "ana"), label(.note("very odd"), "ana"),
      label(.verdict(.unsure), "bo"), label(.assignment(["ana", "bo"]), "cy"),
    ])
    #expect(ledger.said(.flag, of: Self.unit).map(\.value) == [true])
    #expect(ledger.said(.finish, of: Self.unit).map(\.value) == [.badProblem])
    #expect(ledger.said(.completion, of: Self.unit).map(\.value) == ["5 * 4 = 20\n"])
    #expect(ledger.said(.note, of: Self.unit).map(\.value) == ["odd", "very odd"])
    #expect(ledger.said(.verdict, of: Self.unit).map(\.value) == [.unsure])
    #expect(ledger.people(assignedTo: "p") == ["ana", "bo"])
    #expect(ledger.people(assignedTo: "q") == nil)
  }

  @Test func aThingIsOneInAllRuns() throws {
    var ledger = ledger([label(.step(.good), "ana")])
    ledger.take(
      Label(.step(.bad), of: Label.Subject(problem: "p", run: "p-2", node: 9, path: Self.path), who: "bo"), at: "x")
    ledger.take(
      Label(.assignment([]), of: Label.Subject(problem: "p", run: nil, node: 0, path: []), who: "cy"), at: "x")
    let unit = try #require(ledger.unit(Self.unit))
    #expect(unit.places == [.init(run: "p-1", node: 4), .init(run: "p-2", node: 9)])
    #expect(unit.problem == "p")
    #expect(unit.depth == 2)
    #expect(Array(ledger.units).map(\.id) == [Self.unit])
    #expect(ledger.said(.step, of: Self.unit).map(\.value) == [.good, .bad])
    #expect(ledger.people(assignedTo: "p") == nil)
    #expect(ledger.knows(problem: "p") && !ledger.knows(problem: "q"))
  }

  @Test func aWorkspaceGivesItsLedger() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    #expect(try workspace.labelLedger().isEmpty)
    try workspace.append([label(.step(.good), "ana"), label(.step(.bad), "ana")])
    #expect(try workspace.labelLedger().said(.step, of: Self.unit).map(\.value) == [.bad])
  }
}
