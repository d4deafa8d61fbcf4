import Foundation
import Testing
import Training

/// A job is kept with a round: what is written is what is read.
struct RecipeTests {
  @Test func jobsAreReadAsTheyWereWritten() throws {
    var job = TrainingJob(data: "rows", model: "policy", output: "out", seed: .max)
    job.recipe.maxSteps = 7
    job.recipe.adapterRank = 8
    let data = try JSONEncoder().encode(job)
    #expect(try JSONDecoder().decode(TrainingJob.self, from: data) == job)
  }

  @Test func failuresAreOneLine() {
    #expect("\(TrainingError.unusable("rows: line 3: expected completion"))" == "rows: line 3: expected completion")
  }
}
