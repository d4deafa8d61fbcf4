import Foundation
import Testing

/// What is said where a disk is full, and that what was there is there still.
@Suite(.ownThread)
struct FullDiskTests {
  private let scratch: Scratch
  private let problem: String
  private let workspace: String
  /// A disk of its own, of a megabyte; a line of shell sees it.
  private let disk: String

  init() throws {
    scratch = try Scratch()
    problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    workspace = scratch.path("w.sqlite")
    disk = scratch.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
  }

  private static let mounts: Bool = (try? Program.shell("unshare -m mount -t tmpfs tmpfs /mnt"))?.code == 0
  private static let reason: Comment = "takes the right to mount a small disk"

  /// Runs `lines` where the disk is, of which `leaving` KiB are free after `before`.
  private func shell(_ lines: String, before: String = ":", leaving: Int) throws -> Program.Outcome {
    let script = """
      mount -t tmpfs -o size=1m tmpfs \(disk) || exit 99
      \(before)
      free=$(df --output=avail -k \(disk) | tail -1)
      head -c $(( (free - \(leaving)) * 1024 )) /dev/zero > \(disk)/rest
      \(lines)
      """
    return try Program.shell("unshare -m bash -c \"$1\" $0", script)
  }

  private func searched() throws -> String {
    #expect(try Program.run(["search", problem, "--workspace", workspace, "--simulations", "6"]).code == 0)
    return try #require(
      try Program.run(["run", "list", "--json", "--workspace", workspace]).object?["run"] as? String)
  }

  @Test(.enabled(if: mounts, reason))
  func anOutputFileIsAsItWas() throws {
    let run = try searched()
    let result = try shell(
      "$0 run export \(run) --workspace \(workspace) -o \(disk)/out; code=$?; cat \(disk)/out; ls -A \(disk); exit $code",
      before: "echo before > \(disk)/out", leaving: 4)
    #expect(result.code == 1)
    #expect(result.message == "etascope: \(disk)/out: cannot be written: No space left on device")
    #expect(result.output == "before\nout\nrest\n", "nothing half written is left")
  }

  @Test(.enabled(if: mounts, reason))
  func anExportOfTheDatasetIsAsItWas() throws {
    let run = try searched()
    #expect(try Program.run(["dataset", "commit", run, "--best", "--workspace", workspace]).code == 0)
    let result = try shell(
      "$0 dataset export --format stepwise --workspace \(workspace) \(disk)/out; code=$?; ls -A \(disk); exit $code",
      leaving: 0)
    #expect(result.code == 1)
    #expect(
      result.message == "etascope: \(disk)/out: the export cannot be written: No space left on device",
      "\(result.errors)")
    #expect(result.output == "rest\n")
  }

  /// The first thing that is said is that the disk is full, and the run that was kept so far is whole.
  @Test(.enabled(if: mounts, reason))
  func aSearchSaysThatTheDiskIsFull() throws {
    let babble = try scratch.file("babble.jsonl", ExplorerSession.babble + "\n")
    let result = try shell(
      "$0 search \(babble) --workspace \(disk)/w.sqlite --simulations 100000; code=$?; "
        + "rm \(disk)/rest; $0 run verify --workspace \(disk)/w.sqlite >&2; exit $code",
      before: "$0 search \(problem) --workspace \(disk)/w.sqlite --simulations 3 >/dev/null 2>&1", leaving: 200)
    #expect(result.code == 1)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.first?.contains("the disk is full") == true, "\(result.errors)")
    #expect(lines.count { $0.contains("agrees") } == 2, "\(result.errors)")
  }

  @Test(.enabled(if: mounts, reason))
  func aFullLogIsSaid() throws {
    let result = try shell(
      "XDG_STATE_HOME=\(disk) $0 search \(problem) --workspace \(workspace) --simulations 3 --log-level debug",
      before: "mkdir \(disk)/etascope; head -c $(getconf PAGESIZE) /dev/zero > \(disk)/etascope/log", leaving: 0)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.errors.contains("etascope: \(disk)/etascope/log: the log cannot be written: No space left on device\n"),
      "\(result.errors)")
  }
}
