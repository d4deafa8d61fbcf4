import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

@Suite struct CommitTests {
  @Test func aCommitHoldsAllThatExportsNeed() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let entry = try workspace.commit(
      run: id, node: NodeID(3), judgement: Judgement(verdict: .good, note: "neat", steps: [1: .good, 3: .neutral]))
    let trajectory = try #require(entry.trajectory)
    #expect(
      entry.who == "ada" && entry.at == "2026-01-02T03:04:05.678Z" && entry.note == "neat" && entry.previous == nil)
    #expect(trajectory.path == ["2 + 3 = 5\n", "#### 5\n"])
    #expect(trajectory.run == id && trajectory.node == 3 && trajectory.problem == ScriptedDriver.sum)
    #expect(trajectory.answer == "5" && trajectory.correct == true && trajectory.terminal == .answer)
    #expect(trajectory.score == tree.details[3].reward && abs((trajectory.score ?? 0) - 0.8) < 1e-12)
    #expect(trajectory.steps.map(\.scores) == [["value": 0.8, "prm": 0.9], ["value": 0.9, "prm": 0.7]])
    #expect(trajectory.steps.map(\.label) == [.good, .neutral] && trajectory.steps.map(\.visits) == [2, 1])
    #expect(abs((trajectory.steps[0].q ?? 0) - 0.825) < 1e-12)
    let sibling = try #require(trajectory.steps[0].siblings.first)
    #expect(sibling.node == 2 && sibling.option == "2 + 3 = 6\n" && sibling.visits == 1 && !sibling.pruned)
    #expect(abs((sibling.q ?? 0) - 0.15) < 1e-12)
    #expect(trajectory.steps[1].siblings == [])
    #expect(trajectory.models == ["policy": "tiny 1234"] && trajectory.seed == 7 && trajectory.version == "0.1.0")
    try workspace.deleteRun(id)
    #expect(try workspace.commitLog().entries == [entry])
    #expect(try workspace.verifyCommits() == [])
  }

  @Test func idsStandForTheLogUpToThem() throws {
    func log() throws -> [CommitEntry] {
      let scratch = try Scratch()
      let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
      let (id, _) = try ScriptedDriver.run(in: workspace)
      for _ in 0..<2 { try workspace.commit(run: id, node: NodeID(3)) }
      return try workspace.commitLog().entries
    }
    let first = try log()
    #expect(first[0].id != first[1].id && first[1].previous == first[0].id)
    #expect(first.allSatisfy { $0.id.count == 16 })
    #expect(try log() == first)
    // The id is the digest of the entry's bytes without the id itself.
    let bytes = try CanonicalJSON.text(first[0]).replacingOccurrences(of: first[0].id, with: "")
    #expect(first[0].id == SHA256.hex(bytes.utf8).prefix(16))
  }

  @Test func undoAppendsAndLeavesTheCommit() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, _) = try ScriptedDriver.run(in: workspace)
    let one = try workspace.commit(run: id, node: NodeID(3))
    let two = try workspace.commit(run: id, node: NodeID(2), who: "bob")
    let undo = try workspace.undoCommit(String(one.id.prefix(15)), note: "slip", who: "eve")
    #expect(undo.content == .undo(one.id) && undo.who == "eve" && undo.previous == two.id)
    let commits = try workspace.commitLog().commits
    #expect(commits.map(\.id) == [one.id, two.id] && commits.map(\.isActive) == [false, true])
    #expect(commits[0].undoneBy == undo && commits.map(\.sequence) == [1, 2])
    #expect { try workspace.undoCommit(one.id) } throws: {
      "\($0)" == "\(path): commit \(one.id) was undone already, by eve at 2026-01-02T03:04:05.678Z"
    }
    #expect { try workspace.undoCommit("zz") } throws: { "\($0)" == "\(path): there is no commit 'zz'" }
    #expect { try workspace.undoCommit("") } throws: { "\($0)" == "\(path): there is no commit ''" }
    #expect { try workspace.undoCommit(undo.id) } throws: { "\($0)" == "\(path): there is no commit '\(undo.id)'" }
    let statistics = CommitStatistics(try workspace.commitLog())
    #expect(statistics.active == 1 && statistics.undone == 1 && statistics.byPerson == ["bob": 1])
    #expect(statistics.byProblem == ["sum-1": 1] && statistics.unknown == 1 && statistics.correct == 0)
    #expect(try workspace.verifyCommits() == [])
  }

  @Test func commitsThatMakeNoSenseAreRefused() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, _) = try ScriptedDriver.run(in: workspace)
    func expect(_ message: String, _ node: Int, _ steps: [Int: StepLabel] = [:]) {
      #expect { try workspace.commit(run: id, node: NodeID(node), judgement: Judgement(steps: steps)) } throws: {
        "\($0)" == "\(path): \(message)"
      }
    }
    expect("run \(id) has no node 4", 4)
    expect("run \(id) has no node -1", -1)
    expect("the root has no path to commit", 0)
    expect("the label of node 2 is not on the path to node 3", 3, [2: .good])
    #expect { try workspace.commit(run: "none", node: NodeID(1)) } throws: {
      "\($0)" == "\(path): there is no run 'none'"
    }
    #expect(try workspace.commitLog().entries.isEmpty)
  }

  @Test func nodesTakenBackCannotBeCommitted() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    var search = Search(tree: tree)
    try search.intervene(
      .insert(node: .root, option: SearchOption(bytes: Array("five\n".utf8), termination: .person)))
    var driver = ScriptedDriver(scores: [["value": 0.5, "prm": 0.5]])
    let events = driver.run(&search, simulations: 4)
    let undone = search.undo()
    #expect(undone)
    try workspace.writer(of: id).append(
      events + search.takeEvents(), first: tree.eventCount, totals: RunTotals(tree: search.tree))
    #expect(try workspace.verify(run: id).problems == [])
    #expect { try workspace.commit(run: id, node: NodeID(4)) } throws: { "\($0)" == "\(path): run \(id) has no node 4" }
  }

  @Test(arguments: [
    "DELETE FROM commits", "UPDATE commits SET entry = x'7B7D'", "UPDATE commits SET id = 'x'",
    "INSERT INTO commits (sequence, id, entry) VALUES (7, 'x', x'7B7D')",
    "INSERT OR REPLACE INTO commits (sequence, id, entry) VALUES (1, 'x', x'7B7D')",
  ]) func theLogIsAppendOnly(_ sql: String) throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, _) = try ScriptedDriver.run(in: workspace)
    let entry = try workspace.commit(run: id, node: NodeID(3))
    #expect { try workspace.write { try $0.execute(sql: sql) } } throws: {
      "\($0)".contains("the commit log is append-only")
    }
    #expect(try workspace.commitLog().entries == [entry])
  }

  @Test func damageToTheLogIsReported() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (id, _) = try ScriptedDriver.run(in: workspace)
    let one = try workspace.commit(run: id, node: NodeID(3))
    let two = try workspace.commit(run: id, node: NodeID(1))
    func change(_ sql: String) throws {
      try workspace.write { db in
        try db.execute(
          sql: "DROP TRIGGER IF EXISTS commits_are_never_changed; DROP TRIGGER IF EXISTS commits_are_never_deleted")
        try db.execute(sql: sql)
      }
    }
    try change(
      "UPDATE commits SET entry = CAST(replace(CAST(entry AS TEXT), '2 + 3 = 5', '2 + 3 = 4') AS BLOB) WHERE sequence = 2"
    )
    #expect(
      try workspace.verifyCommits() == ["entry 2 (\(two.id)): its content does not have the digest that its id states"])
    try change("DELETE FROM commits WHERE sequence = 1")
    #expect(try workspace.verifyCommits() == ["\(path): commit log: entry 1 is missing"])
    #expect { try workspace.commitLog() } throws: { "\($0)" == "\(path): commit log: entry 1 is missing" }
    try change("UPDATE commits SET sequence = 1, entry = x'7B7D'")
    #expect(try workspace.verifyCommits() == ["\(path): commit log: entry 1 is damaged: 'id' is missing"])
    #expect(one.id != two.id)
  }

  @Test func undosWithoutTargetAreReported() throws {
    let undo = try CommitEntry(previous: nil, at: "t", who: "w", note: "", content: .undo("\u{1B}"))
    #expect(try CommitLog([undo]).problems() == ["entry 1 (\(undo.id)): it undoes ␛, which is no active commit"])
    let astray = try CommitEntry(previous: "x", at: "t", who: "w", note: "", content: .undo("y"))
    #expect(try CommitLog([astray]).problems().count == 2)
  }

  @Test func everySiblingAndMarkIsKeptThroughJSON() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let problem = Problem(id: "h", question: "\u{1B}\0\u{202E}")
    let (id, _) = try ScriptedDriver.run(
      in: workspace, problem, options: [[0xFF, 0x0A], Array("\u{1B}[31m\0\n".utf8), Array("#### 1\n".utf8)])
    let entry = try workspace.commit(run: id, node: NodeID(1), judgement: Judgement(note: "\0\u{1B}\u{FFFE}"))
    #expect(entry.trajectory?.path == ["\u{FFFD}\n"] && entry.trajectory?.correct == nil)
    #expect(entry.trajectory?.steps[0].siblings[0].option == "\u{1B}[31m\0\n")
    #expect(try workspace.commitLog().entries == [entry])
    #expect(try workspace.verifyCommits() == [])
  }
}
