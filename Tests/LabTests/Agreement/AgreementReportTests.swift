import Testing
import Vocabulary
import Workspace

@testable import Lab

/// Whose labels are compared, and in which rows.
struct AgreementReportTests {
  /// A ledger of step labels: problem, place, who, label, and what is not as usual.
  private struct Story {
    var ledger = LabelLedger()
    var scores = CriticScores(critic: "prm")
    var all: [Label] = []

    mutating func say(
      _ act: Label.Act, _ problem: String, _ path: [String], _ who: String, role: Label.Role = .labeller,
      purpose: Label.Purpose = .work, blind: Bool = true, prm: Double? = nil, correct: Bool? = nil
    ) {
      let label = Label(
        act, of: Label.Subject(problem: problem, run: "r", node: path.count, path: path), who: who, role: role,
        purpose: purpose, isBlind: blind,
        evidence: Label.Evidence(scores: prm.map { ["prm": $0] } ?? [:], correct: correct))
      ledger.take(label, at: "2026-11-29T07:00:00.000Z")
      scores.take(label)
    }
  }

  private func report(
    _ story: Story, by grouping: AgreementReport.Grouping? = nil,
    _ change: (inout RatingTable.Choice) -> Void = { _ in }
  ) throws -> AgreementReport {
    var choice = RatingTable.Choice(act: .step)
    change(&choice)
    return try AgreementReport(story.ledger, choice, by: grouping, scores: story.scores, draws: 50)
  }

  /// Sixty steps of thirty problems at two depths; ana and bo part in every third problem's second step, cy says nothing but good.
  private var story: Story {
    var story = Story()
    for problem in 0..<30 {
      for depth in 1...2 {
        let path = (1...depth).map { "step \($0)\n" }
        let score = Double(problem * 2 + depth) / 100
        story.say(.step(.good), "p\(problem)", path, "ana", prm: score)
        story.say(.step(depth == 2 && problem % 3 == 0 ? .bad : .good), "p\(problem)", path, "bo", prm: score)
      }
    }
    story.say(.step(.good), "p0", ["step 1\n"], "cy", blind: false)
    return story
  }

  @Test func rowsAreWhatIsAskedFor() throws {
    let all = try report(story)
    #expect(all.rows.map(\.group) == ["all"])
    #expect(all.rows[0].people == ["ana", "bo", "cy"])
    #expect(all.rows[0].estimate.doublyLabelled == 60 && all.rows[0].estimate.problems == 30)
    #expect(all.rows[0].estimate.figures?.raw == 50.0 / 60)
    #expect(all.labels == 121 && all.sighted == 1)
    #expect(all.used == 2)

    let depth = try report(story, by: .depth)
    #expect(depth.rows.map(\.group) == ["all", "depth 1", "depth 2"])
    #expect(depth.rows.map(\.estimate.figures?.raw) == [50.0 / 60, 1, 20.0 / 30])

    let person = try report(story, by: .person)
    #expect(person.rows.map(\.group) == ["all", "ana and bo", "ana and cy", "bo and cy"])
    #expect(person.rows.map(\.estimate.doublyLabelled) == [60, 60, 1, 1])
    #expect(person.rows[1].estimate.figures?.kappa != nil)

    let confidence = try report(story, by: .confidence)
    #expect(confidence.rows.map(\.group) == ["all", "prm 0.01–0.20", "prm 0.21–0.40", "prm 0.41–0.60"])
    #expect(confidence.rows.map(\.estimate.doublyLabelled) == [60, 20, 20, 20])
  }

