import Foundation
import Testing
import Workspace

/// Replaying, forking and comparing runs from the command line.
@Suite(.ownThread)
struct TimeCommandTests {
  /// A workspace with a run of eight simulations.
  private func searched(_ scratch: Scratch) throws -> (workspace: [String], run: String, events: Int) {
    let workspace = ["--workspace", scratch.path("w.sqlite")]
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let result = try Program.run(["search", problem, "--json", "--simulations", "8"] + workspace)
    let run = try #require(result.object?["run"] as? String, "\(result.errors)")
    return (workspace, run, try #require(try export(run, workspace)["events"] as? Int))
  }

  private func export(_ run: String, _ workspace: [String]) throws -> [String: Any] {
    try #require(try Program.run(["run", "export", run] + workspace).object)
  }

  @Test func replaySaysWhatHappened() throws {
    let scratch = try Scratch()
    let (workspace, run, events) = try searched(scratch)
    let all = try Program.run(["run", "replay", run, "--json"] + workspace)
    #expect(all.code == 0)
    #expect(all.objects.count == events && all.lines.count == events)
    #expect(all.objects.enumerated().allSatisfy { $1["event"] as? Int == $0 + 1 })
    #expect(all.objects.allSatisfy { $0["sentence"] is String && $0["data"] is [String: Any] })
    let phases = all.objects.compactMap { $0["phase"] as? String }
    #expect(phases.count { $0 == "backUp" } == 8)
    #expect(phases.count { $0 == "select" } >= 8, "a descent that finds nothing new is not backed up")

    let words = try Program.run(["run", "replay", run, "--to", "12"] + workspace)
    #expect(words.code == 0 && words.lines.count == 12)
    let third = try #require(words.lines.first { $0.hasPrefix("4\t") })
    #expect(third.hasPrefix("4\tselect\tnode 0 is selected"))
    #expect(words.errors.contains("12 of \(events) events"))
    #expect(try Program.run(["run", "replay", run, "--to=-1"] + workspace).code == 2)
  }

  @Test func aForkGoesOnWithOtherSettings() throws {
    let scratch = try Scratch()
    let (workspace, run, _) = try searched(scratch)
    let result = try Program.run(
      ["run", "fork", run, "--at", "30", "--seed", "9", "--simulations", "12", "--json"]
        + ["--set", "selection.exploration=2"] + workspace)
    #expect(result.code == 0, "\(result.errors)")
    let object = try #require(result.object)
    #expect(object["simulations"] as? Int == 12 && object["stopped"] as? String == "simulations")
    let fork = try #require(object["run"] as? String)
    let header = try #require(try export(fork, workspace)["header"] as? [String: Any])
    let origin = try #require(header["forkedFrom"] as? [String: Any])
    #expect(origin["run"] as? String == run && origin["event"] as? Int == 30)
    #expect(header["seed"] as? Int == 9)

    let difference = try #require(try Program.run(["run", "diff", run, fork, "--json"] + workspace).object)
    let parting = try #require(difference["parting"] as? [String: Any])
    #expect((parting["at"] as? Int ?? 0) >= 30)
    let settings = try #require(difference["settings"] as? [[String: Any]])
    #expect(settings.compactMap { $0["at"] as? String } == ["seed", "limit.simulations", "selection.exploration"])
    #expect(try Program.run(["run", "verify"] + workspace).code == 0)
  }

  /// The same seed, models and parameters: the fork becomes the run again.
  @Test func aForkWithoutSettingsBecomesTheSameRun() throws {
    let scratch = try Scratch()
    let (workspace, run, events) = try searched(scratch)
    for at in [0, 17] {
      let result = try Program.run(["run", "fork", run, "--at", "\(at)", "--json"] + workspace)
      let fork = try #require(result.object?["run"] as? String, "\(result.errors)")
      let difference = try Program.run(["run", "diff", run, fork] + workspace)
      #expect(difference.output.contains("the runs are the same, event by event"), "\(difference.output)")
    }
    let whole = try Program.run(["run", "fork", run, "--at", "\(events)", "--json"] + workspace)
    #expect(whole.object?["simulations"] as? Int == 8, "a fork at its limit is left as it is")
  }

  @Test func aForkMayBeLeftToTheExplorer() throws {
    let scratch = try Scratch()
    let (workspace, run, events) = try searched(scratch)
    let made = try #require(
      try Program.run(["run", "fork", run, "--at", "20", "--no-search", "--json"] + workspace).object)
    let fork = try #require(made["run"] as? String)
    #expect(made["forkedFrom"] as? String == run && made["event"] as? Int == 20)
    #expect(try export(fork, workspace)["events"] as? Int == 20)
    let words = try Program.run(["run", "diff", run, fork] + workspace)
    #expect(
      words.output.contains("the first 20 events are the same; then") && words.output.contains("the journal ends"))
    #expect(events > 20)
    let whole = try #require(try Program.run(["run", "fork", run, "--no-search", "--json"] + workspace).object)
    #expect(whole["event"] as? Int == events, "all of it where nothing else is said")
  }

  @Test func whatCannotBeForkedOrComparedIsNamed() throws {
    let scratch = try Scratch()
    let (workspace, run, events) = try searched(scratch)
    for (arguments, code, said) in [
      (["fork", run, "--at", "\(events + 1)"], 1, "expected an event from 0 to \(events)"),
      (["fork", run, "--at=-1"], 1, "expected an event from 0 to \(events)"),
      (["fork", "no\u{1B}[2Jsuch", "--at", "1"], 1, "there is no run"),
      (["fork", run, "--at", "1", "--set", "no.such=1"], 2, "unknown parameter 'no.such'"),
      (["fork", run, "--at", "1", "--set", "depth.maximum"], 2, "expected PARAMETER=VALUE"),
      (["fork", run, "--at", "1", "--seed", "x"], 2, "seed: expected"), (["fork"], 2, "id"),
      (["diff", run], 2, "second"), (["diff", run, "nothing"], 1, "there is no run 'nothing'"),
      (["replay", "nothing"], 1, "there is no run 'nothing'"),
    ] {
      let result = try Program.run(["run"] + arguments + workspace)
      #expect(result.code == Int32(code), "\(arguments)")
      #expect(result.message?.contains(said) == true, "\(result.errors)")
    }
    #expect(try Program.run(["run", "list", "--json"] + workspace).lines.count == 1)
  }
}
