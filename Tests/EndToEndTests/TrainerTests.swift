import Foundation
import Models
import Testing
import TreeSearch
import Workspace

/// TRL trains on what is exported here, and what it leaves searches.
@Suite(.ownThread, .serialized, .enabled(if: TrainerPackages.areInstalled, TrainerPackages.missing))
struct TrainerTests {
  private let scratch: Scratch
  private let workspace: String

  /// A few problems searched and committed, right or wrong.
  init() throws {
    scratch = try Scratch()
    workspace = scratch.path("w.sqlite")
    let runs = try TrainerPackages.searched(8, into: workspace)
    let store = try Workspace(path: workspace)
    for run in runs {
      let tree = try store.tree(of: run)
      let best = try #require(tree.finalAnswers()[.rerank])
      try store.commit(run: run, tree: tree, node: best.node, rollout: best.rollout)
    }
  }

  /// The folder of an export.
  private func export(_ format: String) throws -> String {
    let folder = scratch.path(format)
    let done = try Program.run(
      [
        "dataset", "export", folder, "--format", format, "--margin", "0.05", "--minimum-visits", "1", "--workspace",
        workspace,
      ])
    #expect(done.code == 0, "\(done.errors)")
    return folder
  }

  private func train(_ trainer: String, _ data: String, _ more: String...) throws -> [String: Any] {
    let out = scratch.path("out-\(trainer)\(more.count)")
    let done = try Program.run(
      ["train", data, "--trainer", trainer, "--max-steps", "2", "--batch", "2", "--warmup", "1", "--json", "-o", out]
        + more,
      environment: ["CUDA_VISIBLE_DEVICES": ""])
    #expect(done.code == 0, "\(done.errors)")
    let result = try #require(done.objects.last)
    #expect(result["steps"] as? Int == 2 && result["loss"] is Double && result["folder"] as? String == out)
    #expect(done.objects.filter { $0["message"] == nil }.compactMap { $0["step"] as? Int } == [1, 2])
    return result
  }

  private func expectSearches(_ folder: String) throws {
    let search = try Program.run(
      [
        "search", Program.problems("dev"), "--first", "1", "--simulations", "5", "--model", folder, "--json",
        "--workspace", scratch.path("after.sqlite"),
      ])
    #expect(search.code == 0 && search.object?["simulations"] as? Int == 5, "\(search.errors)")
  }

  private func weights(_ folder: String) -> Data? {
    FileManager.default.contents(atPath: folder + "/model.safetensors")
  }

  @Test func supervisedRows() throws {
    let data = try export("prompt-completion")
    let whole = try train("sft", data)
    #expect(whole["kind"] as? String == "model" && (whole["sample"] as? String)?.isEmpty == false)
    let folder = try #require(whole["folder"] as? String)
    try expectSearches(folder)
    // Given again it is not done again; the seed alone makes another training of it.
    let before = weights(folder)
    let again = try Program.run(
      [
        "train", data, "--trainer", "sft", "--max-steps", "2", "--batch", "2", "--warmup", "1", "--json", "-o", folder,
      ], environment: ["ETASCOPE_TRAINER_LAUNCHER": "/bin/false"])
    #expect(again.code == 0 && again.objects.count == 1 && weights(folder) == before, "\(again.errors)")
    // An adapter is merged: a folder like any other, with other weights.
    let merged = try train("sft", data, "--adapter-rank", "4", "--learning-rate", "0.01")
    #expect(merged["kind"] as? String == "model" && merged["digest"] as? String != whole["digest"] as? String)
    try expectSearches(try #require(merged["folder"] as? String))
    let adapter = try train("sft", data, "--adapter-rank", "4", "--leave-adapter")
    #expect(adapter["kind"] as? String == "adapter")
  }

  @Test func pairs() throws {
    let tuned = try train("dpo", try export("finished-preference"))
    #expect(tuned["kind"] as? String == "model")
    try expectSearches(try #require(tuned["folder"] as? String))
  }

  @Test func steps() throws {
    #expect(try train("critic", try export("stepwise"))["kind"] as? String == "critic")
  }

  /// What is trained on begins behind the prompt and ends with the end of the text; the beginning of the text stands there once.
  @Test func theFirstRowAsTRLReadsIt() throws {
    let model = try ModelFolder.load(
      Program.repository.appending(path: "SampleData/Models/policy").path(percentEncoded: false))
    let end = try #require(model.tokenizer.id(of: "<eos>"))
    func row(_ folder: String) throws -> [String: Any] {
      let data = try Data(contentsOf: URL(filePath: folder + "/data/train.jsonl"))
      let line = try #require(data.split(separator: 0x0A).first)
      return try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
    }
    func tokens(_ prompt: String, _ completion: String) -> (all: [Int], trained: [Int]) {
      let begin = model.tokenizer.beginning + model.tokenizer.encode(prompt)
      let rest = model.tokenizer.encode(completion, begins: false) + [end]
      return ((begin + rest).map(Int.init), rest.map(Int.init))
    }
    let (plain, chat, pairs) = (
      try export("prompt-completion"), try export("conversational"), try export("finished-preference")
    )
    let child = try Child(
      TrainerPackages.python,
      [
        PythonPackages.script("first_row.py"), model.path, "sft", plain, "sft", chat, "dpo", pairs,
      ],
      environment: Program.environment([
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1",
        "HF_DATASETS_CACHE": scratch.path("cache"), "CUDA_VISIBLE_DEVICES": "",
      ]))
    #expect(child.wait() == 0, "\(child.errors)")
    let rows = try child.output.split(separator: "\n").filter { $0.hasPrefix("{") }.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: [[Int]]])
    }
    try #require(rows.count == 3)
    let (prompt, completion) = (
      try #require(try row(plain)["prompt"] as? String), try #require(try row(plain)["completion"] as? String)
    )
    let text = tokens(prompt, completion)
    #expect(text.all.count { $0 == 1 } == 1 && text.all.first == 1 && completion.hasSuffix("\n"))
    for kind in rows[..<2] {
      #expect(kind["input_ids"]?[0] == text.all)
      #expect(kind["labels"]?[0].filter { $0 != -100 } == text.trained)
    }
    let pair = try row(pairs)
    for (at, side) in ["chosen", "rejected"].enumerated() {
      let text = tokens(try #require(pair["prompt"] as? String), try #require(pair[side] as? String))
      // The shorter one is filled up.
      let ids = try #require(rows[2]["input_ids"]?[at]).prefix(text.all.count)
      let mask = try #require(rows[2]["completion_mask"]?[at])
      #expect(ids.elementsEqual(text.all), "\(side)")
      #expect(zip(ids, mask).filter { $0.1 == 1 }.map(\.0) == text.trained, "\(side)")
    }
  }
}
