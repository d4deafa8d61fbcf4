import Foundation
import Testing
import Workspace

/// Every form is read by `datasets`, as JSON Lines and as Parquet, and those with a trainer of TRL train.
@Suite(.ownThread, .serialized, .enabled(if: TrainerPackages.areInstalled, TrainerPackages.missing))
struct LoadedExportTests {
  private let scratch: Scratch
  private let workspace: String

  init() throws {
    scratch = try Scratch()
    workspace = scratch.path("w.sqlite")
    let runs = try TrainerPackages.searched(24, into: workspace)
    #expect(try Program.run(["dataset", "commit"] + runs + ["--workspace", workspace]).code == 0)
  }

  private func export(_ place: String, _ more: String...) throws -> [String] {
    let folder = scratch.path(place)
    let done = try Program.run(
      ["dataset", "export", folder, "--margin", "0", "--test-share", "0.3", "--workspace", workspace] + more)
    #expect(done.code == 0, "\(done.errors)")
    return DatasetFormat.all.map { "\(folder)/\($0.name)" }
  }

  private func python(_ script: String, _ arguments: [String]) throws -> [[String: Any]] {
    let child = try Child(
      TrainerPackages.python, [PythonPackages.script(script)] + arguments,
      environment: Program.environment([
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1",
        "HF_DATASETS_CACHE": scratch.path("cache"), "CUDA_VISIBLE_DEVICES": "",
      ]))
    #expect(child.wait() == 0, "\(child.errors.suffix(3000))")
    return try child.output.split(separator: "\n").filter { $0.hasPrefix("{\"") }.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  /// A value as text, its numbers with twelve digits: the reader of JSON rounds the last one.
  private static func plain(_ value: Any) -> String {
    switch value {
    case let object as [String: Any]:
      return object.sorted { $0.key < $1.key }.map { "\($0.key)=\(plain($0.value))" }.joined(separator: ";")
    case let list as [Any]: return "[" + list.map(plain).joined(separator: ",") + "]"
    case let number as NSNumber: return String(format: "%.12g", number.doubleValue)
    default: return "\(value)"
    }
  }

  @Test func everyFormIsLoaded() throws {
    let (lines, parquet) = (try export("lines"), try export("parquet", "--parquet"))
    let loaded = try python("load_exports.py", lines + parquet)
    try #require(loaded.count == 2 * DatasetFormat.all.count)
    for (index, format) in DatasetFormat.all.enumerated() {
      let (one, other) = (loaded[index], loaded[index + lines.count])
      let train = try #require(one["train"] as? [Any])
      #expect((train[1] as? [String]).map(Set.init) == Set(format.allColumns.map(\.name)), "\(format)")
      #expect(one["test"] != nil, "\(format)")
      #expect(Self.plain(one) == Self.plain(other), "\(format): Parquet says something else")
    }
  }

  @Test func trainersOfTRLTakeThem() throws {
    _ = try export("all")
    let model = Program.repository.appending(path: "SampleData/Models/policy").path(percentEncoded: false)
    let trained = try python(
      "train_rows.py", [model, "kto", scratch.path("all/unpaired"), "reward", scratch.path("all/reward")])
    #expect(trained.map { $0["kind"] as? String } == ["kto", "reward"])
    for training in trained {
      let losses = try #require(training["losses"] as? [Double])
      #expect(losses.count == 2 && losses.allSatisfy { $0.isFinite && $0 > 0 }, "\(training)")
    }
  }
}
