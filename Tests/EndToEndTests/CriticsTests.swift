import Foundation
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

  @Test func aWorkspaceWithoutLabelsSaysSo() throws {
    _ = try Workspace(path: path)
    let outcome = try Program.run(["dataset", "critics", "--workspace", path])
    #expect(outcome.code == 0 && outcome.output.hasPrefix("no step has both"))
  }
}
