import Foundation
import Models
import Synchronization
import Training

/// Tokens a second of the embedded trainer on one core, and beside it torch's on the same rows, in alternating pairs.
///
/// Seconds are of processor time: a neighbour's load slows both, and pairs that stand side by side show it alike.
package struct TrainingFigures: Encodable {
  /// One of ours and, where there is a Python with torch, one of torch's right after it.
  private struct Pair: Encodable {
    let tokensPerSecond: Double
    let torchTokensPerSecond: Double?
  }

  private let model: String
  private let rows: Int
  private let steps: Int
  private let pairs: [Pair]
  private let tokensPerSecond: Double
  private let torchTokensPerSecond: Double?
  /// The median of the pairs' ratios, ours to torch's.
  private let ratio: Double?

  /// Trains the model folder at `path` on its own answers to `questions`.
  ///
  /// - Parameters:
  ///   - steps: of one training, of which the first is not counted; ≥ 2.
  ///   - python: a Python that has torch; nil to leave torch out.
  ///   - folder: for files.
  package init(
    model path: String, questions: [String], steps: Int, pairs count: Int, python: String?, in folder: URL
  ) async throws {
    let rows = try await BenchmarkRows(path, questions)
    try rows.write(to: folder)
    var pairs: [Pair] = []
    for number in 0..<count {
      pairs.append(
        Pair(
          tokensPerSecond: try await Self.ours(path, steps, rows, in: folder, number),
          torchTokensPerSecond: try python.map { try Self.torchs(path, steps, python: $0, in: folder) }))
    }
    model = URL(filePath: path).lastPathComponent
    (self.rows, self.steps, self.pairs) = (questions.count, steps, pairs)
    tokensPerSecond = Percentiles(pairs.map(\.tokensPerSecond)).p50
    torchTokensPerSecond = python == nil ? nil : Percentiles(pairs.compactMap(\.torchTokensPerSecond)).p50
    ratio =
      python == nil
      ? nil : Percentiles(pairs.compactMap { pair in pair.torchTokensPerSecond.map { pair.tokensPerSecond / $0 } }).p50
  }

  /// The figures in words.
  package var lines: [String] {
    let own = ["\(Int(tokensPerSecond)) tokens a second of one core"]
    guard let torchTokensPerSecond, let ratio else { return own }
    return own + [
      "torch: \(Int(torchTokensPerSecond)) tokens a second of one core",
      String(format: "%.2f times torch's, the median of %d pairs", ratio, pairs.count),
    ]
  }

  private static func ours(
    _ path: String, _ steps: Int, _ rows: BenchmarkRows, in folder: URL, _ number: Int
  ) async throws -> Double {
    var job = TrainingJob(
      data: folder.path(percentEncoded: false), model: path,
      output: folder.appending(path: "trained-\(number)").path(percentEncoded: false), seed: 1)
    (job.recipe.epochs, job.recipe.maxSteps) = (steps, steps)
    let first = Mutex<(tokens: Int, seconds: Double)?>(nil)
    let last = Mutex((tokens: 0, seconds: 0.0))
    _ = try await EmbeddedTrainer(threads: 1).train(job) { progress in
      let now = (tokens: progress.tokens ?? 0, seconds: ProcessorTime.seconds)
      first.withLock { $0 = $0 ?? now }
      last.withLock { $0 = now }
    }
    let (start, end) = (first.withLock { $0 } ?? (tokens: 0, seconds: 0), last.withLock { $0 })
    return Double(end.tokens - start.tokens) / max(1e-9, end.seconds - start.seconds)
  }

  private struct Printed: Decodable {
    let tokens: Double
    let seconds: Double
  }

  private static func torchs(_ path: String, _ steps: Int, python: String, in folder: URL) throws -> Double {
    let script = folder.appending(path: "torch_training.py")
    try Data(PackageResources.torch_training_py).write(to: script)
    let files = [
      script.path(percentEncoded: false), path, folder.appending(path: "texts.json").path(percentEncoded: false),
    ]
    let data = try Floor.output(of: URL(filePath: python), files + ["\(steps)"])
    let printed = try JSONDecoder().decode(Printed.self, from: data)
    return printed.tokens / max(1e-9, printed.seconds)
  }
}

/// What is trained on: a model's own answers, as text for our trainer and as tokens for torch.
private struct BenchmarkRows {
  private static let rowsAStep = 32

  private var texts: [(prompt: String, completion: String)] = []
  private var tokens: [[String: Any]] = []

  init(_ path: String, _ questions: [String]) async throws {
    let folder = try ModelFolder.load(path)
    let model = try EmbeddedModel(folder)
    guard let end = try folder.endToken() else { throw BenchmarkError("\(path): expected a token that ends a text") }
    for question in questions {
      let prompt = model.prompt(for: question)
      let request = SampleRequest(prefix: prompt, temperature: 0, maximumTokens: 160, end: .answer)
      let answer = try await model.sample(request).samples.first?.tokens ?? []
      let template = folder.settings.promptTemplate.components(separatedBy: "{question}").joined(separator: question)
      texts.append((template, model.text(of: answer)))
      tokens.append(["tokens": (prompt + answer + [end]).map(Int.init), "promptCount": prompt.count])
    }
  }

  func write(to folder: URL) throws {
    let data = folder.appending(path: "data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    let lines = try texts.map {
      try JSONSerialization.data(withJSONObject: ["prompt": $0.prompt, "completion": $0.completion]) + Data("\n".utf8)
    }
    try Data(lines.joined()).write(to: data.appending(path: "train.jsonl"))
    let recipe = TrainingRecipe()
    let batches = stride(from: 0, to: tokens.count, by: Self.rowsAStep).map {
      Array(tokens[$0..<min($0 + Self.rowsAStep, tokens.count)])
    }
    let job: [String: Any] = [
      "batches": batches, "promptWeight": recipe.promptWeight, "learningRate": recipe.learningRate,
    ]
    try JSONSerialization.data(withJSONObject: job).write(to: folder.appending(path: "texts.json"))
  }
}
