import ArgumentParser
import Foundation
import Lab
import Synchronization
import Training

/// `etascope train`: rows and a model in, a model out.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on a dataset's rows; what comes out is a model folder like any other.",
    discussion: """
      The rows are those of 'dataset export --format prompt-completion' or conversational. A training that was stopped or killed \
      goes on where it was when the same command is given again, and comes to the same weights. --trainer: \
      \(Trainers.all.map { "\($0.spelling), \($0.help)" }.joined(separator: "; ")).
      """)

  @Option(help: ArgumentHelp("The model folder to begin from (default: the embedded policy).", valueName: "folder"))
  var model: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the result.", valueName: "folder")) var output: String
  @Option(help: ArgumentHelp("Who trains (default: \(Trainers.all[0].name)).", valueName: "name")) var trainer: String?
  @OptionGroup var recipe: RecipeOptions
  @Option(help: "Seed of every random choice.") var seed: UInt64 = 0
  @Option(help: "Threads of the embedded trainer (default: one a processor); the result does not depend on it.")
  var threads: Int?
  @Option(help: "How the embedded trainer writes its result: float32 or float16 (default: float32).") var precision:
    String?
  @Flag(help: "A JSON object a step on standard output, and one of the result.") var json = false
  @Argument(help: "A dataset's folder (README.md, data/train.jsonl), or a file of its rows.") var data: String

  func run() async throws {
    let job = TrainingJob(
      data: data, model: try model ?? DataFolder.locate().models.appending(path: "policy").path(percentEncoded: false),
      output: output,
      seed: seed, recipe: try recipe.recipe(for: trainer))
    let trainer = try chosen()
    let interruption = Interruption()
    let teller = StepTeller(json: json)
    do {
      let trained = try await interruption.cancelling { try await trainer.train(job) { teller.tell($0) } }
      teller.finish()
      try teller.check()
      try tell(trained)
    } catch let error as TrainingError {
      teller.finish()
      throw ExitError.failed(error.description)
    } catch is CancellationError {
      teller.finish()
      throw ExitError.stopped("stopped by a signal; the same command goes on from here")
    }
  }

  private func chosen() throws -> any Trainer {
    do {
      let made = try Trainers.named(trainer ?? Trainers.all[0].name)
      guard var embedded = made as? EmbeddedTrainer else {
        for (name, isGiven) in [("threads", threads != nil), ("precision", precision != nil)] where isGiven {
          throw ExitError.usage("--\(name): expected the embedded trainer, found \(made.name)")
        }
        return made
      }
      if let threads {
        guard (1...1024).contains(threads) else {
          throw ExitError.usage("--threads: expected 1 to 1024, found \(threads)")
        }
        embedded.threads = threads
      }
      if let precision {
        guard let found = TrainedPrecision(rawValue: precision) else {
          let names = TrainedPrecision.allCases.map(\.rawValue).joined(separator: " or ")
          throw ExitError.usage("--precision: expected \(names), found \(precision)")
        }
        embedded.precision = found
      }
      return embedded
    } catch let error as TrainingError {
      throw ExitError.usage("--trainer: \(error.description)")
    }
  }

  private func tell(_ trained: TrainedModel) throws {
    let out = StandardOutput()
    if json { return try out.json(trained) }
    let loss = trained.loss.map { String(format: ", loss %.4f", $0) } ?? ""
    try out.line(
      "\(trained.folder.printable)\t\(trained.kind.rawValue)\t\(trained.steps) steps\(loss)\t\(trained.digest.prefix(16))"
    )
  }
}

/// Tells a training's steps: a line of JSON each, or one line that changes.
private final class StepTeller: Sendable {
  private struct State {
    var bar: ProgressBar?
    var first: (step: Int, tokens: Int) = (0, 0)
    var began = ContinuousClock.now
    var failure: (any Error)?
  }

  private let json: Bool
  private let state = Mutex(State())

  init(json: Bool) { self.json = json }

  func tell(_ progress: TrainingProgress) {
    state.withLock { state in
      if let message = progress.message {
        state.bar?.finish()
        StandardError.line(message)
      }
      if json {
        do { try StandardOutput().json(progress) } catch { state.failure = state.failure ?? error }
      }
      guard progress.step > 0 else { return }
      // The first step tells how many there are; the time from there to the next is what a step takes.
      let bar = state.bar ?? ProgressBar(total: progress.steps)
      if state.bar == nil {
        (state.bar, state.began) = (bar, .now)
        state.first = (progress.step, progress.tokens ?? 0)
      }
      bar.show(progress.step, Self.words(progress, since: state.began, first: state.first))
    }
  }

  private static func words(
    _ progress: TrainingProgress, since began: ContinuousClock.Instant, first: (step: Int, tokens: Int)
  ) -> String {
    var words = ["steps"]
    if let loss = progress.loss { words.append(String(format: "loss %.4f", loss)) }
    let seconds = max(0.001, (ContinuousClock.now - began) / .seconds(1))
    if let tokens = progress.tokens, progress.step > first.step {
      words.append("\(Int(Double(tokens - first.tokens) / seconds)) tokens/s")
    }
    let left = TimeLeft.words(since: began, done: progress.step - first.step, of: progress.steps - first.step)
    return (words + (left.map { [$0] } ?? [])).joined(separator: ", ")
  }

  func finish() { state.withLock { $0.bar?.finish() } }

  /// Throws what kept a step from being told.
  func check() throws { try state.withLock { if let failure = $0.failure { throw failure } } }
}
