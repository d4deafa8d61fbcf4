import Foundation
import Testing

/// Label files of other programs, from the command line to the explorer and back.
@Suite(.ownThread)
struct LabelFileStoryTests {
  private static let line =
    #"{"labeler":"eve","timestamp":"2022-07-17T16:56:51.323252","generation":9,"is_quality_control_question":false,"#
    + #""is_initial_screening_question":false,"question":{"problem":"What is 2 + 3?","ground_truth_answer":"5","#
    + #""pre_generated_steps":["2 + 3 = 5"]},"label":{"steps":[{"completions":[{"text":"2 + 3 = 6\u001b[31m","rating":-1,"#
    + #""flagged":true},{"text":"2 + 3 = 5","rating":1,"flagged":false}],"human_completion":null,"chosen_completion":1},"#
    + ##"{"completions":[{"text":"# Answer\n\n5","rating":1,"flagged":null}],"human_completion":null,"chosen_completion":0}],"##
    + #""total_time":4200,"finish_reason":"solution"}}"#

  @Test func importedLinesAreLookedAtAndWrittenBack() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    let file = try scratch.file("labels.jsonl", Self.line + "\n")
    let done = try Program.run(["import", file, "--json", "--workspace", path])
    #expect(
      done.code == 0 && done.object?["labels"] as? Int == 5 && done.object?["newRuns"] as? Int == 1, "\(done.errors)")
    let run = try #require((done.object?["runs"] as? [String])?.first)
    for arguments in [["run", "list"], ["run", "verify"], ["run", "show", run], ["run", "replay", run]] {
      let result = try Program.run(arguments + ["--workspace", path])
      #expect(result.code == 0, "\(arguments): \(result.errors)")
      #expect(result.lines.allSatisfy { Program.isHarmless($0.replacing("\t", with: " ")) }, "\(arguments)")
    }
    let out = scratch.path("run.json")
    let export = try Program.shell("\"$0\" run export \(run) --format json --workspace \(path) > \(out)")
    #expect(export.code == 0, "\(export.errors)")
    let tree = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: out))) as? [String: Any])
    #expect((tree["nodes"] as? [Any])?.count == 4)
    let said = try scratch.file("said", "children\ndown\nquit\n")
    let explorer = try Program.shell("\"$0\" explore --plain --run \(run) --workspace \(path) < \(said)")
    #expect(explorer.code == 0 && explorer.output.contains("2 + 3 = 5"), "\(explorer.output)\(explorer.errors)")
    #expect(explorer.lines.allSatisfy { Program.isHarmless($0) })
    // The same file again, from standard input, changes nothing.
    let again = try Program.shell("\"$0\" import - --json --workspace \(path) < \(file)")
    #expect(again.object?["newRuns"] as? Int == 0 && again.object?["labels"] as? Int == 0, "\(again.errors)")
    let back = try Program.run(["dataset", "export", scratch.path("out"), "--format", "prm800k", "--workspace", path])
    #expect(back.code == 0 && back.output.hasSuffix("\t1 lines\n"), "\(back.output)\(back.errors)")
    let written = try Data(contentsOf: URL(filePath: scratch.path("out/data/train.jsonl")))
    func object(_ data: Data) throws -> NSDictionary {
      try #require(JSONSerialization.jsonObject(with: data) as? NSDictionary)
    }
    #expect(try object(written) == object(Data(Self.line.utf8)))
  }

  @Test func aBadLineIsRefusedOrPassedOver() throws {
    let scratch = try Scratch()
    let path = scratch.path("w.sqlite")
    let folder = scratch.path("labels")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = try scratch.file("labels/a.jsonl", Self.line + "\n{\"problem\":\"q\",\"steps\":[7]}\n")
    let refused = try Program.run(["import", folder, "--workspace", path])
    #expect(refused.code == 1 && refused.message == "etascope: \(file):2: steps[0]: expected a string, found a number")
    #expect(!FileManager.default.fileExists(atPath: path))
    let passed = try Program.run(["import", folder, "--skip-bad", "--workspace", path])
    #expect(
      passed.code == 0 && passed.output == "\(file)\t1 lines\t1 new runs\t0 known\t5 labels\n", "\(passed.output)")
    #expect(passed.errors.contains("passed over: \(file):2: steps[0]:"))
    let missing = try Program.run(["import", scratch.path("none"), "--workspace", path])
    #expect(missing.code == 1 && missing.message == "etascope: \(scratch.path("none")): no such file")
  }
}
