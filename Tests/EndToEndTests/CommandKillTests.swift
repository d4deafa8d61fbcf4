import Foundation
import Testing
import Vocabulary

/// `kill -9` in the middle of commands that write: what one has said stays, what was there before stays, and every log verifies.
///
/// Twenty kills, or as many as `ETASCOPE_KILLS` says.
@Suite(.ownThread)
struct CommandKillTests {
  /// Chosen anew for each run of the tests and said where one fails; `ETASCOPE_KILL_SEED` chooses it.
  private static let seed =
    ProcessInfo.processInfo.environment["ETASCOPE_KILL_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
  static let kills = ProcessInfo.processInfo.environment["ETASCOPE_KILLS"].flatMap(Int.init) ?? 20

  /// What is killed.
  private enum Act: CaseIterable { case search, longSearch, fork, commit, undo, importing, trees, migration }

  /// What a workspace holds, as its own commands say it.
  private struct Holdings: Equatable {
    /// Events by run.
    var runs: [String: Int] = [:]
    /// States by commit.
    var commits: [String: String] = [:]

    init(_ workspace: String) throws {
      for run in try Program.run(["run", "list", "--json", "--workspace", workspace]).objects {
        runs[try #require(run["run"] as? String)] = try #require(run["events"] as? Int)
      }
      for commit in try Program.run(["dataset", "list", "--json", "--workspace", workspace]).objects {
        commits[try #require(commit["id"] as? String)] = try #require(commit["state"] as? String)
      }
    }

    /// True where all of `earlier` is here still: runs grow, and a commit is taken back but never gone.
    func hold(_ earlier: Holdings) -> Bool {
      earlier.runs.allSatisfy { runs[$0.key, default: -1] >= $0.value }
        && earlier.commits.allSatisfy { commits[$0.key] != nil }
    }
  }

  /// The workspace's files as they are now: what a command writes changes them.
  private static func mark(_ workspace: String) -> [Int] {
    ["", "-wal"].flatMap { suffix -> [Int] in
      var status = stat()
      guard stat(workspace + suffix, &status) == 0 else { return [-1] }
      return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
  }

  /// Lets a command write so many times, then kills it. Returns its exit code and output where it had ended before, and how
  /// often it was seen to write.
  private static func work(
    _ arguments: [String], on workspace: String, killAfter writes: Int
  ) throws -> (output: String?, errors: String, writes: Int) {
    let child = try Program.start(arguments + ["--workspace", workspace])
    var (last, seen) = (mark(workspace), 0)
    while seen < writes, !child.hasEnded {
      let now = mark(workspace)
      if now != last { (last, seen) = (now, seen + 1) }
      sched_yield()
    }
    child.signal(SIGKILL)
    return (child.wait() == 0 ? child.output : nil, child.errors, seen)
  }

  /// False where the program says that there is no workspace at `path`.
  private static func isMade(_ path: String) throws -> Bool {
    let listed = try Program.run(["run", "list", "--workspace", path])
    return !(listed.code == 1 && listed.errors == "etascope: \(path): there is no workspace\n")
  }

  @Test func whatACommandHasSaidIsThereAfterAKill() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problem = try scratch.file("p.jsonl", ExplorerSession.babble + "\n")
    let search = ["search", problem, "--json", "--simulations"]
    let first = try Program.run(search + ["12", "--workspace", workspace])
    try #require(first.code == 0, "\(first.errors)")
    // Another program's trees: all of them become runs, or none.
    let lines = (0..<400).map { #"{"question": "Q\#($0)", "children": [{"text": "a", "visits": 1, "value": 0.5}]}"# }
    let trees = try scratch.file("trees.jsonl", lines.joined(separator: "\n"))
    var random = SplitMix(seed: Self.seed)
    // Writes of a whole command, as far as they were seen: what a kill's moment is drawn from, and a little more, so that some
    // commands come to their end.
    var most: [Act: Int] = [:]
    var (killed, acknowledged, tries) = (0, 0, 0)
    while killed < Self.kills {
      tries += 1
      let before = try Holdings(workspace)
      let act = Act.allCases[random.below(Act.allCases.count)]
      let runs = before.runs.keys.sorted(), commits = before.commits.filter { $0.value == "active" }.keys.sorted()
      let run = runs[random.below(runs.count)]
      var target = workspace
      let arguments: [String]
      switch act {
      case .search: arguments = search + ["12"]
      // Long enough for old events to be packed while new ones come.
      case .longSearch: arguments = search + ["900", "--set", "rollout.count=0"]
      case .fork: arguments = ["run", "fork", run, "--at", "40"]
      case .commit: arguments = ["dataset", "commit", run]
      case .undo: arguments = commits.isEmpty ? ["dataset", "commit", run] : ["dataset", "undo", commits[0]]
      case .importing:
        target = scratch.path("t\(tries).sqlite")
        arguments = ["run", "import", workspace]
      case .trees:
        target = scratch.path("o\(tries).sqlite")
        arguments = ["import", trees]
      case .migration:
        target = scratch.path("m\(tries).sqlite")
        let old = Program.repository.appending(path: "Tests/WorkspaceTests/Fixtures/Version2/workspace.sql")
        let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())"
        let made = try Child(
          "/usr/bin/env", ["python3", "-c", script, target, old.path(percentEncoded: false)],
          environment: Program.environment([:]))
        try #require(made.wait() == 0, "\(made.errors)")
        arguments = ["run", "list"]
      }
      let writes = random.below(max(act == .longSearch ? 200 : 8, most[act, default: 0]) * 5 / 4)
      let done = try Self.work(arguments, on: target, killAfter: writes)
      most[act] = max(most[act, default: 0], done.writes)
      if done.output == nil { killed += 1 }

      let place = "seed \(Self.seed), kill \(killed): \(act) after \(writes) writes: \(done.errors)"
      if [.importing, .trees].contains(act), try !Self.isMade(target) {
        // What had not begun to be there is no workspace, and the same import makes it.
        try #require(done.output == nil, "\(place)")
        let again = try Program.run(arguments + ["--workspace", target])
        #expect(again.code == 0, "\(place)\(again.errors)")
      }

      let verified = try Program.run(["run", "verify", "--workspace", target])
      #expect(verified.code == 0, "\(place)\(verified.output)\(verified.errors)")
      let commitsVerified = try Program.run(["dataset", "verify", "--workspace", target])
      #expect(commitsVerified.code == 0, "\(place)\(commitsVerified.output)\(commitsVerified.errors)")
      let after = try Holdings(target)
      if target == workspace {
        #expect(after.hold(before), "\(place)")
      } else if act == .trees {
        #expect([0, lines.count].contains(after.runs.count), "\(place)")
      } else if act == .importing {
        #expect(after.runs.isEmpty && after.commits.isEmpty || after == before, "\(place)")
      }
      guard let output = done.output else { continue }
      acknowledged += 1
      switch act {
      case .search, .longSearch:
        let said = try #require(Program.Outcome(output: output, errors: "", code: 0).objects.last)
        #expect(after.runs[try #require(said["run"] as? String), default: 0] > 0, "\(place)")
      case .fork: #expect(after.runs.count == before.runs.count + 1, "\(place)")
      case .commit: #expect(after.commits.contains { output.hasPrefix($0.key) }, "\(place)")
      case .undo: #expect(after != before, "\(place)")
      case .importing: #expect(after == before, "\(place)")
      case .trees: #expect(after.runs.count == lines.count, "\(place)")
      case .migration: #expect(!after.runs.isEmpty, "\(place)")
      }
    }
    print("\(killed) kills, \(acknowledged) acknowledged, seed \(Self.seed)")
  }
}
