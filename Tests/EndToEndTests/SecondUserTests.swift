import Foundation
import Testing

/// Another user of the machine: the right to read is enough to look, and never enough to stop, spoof, delete or slow the owner.
@Suite(.ownThread)
struct SecondUserTests {
  private let scratch: Scratch
  private let workspace: String
  private let problem: String
  /// The workspace's own folder.
  private let folder: String

  init() throws {
    scratch = try Scratch()
    chmod(scratch.url.path(percentEncoded: false), 0o755)
    folder = scratch.path("lab")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    workspace = folder + "/w.sqlite"
    problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
  }

  private func own(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments + ["--workspace", workspace])
  }

  /// Two runs and a commit, closed cleanly.
  private func closedWorkspace() throws -> String {
    for seed in ["1", "2"] { #expect(try own("search", problem, "--simulations", "4", "--seed", seed).code == 0) }
    let run = try #require(try own("run", "list", "--json").object?["run"] as? String)
    #expect(try own("dataset", "commit", run, "--best").code == 0)
    return run
  }

  private func other(_ arguments: String, lines: [String] = []) throws -> Program.Outcome {
    try OtherUser.run(arguments + " --workspace \(workspace)", lines: lines, in: scratch)
  }

  /// Every file beside the workspace, with its bytes, owner and mode.
  private func everything() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var info = stat()
      lstat("\(folder)/\(name)", &info)
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)").map { "\($0.hashValue)" } ?? "folder"
      found[name] = "\(info.st_uid) \(String(info.st_mode, radix: 8)) \(bytes)"
    }
    return found
  }

  /// Commands that only look.
  private func lookingCommands(_ run: String) -> [String] {
    [
      "run list", "run list --json", "run show \(run)", "run replay \(run)", "run export \(run)",
      "run export \(run) --format markdown", "run verify", "dataset list", "dataset stats",
      "dataset verify", "dataset agreement", "dataset critics --json", "round list", "run diff seed=1 seed=2",
      "follow --plain \(run)",
    ]
  }

  @Test(
    .enabled(if: OtherUser.isThere, "\(OtherUser.reason)"),
    arguments: [(0o755, 0), (0o750, 65534), (0o777, 0), (0o1777, 0)] as [(mode_t, gid_t)])
  func theRightToReadIsEnough(_ mode: mode_t, _ group: gid_t) throws {
    let run = try closedWorkspace()
    chown(folder, 0, group)
    chmod(folder, mode)
    // As the owner leaves it, and after the owner has looked as well.
    for _ in 1...2 {
      let before = try everything()
      for command in lookingCommands(run) {
        let result = try other(command, lines: ["quit"])
        #expect(result.code == 0, "\(command): \(result.errors)")
        #expect(!result.errors.contains("etascope:"), "\(command): \(result.errors)")
      }
      #expect(try other("run list --json").objects.count == 2)
      #expect(try other("dataset list --json").objects.count == 1)
      #expect(try other("follow --plain \(run)", lines: ["quit"]).output.contains("4 simulations"))
      #expect(try everything() == before, "nothing is made, changed or left beside the workspace")
      #expect(try own("run", "list").code == 0)
    }
  }

  @Test(.enabled(if: OtherUser.isThere, "\(OtherUser.reason)"))
  func aFolderThatIsClosedSaysSo() throws {
    let run = try closedWorkspace()
    chmod(folder, 0o700)
    for command in lookingCommands(run) {
      let result = try other(command, lines: ["quit"])
      #expect(result.code == 1, "\(command)")
      #expect(result.errors.contains(workspace), "\(command): \(result.errors)")
    }
  }

  /// Whoever may only read is told so by everything that would write, and nothing is changed.
  @Test(.enabled(if: OtherUser.isThere, "\(OtherUser.reason)"))
  func theRightToReadIsNotEnoughToWrite() throws {
    let run = try closedWorkspace()
    // They may make files in the folder, and must not: what is theirs there would stand in the owner's way.
    chmod(folder, 0o777)
    let before = try everything()
    for command in [
      "search \(problem) --simulations 2", "run fork \(run) --at 1", "dataset commit \(run) --best",
      "dataset undo 0", "run import \(workspace)", "explore --plain \(problem)",
    ] {
      let result = try other(command, lines: ["quit"])
      #expect(result.code == 1, "\(command)")
      #expect(
        result.message == "etascope: \(workspace): the workspace cannot be written: Permission denied", "\(command)")
    }
    #expect(try everything() == before)
    #expect(try own("dataset", "commit", run, "--best", "--note", "again").code == 0)
  }

  /// What somebody is at work on is seen as it comes, without a lock that the owner could feel.
  @Test(.enabled(if: OtherUser.isThere, "\(OtherUser.reason)"))
  func whatTheOwnerDoesIsSeen() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    chmod(session.scratch.url.path(percentEncoded: false), 0o755)
    try session.open("--votes")
    try session.step(2)
    let follower = try TerminalSession(width: 100, height: 30)
    let program = Program.executable.path(percentEncoded: false)
    try follower.command("clear; \(OtherUser.prefix) \(program) follow --workspace \(session.workspace)")
    try follower.wait("the run") { ExplorerScreen($0).simulations == 2 && $0.contains("following the presenter") }
    try session.step(3)
    try follower.wait("what is new") { ExplorerScreen($0).simulations == 5 }
    try session.terminal.press("j")
    let there = try #require(try session.wait("a child") { ($0.selected ?? 0) > 0 }.selected)
    try follower.wait("the presenter's node") { ExplorerScreen($0).selected == there }

    try follower.press("V")
    try session.wait("the vote") { $0.text.contains("votes: node \(there) x1") }
    for name in ["w.sqlite-lock", "w.sqlite-shm"] {
      var info = stat()
      #expect(lstat(session.scratch.path(name), &info) == 0 && info.st_mode & 0o777 == 0o600, "\(name)")
    }

    // A presenter who is killed presents no more, whatever was left behind.
    #expect(kill(try session.terminal.program(), SIGKILL) == 0)
    try follower.wait("nobody") { $0.contains("nobody presents") }
    try follower.press("V")
    try follower.wait("no vote") { $0.contains("votes are off: nobody presents this run") }
    try session.terminal.restart()
    #expect(try session.program("run", "fork", "babble", "--at", "1").code == 0)
    #expect(!FileManager.default.fileExists(atPath: session.workspace + "-stage"), "who writes next clears up")
    try follower.press("q")
  }

  /// Holds a lock on every byte of every file that it may open, as a reader can.
  private static let holdsLocks = """
    import fcntl, os, sys, time
    held = []
    for folder, _, names in os.walk(sys.argv[1]):
        for name in names:
            try: file = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NONBLOCK)
            except OSError: continue
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            held.append(name)
    print(sorted(held), flush=True)
    time.sleep(600)
    """

  @Test(.enabled(if: OtherUser.hasPython, "\(OtherUser.reason), and Python"))
  func nobodyWhoReadsStopsTheOwner() throws {
    let run = try closedWorkspace()
    let explorer = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    chmod(explorer.scratch.url.path(percentEncoded: false), 0o755)
    try explorer.open("--votes")
    try explorer.step(2)
    for (place, isLive) in [(folder, false), (explorer.scratch.url.path(percentEncoded: false), true)] {
      let stranger = try OtherUser.python(Self.holdsLocks, place)
      #expect(Waiting.until { !stranger.output.isEmpty })
      #expect(stranger.output.contains("w.sqlite'") && !stranger.output.contains("lock"), "\(stranger.output)")
      if isLive {
        try explorer.step(3)
        try explorer.terminal.press("b", "c")
        try explorer.wait("the commit form") { $0.text.contains("Enter commits") }
        try explorer.terminal.press("Enter")
        try explorer.wait("the commit") { $0.text.contains("committed as") }
        try explorer.quit()
        #expect(try explorer.program("run", "verify").code == 0)
      } else {
        #expect(try own("search", problem, "--simulations", "3", "--seed", "9").code == 0)
        #expect(try own("dataset", "commit", run, "--best", "--note", "again").code == 0)
        #expect(try own("run", "verify").code == 0)
      }
      stranger.signal(SIGKILL)
      stranger.wait()
    }
  }

  /// What a stranger has put under the name of a file of ours is named, and neither used nor changed.
  @Test(
    .enabled(if: OtherUser.isThere, "\(OtherUser.reason)"),
    arguments: ["w.sqlite-lock", "w.sqlite-wal", "w.sqlite-shm"])
  func aStrangersFileIsRefused(_ name: String) throws {
    _ = try closedWorkspace()
    chmod(folder, 0o777)
    let file = "\(folder)/\(name)"
    unlink(file)
    #expect(try Program.shell("\(OtherUser.prefix) touch \(file)").code == 0)
    let result = try own("search", problem, "--simulations", "2")
    #expect(result.code == 1)
    #expect(
      result.message
        == "etascope: \(file): it belongs to user 65534, not to the workspace's owner; it is left alone")
    #expect(FileManager.default.contents(atPath: file)?.isEmpty == true)
  }

  /// A link to a file of the owner's is not written through.
  @Test(arguments: ["w.sqlite-lock", "w.sqlite-wal", "w.sqlite-shm"])
  func aLinkIsRefused(_ name: String) throws {
    _ = try closedWorkspace()
    let thesis = try scratch.file("thesis", "every word counts\n")
    unlink("\(folder)/\(name)")
    #expect(symlink(thesis, "\(folder)/\(name)") == 0)
    let result = try own("search", problem, "--simulations", "2")
    #expect(result.code == 1)
    #expect(result.message == "etascope: \(folder)/\(name): expected a file, found a link; it is left alone")
    #expect(try String(contentsOfFile: thesis, encoding: .utf8) == "every word counts\n")
  }

  /// A planted link would have cost the presenter every file of a folder.
  @Test func aPlantedStageIsToldAndLeftAlone() throws {
    let session = try ExplorerSession(ExplorerSession.babble, width: 100, height: 30)
    let precious = session.scratch.path("precious")
    try FileManager.default.createDirectory(atPath: precious, withIntermediateDirectories: true)
    _ = try session.scratch.file("precious/thesis", "every word counts\n")
    #expect(symlink(precious, session.workspace + "-stage") == 0)
    try session.terminal.command("clear; " + session.line("--votes"))
    try session.wait("the message") { $0.text.contains("nobody can follow your cursor") }
    try session.step(1)
    try session.quit()
    #expect(try FileManager.default.contentsOfDirectory(atPath: precious) == ["thesis"])
  }
}
