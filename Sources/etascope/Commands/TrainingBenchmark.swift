import ArgumentParser
import Benchmarks
import Foundation
import Lab
import Workspace

/// `etascope benchmark training`: tokens a second of the embedded trainer, beside torch's where there is one.
struct TrainingBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training", abstract: "Tokens a second of the embedded trainer on one core, and torch's beside it.",
    discussion: """
      Trains a model folder on its own answers to the sample problems, 32 rows a step, with the recipe's defaults, and counts \
      tokens against processor time, so that other programs do not matter much. With --python the same texts are then trained \
      on by torch on one thread (fused projections, torch's own attention, AdamW, batches padded to their longest text), pair \
      by pair; the ratio is the median of the pairs'. What torch's own padding computes is not counted as tokens.
      """)

  @Option(help: "The model folder (default: the embedded policy).") var model: String?
  @Option(help: "Steps of one training, of which the first is not counted.") var steps = 21
  @Option(help: "Trainings of each, in turn.") var pairs = 3
  @Option(help: ArgumentHelp("A Python that has torch, to measure beside.", valueName: "path")) var python: String?
  @Flag(help: "One JSON object.") var json = false

  func run() async throws {
    guard (2...100_000).contains(steps) else { throw ExitError.usage("--steps: expected 2 to 100000, found \(steps)") }
    guard (1...100).contains(pairs) else { throw ExitError.usage("--pairs: expected 1 to 100, found \(pairs)") }
    if let python, !FileManager.default.isExecutableFile(atPath: python) {
      throw ExitError.usage("--python: expected a program, found \(python)")
    }
    let data = try DataFolder.locate()
    let path = model ?? data.models.appending(path: "policy").path(percentEncoded: false)
    let problems = try ProblemFile.read(path: data.problems.appending(path: "train.jsonl").path(percentEncoded: false))
      .prefix(
        min(320, 32 * steps))
    let figures = try await TemporaryFolder.use {
      try await TrainingFigures(
        model: path, questions: problems.map(\.problem.question), steps: steps, pairs: pairs, python: python, in: $0)
    }
    let out = StandardOutput()
    if json { return try out.json(figures) }
    for line in figures.lines { try out.line(line) }
  }
}
