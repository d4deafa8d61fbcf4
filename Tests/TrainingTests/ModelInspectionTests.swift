import Foundation
import Models
import Testing

@testable import Training

/// What a trainer wrote counts only after it was read back.
struct ModelInspectionTests {
  private let inspection = ModelInspection(base: Fixture.model)

  /// The fixture's folder, changed.
  private func folder(_ change: (String) throws -> Void) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: Fixture.model) {
      try FileManager.default.copyItem(atPath: Fixture.model + "/" + name, toPath: folder.path + "/" + name)
    }
    try change(folder.path)
    return folder
  }

  private func refusal(_ change: (String) throws -> Void) async throws -> String {
    let folder = try folder(change)
    let error = await #expect(throws: TrainingError.self) { _ = try await inspection.inspect(folder.path, steps: 1) }
    return "\(try #require(error))"
  }

  private func edit(_ path: String, _ change: (inout [String: Any]) -> Void) throws {
    let url = URL(filePath: path)
    var json = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    change(&json)
    try JSONSerialization.data(withJSONObject: json).write(to: url)
  }

  @Test func aModelWritesAFewWords() async throws {
    let folder = try folder { _ in }
    let found = try await inspection.inspect(folder.path, steps: 7, loss: 0.5)
    #expect(found.kind == .model && found.steps == 7 && found.loss == 0.5)
    #expect(found.digest.count == 64)
    #expect(found.sample?.isEmpty == false)
  }

  @Test func whatIsMissingOrWrongIsNamed() async throws {
    #expect(
      try await refusal { try FileManager.default.removeItem(atPath: $0 + "/tokenizer.json") }.contains(
        "tokenizer.json"))
    #expect(
      try await refusal { try FileManager.default.removeItem(atPath: $0 + "/model.safetensors") }.contains(
        "model.safetensors"))
    #expect(try await refusal { try edit($0 + "/config.json") { $0["hidden_size"] = 48 } }.contains("expected shape"))
    #expect(
      try await refusal { try edit($0 + "/config.json") { $0["architectures"] = ["GPT2LMHeadModel"] } }
        .contains("architectures"))
    let other = try await refusal { path in
      try edit(path + "/tokenizer.json") { json in
        var model = json["model"] as? [String: Any] ?? [:]
        model["merges"] = [String]()
        json["model"] = model
      }
    }
    #expect(other.contains("expected the base's tokenizer"))
  }

  /// Rows of numbers that are none: a training that went wrong without saying so.
  @Test func numbersThatAreNoneAreFound() async throws {
    let message = try await refusal { path in
      let url = URL(filePath: path + "/model.safetensors")
      var data = try Data(contentsOf: url)
      data[data.count - 1] = 0x7E  // the last number's sign, exponent and first bits: half precision's "no number"
      data[data.count - 2] = 0
      try data.write(to: url)
    }
    #expect(message.contains("expected finite numbers"))
  }

  @Test func anAdapterIsNamedAsOne() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("adapter_config.json", #"{"peft_type": "LORA", "r": 2, "lora_alpha": 4}"#)
    let numbers = FloatMatrix(2, 32)
    func write(rank: Int) throws {
      var file = WeightsFile(.float32)
      let name = "base_model.model.model.layers.0.self_attn.q_proj."
      file.add(name + "lora_A.weight", [rank, 64 / rank], numbers.base)
      file.add(name + "lora_B.weight", [64 / rank, rank], numbers.base)
      try file.write(to: folder.path + "/adapter_model.safetensors")
    }
    try write(rank: 2)
    let found = try await inspection.inspect(folder.path, steps: 3)
    #expect(found.kind == .adapter && found.sample == nil && found.digest.count == 64)
    try write(rank: 4)
    await #expect(throws: TrainingError.self) { _ = try await inspection.inspect(folder.path, steps: 3) }
  }

  @Test func aHeadOfLabelsIsACritic() async throws {
    let base = try ModelFolder.load(Fixture.model)
    let layout = LlamaLayout(base.configuration)
    let weights = try layout.weights(base.weights)
    let score = FloatMatrix(2, 32)
    func critic(labels: Int) throws -> TemporaryFolder {
      try folder { path in
        var file = WeightsFile(.float32)
        file.add(layout, weights)
        file.add("score.weight", [labels, 64 / labels], score.base)
        try file.write(to: path + "/model.safetensors")
        try edit(path + "/config.json") { json in
          json["architectures"] = ["LlamaForTokenClassification"]
          json["id2label"] = ["0": "LABEL_0", "1": "LABEL_1"]
        }
      }
    }
    let good = try critic(labels: 2)
    #expect(try await inspection.inspect(good.path, steps: 3).kind == .critic)
    let bad = try critic(labels: 4)
    await #expect(throws: TrainingError.self) { _ = try await inspection.inspect(bad.path, steps: 3) }
  }

  /// The careless policy is what its record says: its weights have the digest, and it reads as the policy does.
  @Test func theCarelessPolicyIsWhatItsRecordSays() async throws {
    let models = Fixture.root.appending(path: "SampleData/Models")
    let (careless, policy) = (
      models.appending(path: "careless").path(percentEncoded: false),
      models.appending(path: "policy").path(percentEncoded: false)
    )
    let record = try #require(TrainingRecord.read(in: careless))
    let found = try await ModelInspection(base: policy).inspect(careless, steps: record.steps, loss: record.loss)
    #expect(found.digest == record.weights)
    #expect(try ModelFolder.load(policy).weights.fingerprint == record.baseWeights)
    let files = FileManager.default
    let sizes = try files.contentsOfDirectory(atPath: careless).map {
      try files.attributesOfItem(atPath: careless + "/" + $0)[.size] as? Int ?? 0
    }
    #expect(sizes.reduce(0, +) < 2_000_000)
  }
}
