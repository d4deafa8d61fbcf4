import Foundation
import Synchronization
import Training
import Vocabulary
import Workspace

/// Another policy: the trainer's work on the exported rows.
struct TrainStage: RoundStage {
  let name = RoundStageName.train

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let output = round.folder.appending(path: "model")
    let job = TrainingJob(
      data: round.folder.appending(path: "export").path(percentEncoded: false),
      model: try round.plan.base(in: DataFolder.locate()),
      output: output.path(percentEncoded: false),
      seed: round.seed, recipe: round.plan.recipe)
    let model = try await round.train(job, stage: name)
    var report = RoundStageReport()
    report.figures = [.init("steps", model.steps)]
    if let loss = model.loss { report.figures.append(.init("loss", loss)) }
    report.figures += try await round.trainArms(steps: model.steps)
    if let sample = model.sample { report.remarks.append("it writes: \(SafeText.quotation(sample, limit: 160))") }
    (report.folder, report.output) = ("model", model.digest)
    return report
  }
}

extension RoundContext {
  /// Trains, and keeps the losses as they come: so many of them that a curve can be drawn, not more.
  func train(_ job: TrainingJob, stage: RoundStageName, keepsLosses: Bool = true) async throws -> TrainedModel {
    let failure = Mutex<(any Error)?>(nil)
    let trainer = try Trainers.named(plan.trainer)
    let work = Task {
      try await trainer.train(job) { progress in
        tell(
          stage, progress.step, of: progress.steps,
          progress.loss.map { "loss \(FixedNumber.text($0, decimals: 3, none: "–"))" } ?? progress.message ?? "")
        let every = max(1, progress.steps / 200)
        guard keepsLosses, progress.step > 0, progress.step % every == 0 || progress.step == progress.steps else {
          return
        }
        let event = RoundEvent(
          at: workspace.moment, who: workspace.author,
          .trained(stage, step: progress.step, steps: progress.steps, loss: progress.loss))
        do {
          try writer.append(CanonicalJSON.data(event))
          control.event(event)
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    let watch = control.whenInterrupted { work.cancel() }
    defer { watch.cancel() }
    do {
      let model = try await work.value
      if let failure = failure.withLock({ $0 }) { throw failure }
      return model
    } catch is CancellationError where control.isInterrupted() {
      throw RoundHalt.interrupted
    }
  }
}