  @Test func onlyWhatIsAskedForCounts() throws {
    var story = Story()
    story.say(.step(.good), "p", ["a"], "ana")
    story.say(.step(.bad), "p", ["a"], "bo")
    story.say(.step(.bad), "p", ["a"], "cy", role: .adjudicator)
    story.say(.step(.bad), "p", ["a"], "dee", purpose: .control)
    story.say(.step(.bad), "p", ["a"], "eve", blind: false)
    story.say(.step(.good), "p", ["a"], "fay")
    story.say(.step(nil), "p", ["a"], "fay")
    story.say(.verdict(.bad), "p", ["a"], "gil")
    #expect(try report(story).rows[0].people == ["ana", "bo", "eve"])
    #expect(try report(story) { $0.blindOnly = true }.rows[0].people == ["ana", "bo"])
    #expect(try report(story) { $0.withControl = true }.rows[0].people == ["ana", "bo", "dee", "eve"])
    #expect(try report(story) { $0.people = ["eve", "ana"] }.rows[0].people == ["ana", "eve"])
    #expect { try report(story) { $0.people = ["nobody"] } } throws: {
      "\($0)" == "no step labels of 'nobody' that count here"
    }
    #expect(try report(story) { $0.act = .verdict }.rows[0].people == ["gil"])
    #expect(
      try report(story) { $0.act = .finish }.lines() == [
        "no finish labels that count here: labels are given in the explorer, or imported"
      ])
  }

  @Test func peopleAreToldWhatMisleads() throws {
    let lines = try report(story, by: .person).lines()
    #expect(lines[0] == "step labels of ana, bo, cy: 60 units, 60 of them labelled by two or more, of 30 problems")
    #expect(lines.contains { $0.hasPrefix("| ana and cy | 1 | too few |") })
    #expect(lines.contains { $0.hasPrefix("skewed: all: 91.7 % of the labels say good;") })
    #expect(lines.contains { $0.hasPrefix("not blind: 1 of 121 labels") })
    #expect(lines.contains { $0.hasPrefix("too few: below 20") })
  }

  @Test func oneLineSaysItInShort() throws {
    let sentence = try report(story).sentence
    #expect(sentence.hasPrefix("step labels of ana, bo, cy, 60 units: raw 0.833 ["), "\(sentence)")
    #expect(sentence.contains(", both bad 0.000, α ") && sentence.hasSuffix("; skewed: 91.7 % say good"), "\(sentence)")
    let verdicts = try report(story) { $0.act = .verdict }.sentence
    #expect(verdicts == "verdict labels: 0 that two people gave, too few to say how far they agree")
  }

  @Test func hostileNamesReachNoTerminal() throws {
    var story = Story()
    for problem in 0..<25 {
      for who in ["a\u{1B}[2J", "b\u{9B}31m"] { story.say(.step(.good), "p\(problem)", ["x"], who) }
    }
    let lines = try report(story, by: .person).lines()
    #expect(lines.allSatisfy { $0.printable == $0 })
    #expect(lines.contains { $0.contains("undefined (all equal)") })
  }

  @Test func controlIsHeldAgainstWhatIsKnown() {
    var story = Story()
    for (index, label) in [StepLabel.good, .bad, .neutral].enumerated() {
      story.say(.step(label), "p\(index)", ["a"], "ana", purpose: .control)
      story.say(.step(.good), "p\(index)", ["a"], "bo", purpose: .control)
      story.say(.step(.bad), "p\(index)", ["a"], "eve")
    }
    for index in 0..<2 { story.say(.step(index == 0 ? .good : .bad), "p\(index)", ["a"], "cy", role: .adjudicator) }
    let steps = ControlReport(story.ledger, act: .step).rows
    #expect(steps.map(\.person) == ["ana", "bo"])
    #expect(steps.map(\.right) == [2, 1])
    #expect(steps.map(\.known) == [2, 2])
    #expect(steps.map(\.unknown) == [1, 1])
    #expect(steps.map(\.share) == [1, 0.5])

    let subject = Label.Subject(problem: "q", run: nil, node: 0, path: ["a"])
    story.say(.verdict(.bad), "q", ["a"], "ana", purpose: .control, correct: true)
    story.say(.verdict(.good), "q", ["a"], "bo", purpose: .control)
    let verdicts = ControlReport(story.ledger, act: .verdict, references: [subject.unit: true]).rows
    #expect(verdicts.map(\.right) == [0, 1])
    // What an adjudicator decides outranks the reference.
    story.say(.verdict(.bad), "q", ["a"], "cy", role: .adjudicator)
    #expect(ControlReport(story.ledger, act: .verdict, references: [subject.unit: true]).rows.map(\.right) == [1, 0])
  }
}
