import Foundation
import Models
import Synchronization
import Testing

@testable import Training

/// A whole training: as torch does it, the same on any number of threads, and the same after it was killed.
struct EmbeddedTrainerTests {
  private func train(_ job: TrainingJob, threads: Int = 2, savesEvery: Duration = .seconds(60)) async throws
    -> (model: TrainedModel, losses: [Double])
  {
    let losses = Mutex<[Double]>([])
    let model = try await EmbeddedTrainer(threads: threads, savesEvery: savesEvery).train(job) { progress in
      losses.withLock { $0.append(progress.loss ?? .nan) }
    }
    return (model, losses.withLock { $0 })
  }

  private func weights(_ folder: String) throws -> Data {
    try Data(contentsOf: URL(filePath: folder).appending(path: "model.safetensors"))
  }

  @Test func fiftyStepsAreTorchs() async throws {
    let fixture = try Fixture.read()
    let folder = try TemporaryFolder()
    let (model, losses) = try await train(fixture.job(folder.path))
    #expect(losses.count == 50)
    for (step, pair) in zip(losses, fixture.curve).enumerated() {
      #expect(abs(pair.0 - pair.1) < 1e-3, "step \(step + 1)")
    }
    #expect(model.kind == .model)
    #expect(model.steps == 50)
    #expect(model.loss == losses.last)
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
}
