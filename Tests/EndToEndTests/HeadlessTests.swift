import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Commands for scripts: the contract's fields, exit codes and bytes.
@Suite(.ownThread)
struct HeadlessTests {
  /// Type of each field of `search --json`; `?` may be null.
  private static let fields = [
    "problem": "text", "run": "text", "answer": "text?", "correct": "flag?", "path": "texts", "score": "number?",
    "simulations": "number", "nodes": "number", "draws": "number", "tokens": "counts", "prompts": "counts",
    "criticCalls": "counts",
    "seconds": "number", "seed": "number", "stopped": "text", "finals": "object", "goldReached": "flag?",
  ]

  private func kind(_ value: Any?) -> String {
    switch value {
    case is NSNull: "?"
    case let number as NSNumber: String(cString: number.objCType) == "c" ? "flag" : "number"
    case is String: "text"
    case is [String]: "texts"
    case is [String: Int]: "counts"
    case is [String: Any]: "object"
    default: "other"
    }
  }

  @Test func searchPrintsEveryFieldOfTheContract() throws {
    let scratch = try Scratch()
    let problems = try scratch.file("p.jsonl", ExplorerSession.story + "\n" + ExplorerSession.babble + "\n")
    let result = try Program.run([
      "search", problems, "--json", "--simulations", "5", "--workspace", scratch.path("w.sqlite"),
    ])
    #expect(result.code == 0)
    #expect(result.lines.count == 2)
    #expect(result.objects.count == 2, "standard output holds JSON Lines only")
    for object in result.objects {
      for (field, type) in Self.fields {
        let found = kind(object[field])
        #expect(found == type || "\(found)?" == type || (found == "?" && type.hasSuffix("?")), "\(field): \(found)")
      }
      #expect((object["tokens"] as? [String: Int])?.keys.sorted() == ["critic", "policy", "reused", "rollout"])
      #expect(
        (object["finals"] as? [String: Any])?.keys.sorted()
          == ["bestLeaf", "evidence", "greedyPath", "majority", "rerank", "weightedVote"])
      #expect(object["stopped"] as? String == "simulations")
      #expect(object["simulations"] as? Int == 5)
    }
    #expect(kind(result.objects[0]["correct"]) == "flag")
    #expect(result.objects[1]["correct"] is NSNull, "there is no reference to agree with")
    #expect(result.objects[1]["goldReached"] is NSNull)
  }

  @Test func exportHoldsTheFieldsOfTheContract() throws {
    let scratch = try Scratch()
    let (workspace, run) = try searched(scratch)
    let export = try #require(try Program.run(["run", "export", run, "--workspace", workspace]).object)
    #expect(Set(["run", "problem", "header", "nodes", "events"]).isSubset(of: export.keys))
    let header = try #require(export["header"] as? [String: Any])
    #expect(Set(["parameters", "seed", "models", "version"]).isSubset(of: header.keys))
    let nodes = try #require(export["nodes"] as? [[String: Any]])
    let fields = [
      "id", "parent", "option", "depth", "visits", "q", "value", "prm", "orm", "rollouts", "reward", "prior",
      "importance", "allowed", "children", "draws", "mergedInto", "pruned", "inserted", "overridden", "terminal",
      "answer", "termination",
    ]
    for (number, node) in nodes.enumerated() {
      #expect(Set(fields).isSubset(of: node.keys), "\(Set(fields).subtracting(node.keys))")
      let parent = node["parent"] as? Int
      #expect(number == 0 ? parent == nil : (parent ?? .max) < (node["id"] as? Int ?? 0))
    }
  }

  @Test func anInterruptedSearchKeepsWhatIsDone() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let search = try Program.start([
      "search", Program.problems("train"), "--json", "--simulations", "20", "--workspace", workspace,
    ])
    #expect(Waiting.until { search.output.split(separator: "\n").count >= 2 })
    search.signal(SIGINT)
    #expect(search.wait() == 3)
    #expect(search.errors.contains("stopped by a signal"))
    let lines = search.output.split(separator: "\n")
    let results = lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    #expect(results.count == lines.count)
    // Several are in flight, and each that was begun is there; results come in the order of the file.
    let runs = try Program.run(["run", "list", "--json", "--workspace", workspace]).objects
    #expect(Set(runs.map { $0["run"] as? String }) == Set(results.map { $0["run"] as? String }))
    #expect(try Program.run(["run", "verify", "--workspace", workspace]).code == 0)
  }

  @Test func aBreakpointStopsASearchAndTheRunIsSaved() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let stopped = try Program.run([
      "search", problem, "--json", "--simulations", "30", "--break", "depth=2", "--workspace", workspace,
    ])
    #expect(stopped.code == 3)
    #expect(stopped.errors.contains("breakpoint 'depth=2' at node"))
    #expect(stopped.output.isEmpty)
    let runs = try Program.run(["run", "list", "--json", "--workspace", workspace]).objects
    #expect(runs.count == 1)
    #expect(try Program.run(["run", "verify", "--workspace", workspace]).code == 0)
    let whole = try Program.run([
      "search", problem, "--json", "--simulations", "30", "--watchdogs", "off", "--break", "failure", "--workspace",
      workspace,
    ])
    #expect(whole.code == 0, "\(whole.errors)")
  }

  @Test(arguments: [
    (["--break", "n>1 mrge"], "column 5: unknown word 'mrge': did you mean 'merge'?"),
    (["--watchdogs", "loud"], "--watchdogs: expected one of pause, warn, off, found 'loud'"),
  ])
  func whatCannotBeWatchedIsRefused(_ options: [String], _ message: String) throws {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let refused = try Program.run(["search", problem, "--workspace", scratch.path("w.sqlite")] + options)
    #expect(refused.code == 2)
    #expect(refused.errors.contains(message), "\(refused.errors)")
  }

  @Test func doctorSaysWhatWorks() throws {
    let scratch = try Scratch()
    let workspace = ["--workspace", scratch.path("w.sqlite")]
    let good = try Program.run(["doctor", "--json"] + workspace)
    #expect(good.code == 0, "\(good.output)")
    #expect(good.objects.count == good.lines.count)
    #expect(good.objects.allSatisfy { $0["part"] is String && $0["verdict"] is String && $0["detail"] is String })
    for part in ["locks", "durability"] {
      let finding = good.objects.first { $0["part"] as? String == part }
      #expect(["works", "limited"].contains(finding?["verdict"] as? String), "\(part)")
    }
    #expect(good.objects.contains { $0["detail"] as? String == "a run has one writer at a time" })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.url.path(percentEncoded: false)).isEmpty,
      "what was tried is taken away")
    #expect(try Program.run(["doctor", "--model", scratch.path("none")] + workspace).code == 1)
    _ = try scratch.file("w.sqlite", "no database")
    let bad = try Program.run(["doctor", "--json"] + workspace)
    #expect(bad.code == 1)
    #expect(bad.objects.contains { $0["part"] as? String == "workspace" && $0["verdict"] as? String == "missing" })
  }

  @Test func theSameLogGivesTheSameBytes() throws {
    let scratch = try Scratch()
    let (path, run) = try searched(scratch, ExplorerSession.babble)
    let workspace = try Workspace(path: path)
    let tree = try workspace.tree(of: run)
    // The best child of a root with many: every sibling is a worse one.
    let node = try #require(tree.bestChild(of: .root))
    try workspace.commit(run: run, node: node, judgement: Judgement(note: "kept"))
    for name in ["first", "second"] {
      let export = try Program.run(["dataset", "export", scratch.path(name), "--workspace", path])
      #expect(export.code == 0, "\(export.errors)")
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("first")).sorted()
    #expect(files == (try FileManager.default.subpathsOfDirectory(atPath: scratch.path("second")).sorted()))
    for format in ["prompt-completion", "conversational", "preference", "stepwise"] {
      #expect(files.contains(format), "\(format)")
      #expect(files.contains { $0.hasPrefix(format + "/") && $0.hasSuffix(".jsonl") })
      #expect(files.contains("\(format)/README.md"))
    }
    for file in files {
      let (a, b) = (scratch.path("first/\(file)"), scratch.path("second/\(file)"))
      #expect(FileManager.default.contents(atPath: a) == FileManager.default.contents(atPath: b), "\(file)")
    }
  }

  @Test func numbersOfAnExportAreLookedAt() throws {
    let scratch = try Scratch()
    for (flag, value, expected) in [
      ("--test-share", "1", "expected a number from 0 to below 1, found 1.0"),
      ("--margin", "2", "expected a number from 0 to 1, found 2.0"),
      ("--minimum-visits", "-1", "expected 0 or more, found -1"),
    ] {
      let refused = try Program.run([
        "dataset", "export", scratch.path("out"), "\(flag)=\(value)", "--workspace", scratch.path("w.sqlite"),
      ])
      #expect(refused.code == 2 && refused.errors.contains("\(flag): \(expected)"), "\(refused.errors)")
    }
  }

  @Test func aTrajectoryIsCommittedWithoutTheExplorer() throws {
    let scratch = try Scratch()
    let (path, run) = try searched(scratch)
    let committed = try Program.run(
      [
        "dataset", "commit", run, "--if", "correct", "--verdict", "good", "--note", "neat", "--json", "--workspace",
        path,
      ])
    #expect(committed.code == 0, "\(committed.errors)")
    let row = try #require(committed.object)
    #expect(row["verdict"] as? String == "good")
    #expect(row["note"] as? String == "neat")
    #expect((row["trajectory"] as? [String: Any])?["correct"] as? Bool == true)
    let second = try Program.run(["dataset", "commit", run, "--node", "1", "--verdict", "unsure", "--workspace", path])
    #expect(second.output.hasSuffix("\tunsure\n"))
    let stats = try Program.run(["dataset", "stats", "--workspace", path])
    #expect(stats.output.contains("1 judged good, 0 judged bad, 1 judged unsure, 0 not judged"))
    let both = try Program.run(["dataset", "commit", run, "--best", "--node", "1", "--workspace", path])
    #expect(both.code == 2)
    let nowhere = try Program.run(["dataset", "commit", run, "--node", "9999", "--workspace", path])
    #expect(nowhere.code == 1)
    #expect(nowhere.errors.contains("has no node 9999"))
    #expect(try Program.run(["dataset", "verify", "--workspace", path]).code == 0)
  }

  @Test func aWrongAnswerIsJudgedBadAndNotImitated() throws {
    let scratch = try Scratch()
    let wrong = ExplorerSession.story.replacingOccurrences(of: #""answer": "51""#, with: #""answer": "7""#)
    let (path, run) = try searched(scratch, wrong)
    let left = try Program.run(["dataset", "commit", run, "--if", "correct", "--workspace", path])
    #expect(left.code == 0)
    #expect(left.output.isEmpty)
    #expect(left.errors.contains("not committed: the answer 51 is wrong"), "\(left.errors)")
    let bad = try Program.run(["dataset", "commit", run, "--workspace", path])
    #expect(bad.output.hasSuffix("\tbad\n"))
    let list = try Program.run(["dataset", "list", "--workspace", path])
    #expect(list.lines.map { $0.hasSuffix("\tbad") } == [true])
    let export = try Program.run(["dataset", "export", scratch.path("out"), "--workspace", path])
    #expect(export.code == 0, "\(export.errors)")
    let files = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("out"))
    #expect(!files.contains { $0.hasPrefix("prompt-completion") || $0.hasPrefix("conversational") })
    let steps = try #require(FileManager.default.contents(atPath: scratch.path("out/stepwise/data/train.jsonl")))
    let row = try #require(JSONSerialization.jsonObject(with: steps) as? [String: Any])
    #expect(row["verdict"] as? String == "bad")
    #expect((row["labels"] as? [Bool])?.contains(false) == true)
  }

  /// A workspace with a run of 30 simulations.
  private func searched(
    _ scratch: Scratch, _ problem: String = ExplorerSession.story
  ) throws -> (workspace: String, run: String) {
    let workspace = scratch.path("w.sqlite")
    let problem = try scratch.file("p.jsonl", problem + "\n")
    let result = try Program.run(["search", problem, "--json", "--simulations", "30", "--workspace", workspace])
    return (workspace, try #require(result.object?["run"] as? String))
  }
}
