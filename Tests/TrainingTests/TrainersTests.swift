import Foundation
import Models
import Testing

@testable import Training

/// Trainers by name, and settings that none of them can use.
struct TrainersTests {
  @Test func trainersAreFoundByName() throws {
    #expect(try Trainers.named("embedded").name == "embedded")
    for name in ["sft", "dpo", "critic", "command:./train.sh --nodes 2: x"] {
      #expect(try Trainers.named(name).name == name)
    }
    #expect(Trainers.recipe(of: "dpo").learningRate < 1e-4 && Trainers.recipe(of: "command:x") == TrainingRecipe())
    for name in ["", "embeded", "embedded:", "embedded:x", "command", "command:", "command: ", "sft:x"] {
      let error = #expect(throws: TrainingError.self) { _ = try Trainers.named(name) }
      #expect("\(try #require(error))".hasPrefix("expected "))
    }
  }

  @Test func numbersOutOfRangeAreRefused() {
    func isRefused(_ change: (inout TrainingRecipe) -> Void) -> Bool {
      var recipe = TrainingRecipe()
      change(&recipe)
      return (try? recipe.validate()) == nil
    }
    #expect(!isRefused { _ in })
    #expect(isRefused { $0.learningRate = 0 })
    #expect(isRefused { $0.learningRate = .nan })
    #expect(isRefused { $0.learningRate = .infinity })
    #expect(isRefused { $0.epochs = 0 })
    #expect(isRefused { $0.maxSteps = 0 })
    #expect(isRefused { $0.batch = 0 })
    #expect(isRefused { $0.warmup = -1 })
    #expect(isRefused { $0.clip = 0 })
    #expect(isRefused { $0.beta1 = 1 })
    #expect(isRefused { $0.beta2 = 1 })
    #expect(isRefused { $0.weightDecay = -1 })
    #expect(isRefused { $0.promptWeight = 1.1 })
    #expect(isRefused { $0.adapterRank = 0 })
  }

  private func refusal(_ change: (inout TrainingJob) throws -> Void) async throws -> String {
    let folder = try TemporaryFolder()
    var job = try Fixture.read().job(folder.path + "/out")
    try change(&job)
    let cut = job
    let error = await #expect(throws: TrainingError.self) { _ = try await EmbeddedTrainer().train(cut) { _ in } }
    return "\(try #require(error))"
  }

  @Test func whatCannotBeTrainedIsRefused() async throws {
    let root = Fixture.root.appending(path: "SampleData/Models")
    #expect(try await refusal { $0.recipe.adapterRank = 8 }.hasPrefix("adapter rank: expected none"))
    #expect(try await refusal { $0.model = "/nowhere" }.contains("expected a model folder"))
    #expect(
      try await refusal { $0.model = root.appending(path: "critic").path(percentEncoded: false) }.contains(
        "names critic heads"))
  }

  @Test func aModelThatDoesNotFitIsRefused() throws {
    try EmbeddedTraining.requireMemory(1e6, "small")
    let error = #expect(throws: TrainingError.self) { try EmbeddedTraining.requireMemory(1e15, "large") }
    #expect(
      "\(try #require(error))".hasPrefix("large: training all its weights here needs 1000000 GB, the machine has "))
  }

  @Test func aFolderOfOtherThingsIsNotWrittenTo() async throws {
    let other = try TemporaryFolder()
    _ = try other.write("thesis.txt", "years of work")
    #expect(try await refusal { $0.output = other.path }.contains("expected a new or an empty folder"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == ["thesis.txt"])
    #expect(try await refusal { $0.output = $0.model }.contains("expected a new or an empty folder"))
    let file = try other.write("file", "")
    #expect(try await refusal { $0.output = file + "/out" }.contains("expected a folder that can be made"))
  }

  @Test func anotherTrainingsStateIsNotGoneOnWith() async throws {
    let folder = try TemporaryFolder()
    var file = WeightsFile(.float32)
    file.metadata["job"] = "another"
    try file.write(to: TrainingState.file(in: folder.path))
    #expect(
      try await refusal { $0.output = folder.path }.contains("expected the state of this training, found another's"))
    _ = try folder.write("training-state.safetensors", "no safetensors")
    #expect(try await refusal { $0.output = folder.path }.contains("training-state.safetensors"))
  }
}
