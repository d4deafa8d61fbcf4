import Foundation
import Testing
import Vocabulary

/// `kill -9` in the middle of a search loses nothing that was shown.
@Suite(.ownThread)
struct KillTests {
  /// Chosen anew for each run of the tests and said where one fails, so that a failure can be run again.
  private static let seed = UInt64.random(in: 0...999_999)

  /// Twenty kills, or as many as `ETASCOPE_KILLS` says.
  @Test func aRunSurvivesKillsAtRandomMoments() throws {
    let session = try ExplorerSession(ExplorerSession.babble)
    let options =
      "--simulations 1000000 --set width.root.minimum=900 --set width.root.maximum=1000 --set rollout.count=1"
    try session.open(options)
    try session.step(2)
    try session.terminal.press("b", "c")
    try session.wait("the commit form") { $0.text.contains("Enter commits") }
    try session.terminal.press("Enter")
    try session.wait("the commit") { $0.text.contains("committed as") }

    var random = SplitMix(seed: Self.seed)
    var shown = 2
    for round in 1...CommandKillTests.kills {
      let goal = shown + 1 + random.below(12)
      try session.terminal.press("Space")
      // The simulation that the last kill cut short is finished on opening, before the key is read: the count alone does
      // not say that the search runs.
      let last = try session.wait("simulation \(goal) of round \(round), seed \(Self.seed)") {
        ($0.simulations ?? 0) >= goal && $0.state == "running"
      }
      shown = try #require(last.simulations)
      #expect(kill(try session.terminal.program(), SIGKILL) == 0)
      try session.terminal.restart()

      let verified = try session.program("run", "verify")
      #expect(verified.code == 0, "seed \(Self.seed), round \(round): \(verified.output)\(verified.errors)")
      #expect(try session.program("dataset", "list", "--json").lines.count == 1, "seed \(Self.seed), round \(round)")
      let reopened = try session.open(options)
      let simulations = try #require(reopened.simulations)
      #expect(simulations >= shown, "seed \(Self.seed), round \(round): what was shown is in the journal")
      shown = simulations
    }
    try session.quit()
    #expect(try session.program("run", "list").lines.count == 1, "every round went on with the same run")
    #expect(try session.program("dataset", "verify").code == 0)
  }

  @Test func aKilledHeadlessSearchLeavesRunsThatAgree() throws {
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let problem = try scratch.file("p.jsonl", ExplorerSession.babble + "\n")
    var random = SplitMix(seed: Self.seed)
    for _ in 1...3 {
      let enough = 1 + random.below(60)
      let search = try Program.start(
        ["search", problem, "--workspace", workspace, "--simulations", "1000000", "--set", "width.root.maximum=1000"])
      let runs = { try Program.run(["run", "list", "--json", "--workspace", workspace]).objects }
      let before = try runs().count
      let found = try Waiting.until {
        let all = try runs()
        return all.count > 0 && all.count >= before && (all.last?["events"] as? Int ?? 0) > enough
      }
      #expect(found, "seed \(Self.seed)")
      search.signal(SIGKILL)
      #expect(search.wait() == 128 + SIGKILL)
      #expect(try Program.run(["run", "verify", "--workspace", workspace]).code == 0, "seed \(Self.seed)")
    }
  }
}
