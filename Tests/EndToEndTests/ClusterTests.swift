import Foundation
import Testing

/// The scripts that spread a problem file over a cluster.
@Suite(.ownThread)
struct ClusterTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static func script(_ name: String) -> String {
    Program.repository.appending(path: "SampleData/Scale/\(name)").path(percentEncoded: false)
  }

  /// Runs and their answers, by `run export`.
  private func answers(_ workspace: String) throws -> [String] {
    let runs = try Program.run(["run", "list", "--json", "--workspace", scratch.path(workspace)]).objects
    return runs.map { "\($0["run"] ?? "") \($0["events"] ?? "") \($0["nodes"] ?? "")" }.sorted()
  }

  private func searchWhole() throws {
    let whole = try Program.run([
      "search", Program.problems("easy"), "--first", "8", "--simulations", "4", "--workspace", scratch.path("whole"),
    ])
    #expect(whole.code == 0)
  }

  @Test(.enabled(if: PythonPackages.has("ray"), "the Python package ray is not installed"))
  func twoRayNodesShareTheWork() throws {
    let result = try Program.shell(
      """
      mkdir "$5/tmp"
      export PATH=$1 RAY_USAGE_STATS_ENABLED=0 TMPDIR=$5/tmp RAY_TMPDIR=/tmp
      python3 "$2" bash -c '
        "$0" "$1" --shards 4 --workspace "$2/all" --etascope "$3" -- --first 8 --simulations 4 || exit
        echo "and now one that fails:"
        ! "$0" "$1" --shards 1 --tries 1 --workspace "$2/none" --etascope "$3" -- --simulations 0 2>&1
      ' "$3" "$4" "$5" "$0"
      """, PythonPackages.path, PythonPackages.script("two-ray-nodes"), Self.script("ray-shards"),
      Program.problems("easy"), scratch.url.path(percentEncoded: false))
    #expect(result.code == 0, "\(result.errors)")
    let done = result.lines.filter { $0.contains(": done on node ") }
    #expect(done.count == 4)
    #expect(Set(done.compactMap { $0.split(separator: " ").last }).count == 2, "both nodes worked: \(result.output)")
    try searchWhole()
    #expect(try answers("all") == answers("whole"))
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("all")]).code == 0)
    let failure = result.lines.drop { $0 != "and now one that fails:" }.dropFirst()
    #expect(failure.contains { $0.hasPrefix("shard 1/1: failed: ") && $0.contains("limit.simulations") }, "\(failure)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path(percentEncoded: false))
    #expect(!left.contains { $0.contains("-shards-") }, "nothing is left beside the workspace: \(left)")
  }

  /// A round whose searches, those of the evaluation too, are Ray's: one of two nodes is killed in the middle of it, and what comes
  /// of it is what comes of it here.
  @Test(.enabled(if: PythonPackages.has("ray"), "the Python package ray is not installed"))
  func aRoundOutlivesANode() throws {
    let arguments = [
      "improve", Program.problems("train"), "--first", "8", "--held-out", Program.problems("dev"), "--first-held-out",
      "3", "--preset", "etascope", "--simulations", "12", "--rule", "score>=0.1", "--samples", "0", "--searches", "4",
      "--max-steps", "2", "--batch", "4", "--name", "r", "--jobs", "1", "--skip", "imagine",
    ]
    let whole = try Program.run(arguments + ["--workspace", scratch.path("whole")])
    #expect(whole.code == 0, "\(whole.errors)")
    let words = (["$0"] + arguments.map { "'\($0)'" }).joined(separator: " ")
    let result = try Program.shell(
      """
      mkdir "$3/tmp"
      export PATH=$1 RAY_USAGE_STATS_ENABLED=0 TMPDIR=$3/tmp RAY_TMPDIR=/tmp
      python3 "$2" --lose-one \(words) --executor ray --shards 4 --workspace "$3/all"
      """, PythonPackages.path, PythonPackages.script("two-ray-nodes"), scratch.url.path(percentEncoded: false))
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.lines.contains("a node was lost while it worked"), "\(result.output)")
    #expect(try answers("all") == answers("whole"))
    for stage in ["search", "filter", "evaluate"] {
      let made = try ["all", "whole"].map { try Program.items(of: stage, of: "r-1", scratch.path($0)) }
      #expect(made[0] == made[1], "\(stage)")
    }
    #expect(try Program.run(["run", "verify", "--workspace", scratch.path("all")]).code == 0)
  }

  /// The batch script as Slurm's array tasks would run it, the second task cut short and begun again.
  @Test func anArrayOfBatchTasksSharesTheWork() throws {
    let task = """
      export PATH=$(dirname "$0"):$PATH TMPDIR=$3 SLURM_ARRAY_TASK_COUNT=2
      task() { SLURM_ARRAY_TASK_ID=$1 bash "${@:2}"; }
      task 1 "$1" "$2" "$3/results" --first 8 --simulations 4 || exit
      task 2 "$1" "$2" "$3/results" --first 8 --simulations 4 --break 'best changes'
      [ $? = 3 ] || exit 1
      task 2 "$1" "$2" "$3/results" --first 8 --simulations 4 || exit
      "$0" run import --workspace "$3/all" "$3"/results/*.sqlite
      """
    let result = try Program.shell(
      task, Self.script("slurm-shards.sbatch"), Program.problems("easy"), scratch.url.path(percentEncoded: false))
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    try searchWhole()
    #expect(try answers("all") == answers("whole"))
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path(percentEncoded: false))
    #expect(!left.contains { $0.hasPrefix("etascope.") }, "nothing is left in the folder for temporary files: \(left)")
  }
}
