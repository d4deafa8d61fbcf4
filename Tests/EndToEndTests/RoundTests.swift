import Foundation
import Testing

/// Whole rounds of self-improvement through the program, with the embedded models: what is killed goes on, a person's gate waits, and
/// what cannot be done is said.
@Suite(.ownThread)
struct RoundTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let stages = [
    "imagine", "search", "filter", "gate", "commit", "export", "train", "evaluate", "promote",
  ]

  /// A small round: a few problems, a few simulations, two steps of training.
  private func arguments(_ workspace: String, _ more: [String] = []) -> [String] {
    [
      "improve", Program.problems("train"), "--first", "6", "--held-out", Program.problems("dev"), "--first-held-out",
      "6",
      "--imagine", "4", "--kinds", "numbers", "--preset", "etascope", "--simulations", "6", "--rule", "score>=0.1",
      "--samples", "2", "--max-steps", "2", "--batch", "4", "--name", "r", "--jobs", "1", "--workspace", workspace,
    ] + more
  }

  private func rounds(_ workspace: String) throws -> [[String: Any]] {
    try Program.run(["round", "list", "--json", "--workspace", workspace]).objects
  }

  private func items(_ stage: String, _ workspace: String) throws -> [String] {
    try Program.items(of: stage, of: "r-1", workspace)
  }

  /// The rows that were exported, without the ids of commits and runs.
  private func rows(_ workspace: String) throws -> [String] {
    let text = try String(contentsOfFile: workspace + ".rounds/r-1/export/data/train.jsonl", encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      var row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      (row["commit"], row["run"]) = (nil, nil)
      return String(decoding: try JSONSerialization.data(withJSONObject: row, options: .sortedKeys), as: UTF8.self)
    }
  }

  private func weights(_ workspace: String) throws -> Data {
    try Data(contentsOf: URL(filePath: workspace + ".rounds/r-1/model/model.safetensors"))
  }

  @Test func aRoundKilledInEveryStageEndsAsOneThatWasNot() throws {
    let whole = scratch.path("a whole één.sqlite")
    let outcome = try Program.run(arguments(whole))
    #expect(outcome.code == 0, "\(outcome.errors)")

    let killed = scratch.path("killed & gone on.sqlite")
    for (index, stage) in Self.stages.enumerated() {
      let child = try Program.start(
        index == 0 ? arguments(killed, ["--json"]) : ["round", "resume", "r-1", "--json", "--workspace", killed])
      // An event is printed when it is kept: the stage has begun, and none of it is done, or some.
      // The last stage takes some hundredths of a second.
      let begun = Waiting.until(lookingEvery: 0.001) { child.output.contains("\"began\":{\"_0\":\"\(stage)\"") }
      #expect(begun, "\(stage): \(child.output.suffix(2000)) \(child.errors)")
      child.signal(SIGKILL)
      #expect(child.wait() == 128 + SIGKILL, "\(stage): it ended before it was killed")
    }
    let resumed = try Program.run(["round", "resume", "r-1", "--workspace", killed])
    #expect(resumed.code == 0, "\(resumed.errors)")

    for stage in Self.stages { #expect(try items(stage, killed) == items(stage, whole), "\(stage)") }
    #expect(try rows(killed) == rows(whole))
    #expect(try weights(killed) == weights(whole), "the training came to the same weights")
    let log = try Program.run(["dataset", "list", "--json", "--workspace", killed]).objects
    #expect(try log.count == Program.run(["dataset", "list", "--json", "--workspace", whole]).lines.count)
    #expect(try Program.run(["dataset", "verify", "--workspace", killed]).code == 0)
    #expect(try Program.run(["run", "verify", "--workspace", killed]).code == 0)
    let runs = try Program.run(["run", "list", "--json", "--workspace", killed]).lines.count
    #expect(try runs == Program.run(["run", "list", "--json", "--workspace", whole]).lines.count, "no search twice")
  }

  @Test func aPersonsGateWaitsAndIsObeyed() throws {
    let path = scratch.path("w.sqlite")
    let first = try Program.run(arguments(path, ["--gate", "person", "--skip", "train,evaluate,promote"]))
    #expect(first.code == 0, "\(first.errors)")
    #expect(first.errors.contains("waits for a person"))
    let candidates = try Program.run(["round", "show", "r-1", "--stage", "filter", "--workspace", path]).objects
    let passed = candidates.indices.filter { candidates[$0]["passed"] as? Bool == true }
    try #require(passed.count >= 2)

    // Nothing is committed before somebody says so.
    #expect(try Program.run(["dataset", "list", "--workspace", path]).lines.isEmpty)
    let again = try Program.run(["round", "resume", "r-1", "--workspace", path])
    #expect(again.code == 0 && again.errors.contains("waits for a person"))

    #expect(
      try Program.run(["round", "refuse", "r-1", "\(passed[0] + 1)", "--note", "no", "--workspace", path]).code == 0)
    #expect(try Program.run(["round", "accept", "r-1", "\(passed[1] + 1)", "--workspace", path]).code == 0)
    let astray = try Program.run(["round", "accept", "r-1", "999", "--workspace", path])
    #expect(astray.code == 2 && astray.message?.contains("expected places from 1 to") == true)
    #expect(try Program.run(["round", "approve", "r-1", "--workspace", path]).code == 0)
    let twice = try Program.run(["round", "resume", "r-1", "--workspace", path])
    #expect(twice.code == 0, "\(twice.errors)")

    let commits = try Program.run(["dataset", "list", "--json", "--workspace", path]).objects
    #expect(commits.count == passed.count - 1, "what a person refused is not committed")
    #expect(commits.count { $0["verdict"] as? String == "good" } == 1, "a verdict is a person's only")
    let late = try Program.run(["round", "accept", "r-1", "1", "--workspace", path])
    #expect(late.code == 1 && late.message?.contains("its gate is closed") == true)
  }

  @Test func aRefusedRoundEndsThere() throws {
    let path = scratch.path("w.sqlite")
    _ = try Program.run(arguments(path, ["--gate", "person"]))
    #expect(try Program.run(["round", "reject", "r-1", "--note", "too easy", "--workspace", path]).code == 0)
    let resumed = try Program.run(["round", "resume", "r-1", "--workspace", path])
    #expect(resumed.code == 0 && resumed.output.contains("refused by"))
    #expect(try Program.run(["dataset", "list", "--workspace", path]).lines.isEmpty)
    let word = try Program.run(["round", "approve", "r-1", "--workspace", path])
    #expect(word.code == 1 && word.message?.contains("it was refused") == true)
  }

  @Test func theReportComesFromTheWorkspace() throws {
    let path = scratch.path("w.sqlite")
    let outcome = try Program.run(arguments(path, ["--arms", "greedy", "--report", scratch.path("report")]))
    #expect(outcome.code == 0, "\(outcome.errors)")
    let page = try String(contentsOfFile: scratch.path("report/README.md"), encoding: .utf8)
    #expect(
      page.contains("# Rounds of r") && page.contains("| greedy | after |") && page.contains("| greedy | greedy |"))
    #expect(page.contains("![Accuracy by round](accuracy.svg)"))
    let printed = try Program.run(["round", "report", "--workspace", path])
    #expect(page.hasPrefix(printed.output.trimmingCharacters(in: .newlines)), "the same tables, printed again")
    let line = try Program.run(["round", "list", "--workspace", path]).output.split(separator: "\t")
    #expect(line.count >= 4 && line[0] == "r-1", "fields are divided by tabs: \(line)")
    let changes = try Program.run(["round", "diff", "r-1", "--json", "--workspace", path])
    #expect((changes.object?["bothRight"] as? Int) != nil, "\(changes.output)")
  }

  /// A command that does a stage reads what came before and is held to the form of what it writes.
  @Test func aCommandDoesAStage() throws {
    let path = scratch.path("w.sqlite")
    // Passes what the program's own filter would have: the first searched problem's candidates, made by hand.
    let mine = try scratch.file(
      "filter.sh",
      """
      set -e
      test "$ETASCOPE_STAGE" = filter
      test "$(wc -l < "$1/search.jsonl")" -ge 6
      echo '{"done":1,"all":2,"message":"half"}'
      echo 'not for the program' >&2
      : > "$2"
      """)
    let outcome = try Program.run(
      arguments(path, ["--stage", "filter=sh \(mine)", "--skip", "commit,export,train,evaluate,promote"]))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("done by a command"))

    let broken = scratch.path("broken.sqlite")
    let bad = try scratch.file("bad.sh", "echo '{\"problem\": 1}' > \"$2\"\n")
    let refused = try Program.run(arguments(broken, ["--stage", "filter=sh \(bad)"]))
    #expect(refused.code == 1)
    #expect(refused.errors.contains("output.jsonl:1: expected what `round show --stage filter` prints"))
    let failing = scratch.path("failing.sqlite")
    let ends = try Program.run(arguments(failing, ["--stage", "search=echo no luck >&2; exit 7;:"]))
    #expect(ends.code == 1 && ends.errors.contains("exit code 7: no luck"), "\(ends.errors)")
    let never = try Program.run(arguments(scratch.path("n.sqlite"), ["--stage", "commit=true"]))
    #expect(never.code == 2 && never.message?.contains("--stage: expected one of imagine, search") == true)
  }

  /// An executor's searches are ours: nothing is searched again, and the answers are those of this process.
  @Test func anExecutorsSearchesAreMerged() throws {
    let here = scratch.path("here.sqlite")
    let there = scratch.path("there.sqlite")
    let skips = ["--skip", "imagine,filter,gate,commit,export,train,evaluate,promote"]
    #expect(try Program.run(arguments(here, skips)).code == 0)
    let parts =
      "for k in 1 2; do {program} search {problems} --shard $k/{shards} --jobs 1 --workspace {parts}/$k.sqlite {options} || exit; done"
    let outcome = try Program.run(arguments(there, skips + ["--executor", parts, "--shards", "2"]))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try items("search", there) == items("search", here))
    #expect(try Program.run(["run", "list", "--workspace", there]).lines.count == 6, "each problem was searched once")
    let none = try Program.run(arguments(scratch.path("none.sqlite"), skips + ["--executor", "true"]))
    #expect(none.code == 1 && none.errors.contains("ended without a workspace"))
  }

  @Test func theSearchesOfAnEvaluationGoToTheExecutorToo() throws {
    let (here, there) = (scratch.path("here.sqlite"), scratch.path("there.sqlite"))
    let more = ["--samples", "0", "--searches", "3,5", "--searched-problems", "2", "--skip", "imagine"]
    #expect(try Program.run(arguments(here, more)).code == 0)
    let log = scratch.path("log")
    let command = "wc -l <{problems} >>'\(log)'; {program} search {problems} --jobs 1 --workspace {workspace} {options}"
    let outcome = try Program.run(arguments(there, more + ["--executor", command]))
    #expect(outcome.code == 0, "\(outcome.errors)")
    // The round's problems, then two held-out ones for each policy and budget.
    #expect(try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") == ["6", "2", "2", "2", "2"])
    for stage in ["search", "evaluate"] { #expect(try items(stage, there) == items(stage, here)) }
    let runs = try [here, there].map { try Program.run(["run", "list", "--json", "--workspace", $0]).objects.count }
    #expect(runs == [14, 14], "each was searched once")
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let path = scratch.path("w.sqlite")
    func message(_ more: String...) throws -> String {
      let outcome = try Program.run(arguments(path, more))
      #expect(outcome.code == 2, "\(more): \(outcome.errors)")
      return outcome.message ?? ""
    }
    #expect(try message("--rule", "scor>1").contains("--rule 'scor>1'"))
    #expect(try message("--gate", "nobody").contains("--gate: expected one of auto, person"))
    #expect(try message("--difficulty", "wide").contains("--difficulty: expected two shares"))
    #expect(try message("--audit", "500%").contains("--audit: expected a share"))
    #expect(try message("--skip", "lunch").contains("--skip: expected one of imagine"))
    #expect(try message("--arms", "silver").contains("--arms: expected some of gold"))
    #expect(try message("--held-out", Program.problems("train")).contains("expected none that is searched"))
    #expect(try Program.run(["improve", "--workspace", path]).message?.contains("--demo") == true)
    let none = try Program.run(["round", "show", "x", "--workspace", path])
    #expect(none.code == 1 && none.message != nil)
  }
}
