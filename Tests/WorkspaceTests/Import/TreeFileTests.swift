import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// Trees of other programs: small files of our own making with the shapes that their writers give them, and what becomes of each.
@Suite struct TreeFileTests {
  let scratch: Scratch
  let workspace: Workspace

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
  }

  /// A file among those that fuzzing begins with.
  static func sample(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzz/Corpus/tree-\(name)")
      .standardizedFileURL.path(percentEncoded: false)
  }

  @discardableResult
  func imported(_ path: String, _ change: (inout TreeImport.Options) -> Void = { _ in }) throws -> TreeImportReport {
    var options = TreeImport.Options()
    change(&options)
    return try #require(try TreeImport(from: [path], version: "1", options: options).write(into: workspace).first)
  }

  func imported(text: String, _ change: (inout TreeImport.Options) -> Void = { _ in }) throws -> TreeImportReport {
    try imported(try scratch.write("in.json", Array(text.utf8)), change)
  }

  private func option(_ tree: SearchTree, _ node: Int) -> String? { tree.details[node].option?.text }

  /// Nodes, depth, widest fork, duplicates, orphans, counted by hand.
  struct Counted: Sendable, CustomTestStringConvertible {
    let file, form: String
    let nodes, depth, widest, duplicates, orphans: Int
    var runs = 1
    let found: [ImportFinding.Kind: Int]
    var testDescription: String { file }
  }

  static let counted = [
    Counted(
      file: "tree-of-thoughts/log.json", form: "tree-of-thoughts", nodes: 5, depth: 2, widest: 4, duplicates: 1,
      orphans: 0, found: [.duplicate: 1, .prefix: 1]),
    Counted(
      file: "llm-reasoners/log.json", form: "llm-reasoners", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 1,
      found: [.orphan: 1, .value: 1]),
    Counted(
      file: "openr/tree.json", form: "openr", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 0,
      found: [.visits: 1]),
    Counted(
      file: "omegaprm/tree.json", form: "omegaprm", nodes: 4, depth: 2, widest: 3, duplicates: 1, orphans: 0,
      found: [.duplicate: 1]),
    Counted(
      file: "index-paths/trees.jsonl", form: "index-paths", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 1,
      found: [.orphan: 2]),
    Counted(
      file: "moatless/trajectory.json", form: "moatless", nodes: 3, depth: 2, widest: 2, duplicates: 1, orphans: 0,
      found: [.duplicate: 1]),
    Counted(
      file: "swe-search/trajectory.json", form: "swe-search", nodes: 2, depth: 1, widest: 2, duplicates: 1, orphans: 0,
      found: [.duplicate: 1, .cycle: 2]),
    Counted(
      file: "mcts-reasoning/tree.json", form: "mcts-reasoning", nodes: 3, depth: 2, widest: 2, duplicates: 0,
      orphans: 0, found: [.prefix: 1]),
    Counted(
      file: "mctx/tree.json", form: "mctx", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 0,
      found: [.question: 1]),
    Counted(
      file: "openevolve/programs.jsonl", form: "openevolve", nodes: 4, depth: 3, widest: 2, duplicates: 0, orphans: 1,
      found: [.orphan: 1, .question: 1]),
    Counted(
      file: "nested/tree.json", form: "nested", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 0, found: [:]),
    Counted(
      file: "loom/loom.json", form: "loom", nodes: 4, depth: 2, widest: 2, duplicates: 1, orphans: 0,
      found: [.duplicate: 1]),
    Counted(
      file: "loom/weave.json", form: "loom", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 1,
      found: [.orphan: 1, .field: 1, .question: 1]),
    Counted(
      file: "samples/samples.jsonl", form: "samples", nodes: 7, depth: 2, widest: 2, duplicates: 0, orphans: 0, runs: 2,
      found: [.line: 1]),
    Counted(
      file: "inspect/log.json", form: "inspect", nodes: 3, depth: 2, widest: 2, duplicates: 0, orphans: 0, found: [:]),
  ]

  @Test(arguments: counted) func countsAreThoseOfTheFile(_ wanted: Counted) throws {
    let report = try imported(Self.sample(wanted.file))
    #expect(report.format == wanted.form)
    #expect(report.nodes == wanted.nodes)
    #expect(report.depth == wanted.depth)
    #expect(report.widest == wanted.widest)
    #expect(report.duplicates == wanted.duplicates)
    #expect(report.orphans == wanted.orphans)
    #expect(report.findings.counts == wanted.found, "\(report.findings.first)")
    #expect(report.runs.count == wanted.runs && report.newRuns == wanted.runs)
    for run in report.runs {
      let checked = try workspace.verify(run: run)
      #expect(checked.ok, "\(checked.problems)")
      let tree = try workspace.tree(of: run)
      #expect(tree.isHistory && tree.stopReason == .imported && !tree.isBusy)
    }
    let again = try imported(Self.sample(wanted.file))
    #expect(again.newRuns == 0 && again.runs == report.runs)
  }

  /// Every form has a file here: one that is added without a test is found.
  @Test func everyFormIsCounted() {
    #expect(Set(Self.counted.map(\.form)).union(["etascope"]) == Set(TreeFormat.all.map(\.name)))
  }

  @Test func valuesAreMappedAndNothingIsInvented() throws {
    var tree = try workspace.tree(of: imported(Self.sample("index-paths/trees.jsonl")).runs[0])
    #expect(tree.origin?.scales == ["q": .init(low: -1, high: 1), "value": .init(low: -1, high: 1)])
    #expect(tree.nodes.map(\.visits) == [4, 2, 2, 1])
    #expect(tree.nodes.map(\.meanValue) == [0.625, 0.75, 0.25, 1])
    #expect(tree.score("value", of: NodeID(2)) == 0)
    #expect(tree.details[3].answer == "5" && tree[NodeID(3)].terminal == .answer && tree.details[3].name == "0.0.0")
    #expect(tree.header.problem.answer == "5" && tree.chosenPath() == [.root, NodeID(1), NodeID(3)])

    tree = try workspace.tree(of: imported(Self.sample("omegaprm/tree.json")).runs[0])
    #expect(tree.nodes.allSatisfy { $0.marks.contains(.uncounted) && $0.visits == 0 && $0.reward == nil })
    #expect(tree.bestPath() == [.root, NodeID(1), NodeID(4)], "the values say which way is the best")

    tree = try workspace.tree(of: imported(Self.sample("moatless/trajectory.json")).runs[0])
    #expect(tree.origin?.scales == ["q": .init(low: -100, high: 100)] && tree.origin?.isOrdered == true)
    #expect(tree.nodes.map(\.meanValue) == [0.75, 0.875, 0.875, nil])
    #expect(option(tree, 1) == "SearchArgs\nquery: bug\n" && tree.details[1].option?.thinking == "found")

    tree = try workspace.tree(of: imported(Self.sample("mctx/tree.json")).runs[0])
    #expect((1...3).map { option(tree, $0) } == ["action 1\n", "action 0\n", "action 0\n"], "in order of evaluation")
    #expect(tree[NodeID(3)].parent == NodeID(2) && tree[NodeID(3)].meanValue == 0)

    tree = try workspace.tree(of: imported(Self.sample("nested/tree.json")).runs[0])
    #expect(tree.nodes.map(\.visits) == [3, 2, 1, 1] && tree.header.problem.answer == "5")
    #expect(
      tree.nodes.map(\.meanValue) == [2.0 / 3, 1, 0, 1], "a sum is shared among the visits, a value is their mean")
    #expect(
      option(tree, 1) == "2 + 3 = 5\n" && tree.score("prm", of: NodeID(1)) == 0.5 && tree.details[1].prior == 0.75)
    #expect(option(tree, 3) == "The answer is 5\n" && tree[NodeID(3)].terminal == .answer)

    tree = try workspace.tree(of: imported(Self.sample("llm-reasoners/log.json")).runs[0])
    #expect(option(tree, 1) == "put down red\n" && tree[NodeID(1)].reward == 0.25)
    #expect(tree.score("q", of: NodeID(1)) == 0.5 && tree.score("self_eval", of: NodeID(1)) == 0.75)
  }

  @Test func textsOfPathsAreCutIntoSteps() throws {
    var tree = try workspace.tree(of: imported(Self.sample("mcts-reasoning/tree.json")).runs[0])
    #expect((1...3).map { option(tree, $0) } == ["2 + 3 = 5\n", "Another question\n6\n", "ANSWER: 5\n"])
    tree = try workspace.tree(of: imported(Self.sample("tree-of-thoughts/log.json")).runs[0])
    #expect((1...5).map { option(tree, $0) }.last == "elsewhere\n")
    #expect(tree.nodes.map { $0.marks.contains(.pruned) } == [false, false, true, true, false, true])
    tree = try workspace.tree(of: imported(Self.sample("loom/loom.json")).runs[0])
    #expect(tree.header.problem.question == "Once upon a ti" && option(tree, 1) == "me there was")
    tree = try workspace.tree(of: imported(Self.sample("inspect/log.json")).runs[0])
    #expect((1...3).map { option(tree, $0) } == ["Let me add.\n", "The answer is 5.\n", "calculator: 5\n"])
    #expect(tree[NodeID(3)].parent == NodeID(1) && tree.header.models == ["policy": "demo/one"])
  }

  @Test func samplesBecomeAPrefixTree() throws {
    let report = try imported(Self.sample("samples/samples.jsonl"))
    let tree = try workspace.tree(of: report.runs[0])
    #expect(tree.nodes.map(\.visits) == [3, 2, 1, 1, 1, 1])
    #expect(tree.nodes.map(\.meanValue) == [2.0 / 3, 1, 1, 1, 0, 0])
    #expect(tree.details[1].prior == 2.0 / 3 && tree.details[2].prior == 0.5)
    let other = try workspace.tree(of: report.runs[1])
    #expect(other.nodes.allSatisfy { $0.marks.contains(.uncounted) }, "not every solution has a score")
    #expect(other.score("orm", of: NodeID(2)) == 0.25)
  }

  // MARK: - Our own

  @Test func aRunThatWasExportedComesBackByteByByte() throws {
    let file = try Data(contentsOf: URL(filePath: Self.sample("etascope/run.json")))
    let run = try imported(Self.sample("etascope/run.json")).runs[0]
    #expect(try workspace.export(run: run, format: .json) == file)
    let written = try scratch.write("again.json", Array(file))
    #expect(try imported(written).runs == [run], "whatever its file is called")
  }

  /// An older version had fewer parameters, an even older one perhaps none of those that this run left as they are.
  @Test(arguments: [1, 2, Int.max]) func aRunOfAnOlderVersionComesBackByteByByte(without count: Int) throws {
    var file = try String(contentsOf: URL(filePath: Self.sample("etascope/run.json")), encoding: .utf8)
    let before = try Workspace.forTests(scratch.file("before.sqlite"))
    let path = Self.sample("etascope/run.json")
    let header = try before.run(TreeImport(from: [path], version: "1").write(into: before)[0].runs[0]).header
    let untouched = header.parameters.all.map(\.parameter.id).filter { header.parameters.changes[$0] == nil }
    let unknown = untouched.prefix(count)
    for id in unknown {
      let start = try #require(file.range(of: "\"\(id)\":"))
      let end = try #require(file[start.upperBound...].firstIndex { $0 == "," || $0 == "}" })
      file.removeSubrange(start.lowerBound..<(file[end] == "," ? file.index(after: end) : end))
    }
    file = file.replacing(",}", with: "}")
    let run = try imported(text: file).runs[0]
    #expect(try workspace.export(run: run, format: .json) == Data(file.utf8))
    let fork = try workspace.fork(run: run, at: 3)
    let written = try String(decoding: workspace.export(run: fork.id, format: .json), as: UTF8.self)
    #expect(unknown.allSatisfy { written.contains("\"\($0)\":") }, "a fork is searched by today's rules")
  }

  @Test func whatOthersWroteComesBackByteByByteToo() throws {
    for wanted in Self.counted {
      let run = try imported(Self.sample(wanted.file)).runs[0]
      let first = try workspace.export(run: run, format: .json)
      let other = try Workspace.forTests(scratch.file("\(UUID()).sqlite"))
      let path = try scratch.write("out.json", Array(first))
      let back = try TreeImport(from: [path], version: "1").write(into: other)[0].runs[0]
      #expect(try other.export(run: back, format: .json) == first, "\(wanted.file)")
    }
  }

  // MARK: - History

  @Test func historyIsReadAndAForkOfItIsSearched() throws {
    let run = try imported(Self.sample("openr/tree.json")).runs[0]
    let tree = try workspace.tree(of: run)
    var search = Search(tree: tree)
    #expect(search.ask(upTo: 99).isEmpty && search.takeEvents().isEmpty)
    #expect(throws: InterventionError.self) { try search.intervene(.prune(node: NodeID(1))) }

    var settings = ForkSettings()
    let critics = [CriticWeight(name: "value", weight: 1, scope: .everyNode)]
    settings.live = RunHeader(problem: tree.header.problem, seed: 5, critics: critics, models: ["policy": "m"])
    let fork = try workspace.fork(run: run, at: tree.eventCount, settings: settings)
    #expect(fork.header.critics == critics && fork.header.models == ["policy": "m"] && fork.header.seed == 5)
    search = Search(tree: try workspace.tree(of: fork.id))
    #expect(!search.tree.isHistory && search.tree.stopReason == nil && search.tree.nodeCount == 4)
    #expect(search.tree.nodes.map(\.visits) == tree.nodes.map(\.visits), "it begins with what the file says")
    let asked = search.ask(upTo: search.tree.simulations + 1)
    #expect(!asked.isEmpty)
    try search.intervene(.prune(node: NodeID(2)))
    #expect(search.tree[NodeID(2)].marks.contains(.pruned))
  }

  /// Nothing here chose among the nodes of a file: reasons are those of a fork, and say so.
  @Test func reasonsOfHistoryAreThoseOfAFork() throws {
    for (file, saysVisits) in [("openr/tree.json", true), ("omegaprm/tree.json", false)] {
      let run = try imported(Self.sample(file)).runs[0]
      var words = try workspace.timeline(of: run).reasons(for: NodeID(1)).sentences
      #expect(words[0].hasPrefix("This tree was imported, and other rules made it"))
      #expect(words[0].contains("does not say N") != saysVisits)
      #expect(!words.contains { $0.contains("would be selected next") })
      let fork = try workspace.fork(run: run, at: 3)
      words = try workspace.timeline(of: fork.id).reasons(for: NodeID(1)).sentences
      #expect(!words.contains { $0.contains("was imported, and other rules") })
    }
  }

  /// A finished node that no critic has judged is judged when the fork's search comes to it.
  @Test func aForkJudgesWhatNobodyJudged() throws {
    let run = try imported(
      text:
        #"{"reasoning_steps": {"text": "", "children": [{"text": "The answer is 5.", "children": []}]}, "question": "2+3?"}"#
    ).runs[0]
    var settings = ForkSettings()
    try settings.set("width.rule=fixed")
    try settings.set("width.fixed=1")
    let critics = [CriticWeight(name: "value", weight: 1, scope: .everyNode)]
    settings.live = RunHeader(problem: try workspace.tree(of: run).header.problem, seed: 5, critics: critics)
    let fork = try workspace.fork(run: run, at: 3, settings: settings)
    var search = Search(tree: try workspace.tree(of: fork.id))
    #expect(search.tree[NodeID(1)].terminal == .answer)
    let asked = search.ask(upTo: 1)
    #expect(asked.first?.node == NodeID(1) && asked.first?.kind == .score(critics: ["value"]))
    search.tell(asked[0].id, Answer(.scores([CriticScore(critic: "value", score: 0.75)])))
    _ = search.ask(upTo: 1)
    #expect(search.tree[NodeID(1)].meanValue == 0.75 && search.tree.simulations == 1)
  }
}
