import Foundation
import Testing
import Workspace

/// `run show --why`: reasons from the command line.
@Suite(.ownThread)
struct WhyCommandTests {
  private func searched(_ scratch: Scratch) throws -> (workspace: [String], run: String, events: [[String: Any]]) {
    let workspace = ["--workspace", scratch.path("w.sqlite")]
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let result = try Program.run(
      ["search", problem, "--json", "--simulations", "12", "--set", "width.root.minimum=3", "--set", "rollout.count=1"]
        + workspace)
    let run = try #require(result.object?["run"] as? String, "\(result.errors)")
    return (workspace, run, try Program.run(["run", "replay", run, "--json"] + workspace).objects)
  }

  @Test func reasonsOfAPastSelectionAndOfTheNext() throws {
    let scratch = try Scratch()
    let (workspace, run, events) = try searched(scratch)
    // The last selection that had a choice, and the child that it did not take.
    func descent(_ event: Int) throws -> [String: Any] {
      let result = try Program.run(["run", "show", run, "--why", "0", "--at", "\(event)", "--json"] + workspace)
      return try #require((result.object?["why"] as? [String: Any])?["descent"] as? [String: Any], "\(result.errors)")
    }
    func choice(_ descent: [String: Any]) -> [String: Any]? {
      (descent["levels"] as? [[String: Any]])?.last { $0["margin"] != nil }
    }
    let selections = events.filter { $0["phase"] as? String == "select" }.compactMap { $0["event"] as? Int }
    let last = try #require(try selections.last { choice(try descent($0)) != nil })
    let taken = try #require(choice(try descent(last)))
    let (winner, loser) = (try #require(taken["winner"] as? Int), try #require(taken["runnerUp"] as? Int))

    let past = try Program.run(["run", "show", run, "--why", "\(loser)", "--at", "\(last)", "--json"] + workspace)
    #expect(past.code == 0 && past.lines.count == 1, "\(past.errors)")
    let why = try #require(past.object?["why"] as? [String: Any])
    #expect(why["node"] as? Int == loser && why["moment"] as? Int == last)
    let explained = try #require(why["descent"] as? [String: Any])
    #expect(explained["event"] as? Int == last && explained["agrees"] as? Bool == true)
    #expect((why["selection"] as? [String: Any])?["winner"] as? Int == winner)
    // The event says where the descent ended.
    let selected = (events[last - 1]["data"] as? [String: Any])?["selected"] as? [String: Any]
    #expect(selected?["node"] as? Int == explained["node"] as? Int && selected != nil)

    let words = try Program.run(["run", "show", run, "--why", "\(loser)", "--at", "\(last)"] + workspace)
    #expect(words.code == 0 && words.output.contains("Event \(last) selected node"))
    #expect(words.output.contains("Node \(winner) leads node \(loser) by"))
    #expect(words.lines.contains { $0.hasPrefix(">") && $0.contains(" \(loser) ") })
    #expect(words.output.contains("Node \(loser) was drawn at event"))

    let now = try Program.run(["run", "show", run, "--why", "1"] + workspace)
    #expect(now.code == 0 && now.output.contains("would be selected next"))
    let root = try Program.run(["run", "show", run, "--why", "0", "--json"] + workspace)
    #expect((root.object?["why"] as? [String: Any])?["selection"] == nil && root.code == 0)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let scratch = try Scratch()
    let (workspace, run, events) = try searched(scratch)
    for (arguments, code, said) in [
      (["--why", "9999"], 1, "there is no node 9999 at event \(events.count)"),
      (["--why=-3"], 1, "there is no node -3"),
      (["--why", "99999999999"], 1, "there is no node 99999999999"),
      (["--why", "1", "--at", "\(events.count + 1)"], 1, "expected an event from 0 to \(events.count)"),
      (["--why", "1", "--at", "0"], 1, "there is no node 1 at event 0"),
      (["--why", "x"], 2, "--why"), (["--at", "3"], 2, "--why NODE"),
    ] {
      let result = try Program.run(["run", "show", run] + arguments + workspace)
      #expect(result.code == Int32(code), "\(arguments)")
      #expect(result.message?.contains(said) == true, "\(result.errors)")
    }
  }
}
