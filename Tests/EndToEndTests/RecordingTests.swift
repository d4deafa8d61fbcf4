import Foundation
import Testing

/// `--model recording:RUN`: a run's journal in place of models.
@Suite(.ownThread)
struct RecordingTests {
  @Test func aRecordingAnswersAndALiveModelGoesOn() throws {
    let scratch = try Scratch()
    let problem = try scratch.file(
      "p.jsonl",
      #"{"id":"p","question":"Ana has 13 apples. Lena has 10 apples. How many apples do Ana and Lena have together?"}"#)
    let workspace = ["--workspace", scratch.path("w.sqlite"), "--json"]
    let first = try #require(
      try Program.run(["search", problem, "--simulations", "6"] + workspace).object, "the embedded model searches")
    let run = try #require(first["run"] as? String)
    let again = try Program.run(["search", problem, "--simulations", "6", "--model", "recording:\(run)"] + workspace)
    #expect(again.code == 0, "\(again.errors)")
    let second = try #require(again.object)
    #expect(second["run"] as? String != run)
    for field in ["answer", "nodes", "draws", "score"] {
      #expect("\(second[field] ?? "-")" == "\(first[field] ?? "-")", "\(field)")
    }
    let more = ["search", problem, "--simulations", "12", "--model", "recording:\(run)"]
    let alone = try Program.run(more + workspace)
    #expect(alone.code == 1)
    #expect(alone.errors.contains("the recording \(run) has no answer left to "), "\(alone.errors)")
    let policy = Program.repository.appending(path: "SampleData/Models/policy").path(percentEncoded: false)
    let live = try Program.run(more + ["--model", policy] + workspace)
    #expect(live.code == 0, "\(live.errors)")
    #expect(live.object?["simulations"] as? Int == 12)
  }

  @Test(arguments: [
    (["search", "--model", "recording:"], 2, "--model: expected recording:RUN"),
    (["search", "--model", "recording:nothing"], 1, "there is no run 'nothing'"),
    (["search", "--rollout-model", "recording:a"], 2, "recording:RUN: expected as --model only"),
  ])
  func whatIsNoRecordingIsRefused(_ arguments: [String], _ code: Int32, _ said: String) throws {
    let scratch = try Scratch()
    let problem = try scratch.file("p.jsonl", #"{"id":"p","question":"Ana has 13 apples. How many?"}"#)
    let workspace = scratch.path("w.sqlite")
    _ = try Program.run(["search", problem, "--simulations", "1", "--workspace", workspace])
    let result = try Program.run(arguments + [problem, "--workspace", workspace])
    #expect(result.code == code)
    #expect(result.message?.contains(said) == true, "\(result.errors)")
  }
}
