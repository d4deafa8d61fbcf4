import Foundation
import Lab
import Testing
import Vocabulary
import Workspace

/// Figures of agreement against `krippendorff` and `scikit-learn`, and from the log of labels to what the command prints.
@Suite(.ownThread)
struct AgreementTests {
  private static let areInstalled = PythonPackages.has("krippendorff", "sklearn")
  private static let missing: Comment = "krippendorff and scikit-learn are not installed: .ci/install tests"
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// What the script says of a file, an object a table.
  private static func reference(_ kind: String, _ path: String) throws -> [[String: Any]] {
    let outcome = try Program.shell(
      "exec \"$1\" -B \"$2\" \"$3\" \"$4\"", PythonPackages.interpreter,
      PythonPackages.script("agreement_reference.py"),
      kind, path)
    try #require(outcome.code == 0, "\(outcome.errors.suffix(2000))")
    return outcome.objects
  }

  private static func check(_ ours: Double?, _ theirs: Any?, _ what: String) {
    let theirs = theirs as? Double
    #expect(
      (ours == nil) == (theirs == nil), "\(what): \(String(describing: ours)), reference \(String(describing: theirs))")
    if let ours, let theirs { #expect(abs(ours - theirs) < 1e-9, "\(what): \(ours), reference \(theirs)") }
  }

  /// A table of 2 to 5 people, 2 or 3 values and 2 to 60 units, of which any label may be missing; more or less agreement.
  private static func table(seed: UInt64) -> RatingTable {
    var generator = SplitMix(seed: seed)
    let (people, values) = (2 + generator.below(4), 2 + generator.below(2))
    let (missing, noise, skew) = (generator.unit() * 0.6, generator.unit(), generator.unit())
    let units = (0..<(2 + generator.below(59))).map { problem in
      let truth = generator.unit() < skew ? 0 : generator.below(values)
      return RatingTable.Unit(
        problem: problem,
        ratings: (0..<people).compactMap { person in
          let value = generator.unit() < noise ? generator.below(values) : truth
          return generator.unit() < missing ? nil : .init(person: person, value: value)
        })
    }
    return RatingTable(
      scale: RatingScale(names: (0..<values).map(String.init), numbers: (0..<values).map(Double.init)),
      people: (0..<people).map { "person \($0)" }, units: units)
  }

  @Test(.enabled(if: areInstalled, missing)) func randomTablesGiveTheNumbersOfOtherPrograms() throws {
    let start: UInt64 = 17_000
    let tables = (0..<300).map { Self.table(seed: start + $0) }
    let lines = try tables.map { table in
      let units = table.units.map { unit -> [Any] in
        table.people.indices.map { person in
          unit.ratings.first { $0.person == person }.map { $0.value as Any } ?? NSNull()
        }
      }
      let object: [String: Any] = ["people": table.people.count, "values": table.scale.count, "units": units]
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
    let file = try scratch.file("tables.jsonl", lines.joined(separator: "\n") + "\n")
    let reference = try Self.reference("tables", file)
    try #require(reference.count == tables.count)
    var compared = 0
    for (index, (table, theirs)) in zip(tables, reference).enumerated() {
      let estimate = AgreementEstimate(table, draws: 0)
      #expect(estimate.doublyLabelled == theirs["doublyLabelled"] as? Int)
      guard let figures = estimate.figures else { continue }
      for (name, value) in figures.named(table.scale) {
        Self.check(
          value, theirs[name.replacing("specific.", with: "specific")], "seed \(start + UInt64(index)), \(name)")
        if value != nil { compared += 1 }
      }
    }
    // Most tables have most figures: the comparison is not one of nothing with nothing.
    #expect(compared > 300 * 6, "\(compared)")
  }

  /// Two people and a third who decides, as the log keeps them.
  @Test(.enabled(if: areInstalled, missing)) func theCommandSaysWhatTheLogSays() throws {
    let path = scratch.path("w.sqlite")
    let workspace = try Workspace(path: path)
    var generator = SplitMix(seed: 5)
    var labels: [Label] = []
    for problem in 0..<30 {
      for depth in 1...4 {
        let subject = Label.Subject(
          problem: "p-\(problem)", run: "r-\(problem)", node: depth, path: (1...depth).map { "step \($0)\n" })
        let truth = StepLabel.allCases[generator.below(3)]
        for who in ["ana", "bo"] where generator.unit() < 0.9 {
          let label = generator.unit() < 0.7 ? truth : StepLabel.allCases[generator.below(3)]
          labels.append(Label(.step(label), of: subject, who: who, isBlind: true))
          if generator.unit() < 0.2 { labels.append(Label(.step(truth), of: subject, who: who, isBlind: true)) }
          if generator.unit() < 0.05 { labels.append(Label(.step(nil), of: subject, who: who, isBlind: true)) }
        }
        labels.append(Label(.step(truth), of: subject, who: "cy", role: .adjudicator))
        if depth == 1 { labels.append(Label(.step(truth), of: subject, who: "ana", purpose: .control)) }
      }
    }
    try workspace.append(labels)
    let outcome = try Program.run(["dataset", "agreement", "--json", "--by", "depth", "--workspace", path])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let all = try #require(outcome.object)
    let theirs = try #require(try Self.reference("workspace", path).first)
    #expect(all["doublyLabelled"] as? Int == theirs["doublyLabelled"] as? Int)
    let figures = try #require(all["figures"] as? [String: Double])
    for name in ["raw", "kappa", "weightedKappa", "alphaNominal", "alphaOrdinal", "alphaInterval", "ac1", "pabak"] {
      Self.check(figures[name], theirs[name], name)
    }
    for (value, name) in ["bad", "neutral", "good"].enumerated() {
      Self.check(figures["specific.\(name)"], theirs["specific\(value)"], name)
    }
    #expect(
      outcome.objects.compactMap { $0["group"] as? String } == ["all", "depth 1", "depth 2", "depth 3", "depth 4"])
    // What ana said for control is what cy decided.
    let control = try #require(outcome.objects.last?["control"] as? [String: Any])
    #expect(control["right"] as? Int == 30 && control["known"] as? Int == 30)

    let words = try Program.run(["dataset", "agreement", "--workspace", path])
    #expect(words.lines.first?.hasPrefix("step labels of ana, bo: ") == true, "\(words.output)")
    let wrong = try Program.run(["dataset", "agreement", "--act", "mood", "--workspace", path])
    #expect(wrong.code == 2 && wrong.message == "etascope: --act: expected step, verdict, finish, found 'mood'")
  }

  @Test func aWorkspaceWithoutLabelsSaysSo() throws {
    let path = scratch.path("empty.sqlite")
    _ = try Workspace(path: path)
    let outcome = try Program.run(["dataset", "agreement", "--workspace", path])
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("no step labels that count here"))
  }
}
