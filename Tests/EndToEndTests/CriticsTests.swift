import Foundation
import Lab
import Testing
import TreeSearch
import Vocabulary
import Workspace

/// Critics against people, from a search over the labels of its steps to what the command prints.
@Suite(.ownThread)
struct CriticsTests {
  private let scratch: Scratch
  private let path: String

  init() throws {
    scratch = try Scratch()
    path = scratch.path("w.sqlite")
  }

  /// Somebody who thinks like the PRM labels every step of four runs: it has no fault, and the other critics have theirs.
  @Test func aCriticThatPeopleFollowHasNoFault() throws {
    let search = try Program.run([
      "search", Program.problems("dev"), "--first", "4", "--simulations", "40", "--json", "--workspace", path,
    ])
    #expect(search.code == 0)
    let workspace = try Workspace(path: path)
    var (paths, wrong, labelled) = (Set<String>(), Set<String>(), Set<String>())
    for run in search.objects.compactMap({ $0["run"] as? String }) {
      let tree = try workspace.tree(of: run)
      let steps = tree.nodes.indices.dropFirst().map { NodeID($0) }.filter {
        tree[$0].isShown && tree.score("prm", of: $0) != nil
      }
      try workspace.append(
        try steps.map { node in
          let score = try #require(tree.score("prm", of: node))
          return Label(
            .step(score < 0.5 ? .bad : .good), of: Label.Subject(run: run, tree: tree, node: node), who: "ana",
            evidence: Label.Evidence(tree: tree, node: node))
        })
      for node in steps {
        let units = tree.path(to: node).dropFirst().map { Label.Subject(run: run, tree: tree, node: $0).unit }
        labelled.formUnion(units)
        guard tree[node].terminal != nil, let last = units.last else { continue }
        paths.insert(last)
        if tree.path(to: node).dropFirst().contains(where: { (tree.score("prm", of: $0) ?? 1) < 0.5 }) {
          wrong.insert(last)
        }
      }
    }
    let outcome = try Program.run(["dataset", "critics", "--json", "--workspace", path])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let prm = try #require(
      outcome.objects.first { $0["critic"] as? String == "prm" && $0["against"] as? String == "people" })
    let errors = try #require(prm["firstErrors"] as? [String: Any])
    #expect(errors["erroneous"] as? Int == wrong.count && errors["found"] as? Int == wrong.count)
    #expect(
      errors["correct"] as? Int == paths.count - wrong.count && errors["passed"] as? Int == paths.count - wrong.count)
    #expect(paths.count >= 3, "the searches finish too few paths to compare")
    if let auc = prm["auc"] as? Double { #expect(auc == 1) }
    #expect(prm["steps"] as? Int == labelled.count)
    // All its steps stand in its bins, each once, where they are.
    let bins = try #require(prm["bins"] as? [[String: Any]])
    var listed: [String] = []
    for bin in 1...bins.count {
      let list = try Program.run([
        "dataset", "critics", "--critic", "prm", "--bin", "\(bin)", "--json", "--workspace", path,
      ])
      #expect(list.objects.count == bins[bin - 1]["count"] as? Int)
      listed += try list.objects.map { "\(try #require($0["run"] as? String)) \(try #require($0["node"] as? Int))" }
    }
    #expect(Set(listed).count == listed.count && listed.count == labelled.count)
    #expect(outcome.objects.contains { $0["against"] as? String == "outcomes" })

    let words = try Program.run(["dataset", "critics", "--critic", "prm", "--by", "kind", "--workspace", path])
    #expect(words.output.contains("| prm | people | answer |") && words.output.contains("prm against people, all:"))
    let beyond = try Program.run([
      "dataset", "critics", "--critic", "prm", "--bin", "\(bins.count + 1)", "--workspace", path,
    ])
    #expect(beyond.code == 2 && beyond.message?.contains("expected a number from 1 to \(bins.count)") == true)
    let nobody = try Program.run(["dataset", "critics", "--critic", "nobody", "--workspace", path])
    #expect(
      nobody.code == 1 && nobody.message?.hasSuffix("no labelled step has a score of the critic 'nobody'") == true)
  }

  private static let areInstalled = PythonPackages.has("sklearn")
  private static let missing: Comment = "scikit-learn is not installed: .ci/install tests"

  @Test(.enabled(if: areInstalled, missing)) func randomCriticsGiveTheNumbersOfScikitLearn() throws {
    let start: UInt64 = 18_000
    var sets: [[(problem: String, point: ReliabilityCurve.Point)]] = []
    for seed in start..<start + 200 {
      var generator = SplitMix(seed: seed)
      let (coarse, tilt) = (generator.below(2) == 0 ? 20.0 : 1e6, 0.3 + generator.unit())
      sets.append(
        (0..<(20 + generator.below(200))).map { _ in
          let score = (generator.unit() * coarse).rounded() / coarse
          return (
            "\(generator.below(6))", .init(score: score, isTrue: generator.unit() < 0.1 + 0.8 * min(1, score * tilt))
          )
        })
    }
    sets = sets.filter { set in Set(set.map(\.point.isTrue)).count == 2 }
    let lines = try sets.map { set in
      let object: [String: Any] = [
        "critic": set.map(\.point.score), "true": set.map { $0.point.isTrue ? 1 : 0 }, "problem": set.map(\.problem),
      ]
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
    let file = try scratch.file("sets.jsonl", lines.joined(separator: "\n") + "\n")
    let outcome = try Program.shell(
      "exec \"$1\" -B \"$2\" \"$3\"", PythonPackages.interpreter, PythonPackages.script("critics_reference.py"), file)
    try #require(outcome.code == 0 && outcome.objects.count == sets.count, "\(outcome.errors.suffix(2000))")
    for (index, (set, theirs)) in zip(sets, outcome.objects).enumerated() {
      let what = "from seed \(start), set \(index)"
      let points = set.map(\.point)
      let curve = try #require(ReliabilityCurve(points, draws: 1))
      #expect(try abs(curve.brier - #require(theirs["brier"] as? Double)) < 1e-9, "\(what)")
      let auc = RankingFigure(set).auc
      #expect((auc == nil) == (theirs["auc"] as? Double == nil), "\(what)")
      if let auc, let other = theirs["auc"] as? Double { #expect(abs(auc - other) < 1e-9, "\(what)") }
      let map = CalibrationFit.isotonic(points)
      for (place, other) in try #require(theirs["isotonic"] as? [Double]).enumerated() {
        // Ours are written with six decimals, and slopes may be steep.
        #expect(abs(map.value(Double(place) / 20) - other) < 1e-4, "\(what), isotonic at \(place)")
      }
      let (slope, intercept) = CalibrationFit.platt(points)
      let platt = try #require(theirs["platt"] as? [Double])
      #expect(
        abs(slope - platt[0]) < 1e-4 && abs(intercept - platt[1]) < 1e-4, "\(what): \(slope) \(intercept), \(platt)")
    }
  }

  /// From labels to a file, to a search that says so, replays and verifies.
  @Test func aCalibrationIsFittedAndUsedAndSaid() throws {
    let workspace = try Workspace(path: path)
    var generator = SplitMix(seed: 8)
    try workspace.append(
      (0..<400).map { index in
        let score = generator.unit()
        return Label(
          .step(generator.unit() < score * score ? .good : .bad),
          of: Label.Subject(problem: "p\(index / 4)", run: nil, node: 1, path: ["\(index)"]), who: "ana",
          evidence: Label.Evidence(scores: ["prm": score]))
      })
    let file = scratch.path("prm.json")
    let fit = try Program.run([
      "dataset", "critics", "--critic", "prm", "--calibrate", file, "--kind", "platt", "--workspace", path,
    ])
    #expect(fit.code == 0 && fit.output.contains("from 400 labels"), "\(fit.errors)")
    let written = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file))) as? [String: Any])
    let parameter = try #require(written["parameter"] as? String)
    let search = try Program.run([
      "search", Program.problems("dev"), "--first", "1", "--simulations", "6", "--calibration", file, "--json",
      "--workspace", path,
    ])
    #expect(search.code == 0 && search.errors.contains("recalibrated from people's labels: prm (platt)"))
    let run = try #require(search.object?["run"] as? String)
    let record = try workspace.run(run)
    #expect(record.header.parameters.changes["critics.calibration"] == .word(parameter))
    let verified = try Program.run(["run", "verify", run, "--workspace", path])
    #expect(verified.code == 0, "\(verified.errors)")
    let replayed = try Program.run(["run", "replay", run, "--workspace", path])
    #expect(replayed.code == 0, "\(replayed.errors)")
    let shown = try Program.run(["run", "show", run, "--workspace", path])
    #expect(shown.output.contains("Critics are recalibrated from people's labels: prm (platt)."))
    // The critic's own numbers stay in the journal; what they count as is in the rewards.
    let tree = try workspace.tree(of: run)
    let map = try #require(CriticCalibrations(parameter)?["prm"])
    let scored = tree.nodes.indices.map { NodeID($0) }.filter { tree.score("prm", of: $0) != nil }
    #expect(!scored.isEmpty)
    for node in scored {
      #expect(try tree.countedScore("prm", of: node) == map.value(#require(tree.score("prm", of: node))))
    }

    let stranger = try Program.run([
      "search", Program.problems("dev"), "--first", "1", "--set", "critics.calibration=taste:platt:1:0", "--workspace",
      path,
    ])
    #expect(
      stranger.code == 2 && stranger.message?.contains("the run has no critic 'taste'") == true, "\(stranger.errors)")
  }

  /// In the explorer: from the list of problems to the step that a critic was asked about.
  @Test func aStepIsFoundThroughTheScoreThatItGot() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    let search = try Program.run([
      "search", Program.problems("dev"), "--first", "1", "--simulations", "4", "--json", "--workspace",
      session.workspace,
    ])
    let run = try #require(search.object?["run"] as? String)
    let workspace = try Workspace(path: session.workspace)
    let tree = try workspace.tree(of: run)
    let node = try #require(
      tree.nodes.indices.dropFirst().map { NodeID($0) }.first { tree[$0].isShown && tree.score("prm", of: $0) != nil })
    try workspace.append([
      Label(
        .step(.good), of: Label.Subject(run: run, tree: tree, node: node), who: "ana",
        evidence: Label.Evidence(tree: tree, node: node))
    ])
    try session.terminal.command(
      "\(Program.executable.path(percentEncoded: false)) explore \(Program.problems("dev")) --workspace '\(session.workspace)'"
    )
    try session.wait("the problems") { $0.text.contains("─ Problems") }
    try session.terminal.press("%")
    try session.wait("the report") {
      $0.text.contains("How far to trust people and critics") && $0.text.contains("too few to say how far they agree")
    }
    try session.terminal.type("prm people")
    try session.wait("the part of the scores") { !$0.text.contains("value against people") }
    try session.terminal.press("Enter")
    try session.wait("the step") { $0.text.contains("prm against people:") && $0.text.contains(" good") }
    try session.terminal.press("Enter")
    try session.wait("the run") { $0.text.contains("─ Node \(node.offset) ·") }
    try session.quit()
  }

  @Test func aWorkspaceWithoutLabelsSaysSo() throws {
    _ = try Workspace(path: path)
    let outcome = try Program.run(["dataset", "critics", "--workspace", path])
    #expect(outcome.code == 0 && outcome.output.hasPrefix("no step has both"))
  }
}
