import Foundation
import Models
import Synchronization
import Testing

@testable import Training

/// A whole training: as torch does it, the same on any number of threads, and the same after it was killed.
struct EmbeddedTrainerTests {
  private func train(
    _ job: TrainingJob, threads: Int = 2, savesEvery: Duration = .seconds(600),
    _ look: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) async throws -> (model: TrainedModel, steps: [TrainingProgress]) {
    let steps = Mutex<[TrainingProgress]>([])
    let model = try await EmbeddedTrainer(threads: threads, savesEvery: savesEvery).train(job) { progress in
      steps.withLock { $0.append(progress) }
      look(progress)
    }
    return (model, steps.withLock { $0 })
  }

  private func weights(_ folder: String) throws -> Data {
    try Data(contentsOf: URL(filePath: folder).appending(path: "model.safetensors"))
  }

  private func names(_ folder: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder))
  }

  @Test func fiftyStepsAreTorchs() async throws {
    let fixture = try Fixture.read()
    let folder = try TemporaryFolder()
    let (model, steps) = try await train(fixture.job(folder.path))
    #expect(steps.map(\.step) == Array(1...50))
    #expect(steps.allSatisfy { $0.steps == 50 })
    for (step, expected) in zip(steps, fixture.curve) {
      #expect(abs((step.loss ?? .nan) - expected) < 1e-3, "step \(step.step)")
    }
    #expect(model.kind == .model)
    #expect(model.steps == 50)
    #expect(model.loss == steps.last?.loss)
    #expect(model.sample != nil)
  }

  @Test func threadsChangeNoBit() async throws {
    var job = try Fixture.read().job("")
    job.recipe.maxSteps = 4
    var results: [Data] = []
    for threads in [1, 2, 3, 8] {
      let folder = try TemporaryFolder()
      job.output = folder.path
      _ = try await train(job, threads: threads)
      results.append(try weights(folder.path))
    }
    #expect(Set(results).count == 1)
  }

  /// What a kill leaves is what the folder held at some moment: it is copied at every step, and each copy is gone on with.
  @Test func aKilledTrainingComesToTheSameBytes() async throws {
    var job = try Fixture.read().job("")
    job.recipe.maxSteps = 6
    let (whole, copies) = (try TemporaryFolder(), try TemporaryFolder())
    job.output = whole.path
    let place = whole.path
    _ = try await train(job, savesEvery: .zero) { progress in
      try? FileManager.default.copyItem(atPath: place, toPath: copies.path + "/\(progress.step)")
    }
    let expected = try weights(whole.path)
    for step in 2...6 {
      job.output = copies.path + "/\(step)"
      #expect(try names(job.output) == ["training-state.safetensors"])
      let (_, steps) = try await train(job)
      #expect(steps.map(\.step) == Array(step...6), "the state before step \(step) was in the copy")
      #expect(try weights(job.output) == expected)
      #expect(try !names(job.output).contains("training-state.safetensors"))
    }
  }

  @Test func aCancelledTrainingKeepsItsStateAndGoesOn() async throws {
    var job = try Fixture.read().job("")
    job.recipe.maxSteps = 6
    let (whole, stopped) = (try TemporaryFolder(), try TemporaryFolder())
    job.output = whole.path
    _ = try await train(job)
    job.output = stopped.path
    let cut = job
    let task = Task {
      try await EmbeddedTrainer(threads: 1).train(cut) { progress in
        if progress.step == 3 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    let (_, steps) = try await train(job)
    #expect(steps.map(\.step) == [4, 5, 6])
    #expect(steps.map(\.message) == ["goes on after step 3, where it was stopped", nil, nil])
    #expect(try weights(stopped.path) == weights(whole.path))
  }

  /// A stage that is asked for twice is done once.
  @Test func aFinishedTrainingIsNotDoneAgain() async throws {
    var job = try Fixture.read().job("")
    job.recipe.maxSteps = 2
    let folder = try TemporaryFolder()
    job.output = folder.path
    let first = try await train(job)
    let again = try await train(job)
    #expect(first.steps.count == 2 && again.steps.isEmpty)
    #expect(first.model == again.model)
    job.seed += 1
    await #expect(throws: TrainingError.self) { _ = try await train(job) }
  }

  @Test func theFolderIsAModelLikeAnyOther() async throws {
    var job = try Fixture.read().job("")
    job.recipe.maxSteps = 1
    let (wide, half) = (try TemporaryFolder(), try TemporaryFolder())
    job.output = wide.path
    let trained = try await train(job).model
    let expected: Set = [
      "README.md", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
      "tokenizer_config.json",
      "training.json",
    ]
    #expect(try names(wide.path) == expected)
    let folder = try ModelFolder.load(wide.path)
    #expect(folder.weights.fingerprint == trained.digest.prefix(16))
    let configuration = try String(contentsOfFile: wide.path + "/config.json", encoding: .utf8)
    #expect(configuration.contains("\"dtype\": \"float32\""))
    let card = try String(contentsOfFile: wide.path + "/README.md", encoding: .utf8)
    #expect(card.contains("after 1 steps") && card.contains("11 rows"))
    job.output = half.path
    _ = try await EmbeddedTrainer(precision: .float16).train(job) { _ in }
    #expect(try weights(half.path).count < weights(wide.path).count * 6 / 10)
    _ = try ModelFolder.load(half.path)
  }

  /// A learning rate that throws the weights out of all bounds ends with a word, and no folder that looks like a model.
  @Test func aTrainingThatDivergesSaysSo() async throws {
    var job = try Fixture.read().job("")
    (job.recipe.learningRate, job.recipe.clip, job.recipe.warmup) = (1e20, 1e30, 0)
    let folder = try TemporaryFolder()
    job.output = folder.path
    let error = await #expect(throws: TrainingError.self) { _ = try await train(job) }
    #expect("\(try #require(error))".contains("expected a smaller learning rate"))
    #expect(try names(folder.path).isEmpty)
  }
}
