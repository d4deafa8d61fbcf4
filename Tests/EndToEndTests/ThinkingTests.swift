import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// What a model thought leaves the workspace only where the command line asks for it.
@Suite(.ownThread)
struct ThinkingTests {
  /// A workspace with one run of a thinking model, and a commit of it.
  private func made(_ path: String) throws -> (run: String, node: NodeID) {
    var parameters = SearchParameters()
    for (id, value) in ["rollout.count": "0", "width.root.maximum": "1", "width.root.minimum": "1"] {
      try parameters.set(id, to: value)
    }
    let workspace = try Workspace(path: path)
    let record = try workspace.createRun(
      RunHeader(
        problem: Problem(id: "p", question: "What is 2 + 3?", answer: "5"), seed: 1, parameters: parameters,
        critics: [CriticWeight(name: "value", weight: 1, scope: .everyNode)]))
    var search = Search(header: record.header)
    let option = SearchOption(bytes: Array("#### 5\n".utf8), termination: .newline, thinking: "SECRET thought")
    for _ in 0..<3 {
      for request in search.ask(upTo: 1) {
        switch request.kind {
        case .propose: search.tell(request.id, Answer(.options([option])))
        case .score(let critics):
          search.tell(request.id, Answer(.scores(critics.map { CriticScore(critic: $0, score: 0.5) })))
        case .compare(_, let nodes): search.tell(request.id, Answer(.similarities(nodes.map { _ in 0 })))
        case .rollOut: search.tell(request.id, Answer(.rollouts([])))
        }
      }
    }
    let tree = search.tree
    try workspace.writer(of: record.id).append(search.takeEvents(), first: 0, totals: RunTotals(atRest: tree))
    let node = try #require(tree.nodes.indices.first { tree.nodes[$0].terminal == .answer }.map { NodeID($0) })
    try workspace.commit(run: record.id, node: node)
    return (record.id, node)
  }

  @Test func exportsTellItOnlyWhereItIsAskedFor() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    let run = try made(path).run
    for format in ["json", "markdown", "dot", "svg"] {
      let command = ["run", "export", run, "--format", format, "--workspace", path]
      let plain = try Program.run(command)
      #expect(plain.code == 0 && !plain.output.contains("SECRET"), "\(format): \(plain.errors)")
      let told = try Program.run(command + ["--with-thinking"])
      #expect(told.output.contains("SECRET thought") == ["json", "markdown"].contains(format), "\(format)")
    }
    for command in [
      ["dataset", "list", "--json"], ["run", "show", run], ["run", "show", run, "--json"], ["run", "replay", run],
    ] {
      let told = try Program.run(command + ["--workspace", path])
      #expect(told.code == 0 && !told.output.contains("SECRET"), "\(command): \(told.errors)")
    }
    for (folder, more) in [("plain", []), ("thinking", ["--with-thinking"])] {
      let out = scratch.path(folder)
      let result = try Program.run(["dataset", "export", out, "--workspace", path] + more)
      #expect(result.code == 0, "\(result.errors)")
      let rows = try String(contentsOfFile: "\(out)/conversational/data/train.jsonl", encoding: .utf8)
      #expect(rows.contains(#""reasoning_content":"SECRET thought""#) == !more.isEmpty)
    }
  }
}
