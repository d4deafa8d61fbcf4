import CKernels
import Foundation
import Models
import Testing
import Vocabulary

@testable import Training

/// Gradients are those that torch computes, and those that the loss itself shows where it is moved.
struct GradientTests {
  /// A model's loss and gradient on some texts.
  private struct Trial {
    let layout: LlamaLayout
    let weights: FloatMatrix
    let gradient: LlamaGradient

    init(_ path: String, kernels: ck_kernels = ck_kernels_best().pointee) throws {
      let folder = try ModelFolder.load(path)
      layout = LlamaLayout(folder.configuration)
      weights = try layout.weights(folder.weights)
      gradient = LlamaGradient(layout, folder.configuration, weights: weights, kernels: kernels)
    }

    /// The mean loss, prompts weighing a little.
    func loss(_ texts: [TrainingText], promptWeight: Float = 0.05) -> Double {
      let weight = texts.reduce(0.0) { sum, text in
        sum + (1..<text.tokens.count).reduce(0) { $0 + ($1 < text.promptCount ? Double(promptWeight) : 1) }
      }
      return gradient.run(texts, promptWeight: promptWeight, total: weight) / weight
    }

    func norm(_ tensor: LlamaLayout.Tensor) -> Double {
      (0..<tensor.count).reduce(0.0) { $0 + pow(Double(gradient.gradient.base[tensor.offset + $1]), 2) }.squareRoot()
    }
  }

  @Test func theyAreTorchs() throws {
    let fixture = try Fixture.read()
    let trial = try Trial(Fixture.model)
    let texts = fixture.texts.map { TrainingText(tokens: $0.tokens, promptCount: $0.promptCount) }
    #expect(abs(trial.loss(texts) - fixture.loss) < 1e-5)
    #expect(Set(trial.layout.tensors.map(\.name)) == Set(fixture.gradients.keys))
    for tensor in trial.layout.tensors {
      let expected = try #require(fixture.gradients[tensor.name])
      #expect(abs(trial.norm(tensor) - expected.norm) < 1e-4 * max(1, expected.norm), "\(tensor.name)")
      for (place, value) in zip(expected.at, expected.values) {
        let own = trial.gradient.gradient.base[tensor.offset + place]
        #expect(abs(own - value) < 1e-4 * max(1, abs(value)), "\(tensor.name)[\(place)]")
      }
    }
  }

  /// Along the gradient of each tensor the loss changes by the gradient's norm: for every architecture, with and without biases,
  /// norms of heads, shared keys, tied embeddings, stretched angles.
  @Test(arguments: ["llama-0", "llama-1", "mistral-0", "mistral-1", "qwen2-0", "qwen2-1", "qwen3-0", "qwen3-1"])
  func theyAreWhatTheLossShows(_ name: String) throws {
    let trial = try Trial(
      Fixture.root.appending(path: "Tests/ModelsTests/Fixtures/Models/\(name)").path(percentEncoded: false))
    let size = Int32(
      try ModelFolder.load(
        Fixture.root.appending(path: "Tests/ModelsTests/Fixtures/Models/\(name)").path(percentEncoded: false)
      ).configuration.vocabularySize)
    var generator = SplitMix(seed: 3)
    let texts = [5, 21, 70].map { count in
      TrainingText(tokens: (0..<count).map { _ in Int32(generator.below(Int(size))) }, promptCount: count / 2)
    }
    _ = trial.loss(texts)
    let gradient = FloatMatrix(1, trial.layout.count)
    gradient.base.update(from: trial.gradient.gradient.base, count: trial.layout.count)
    for tensor in trial.layout.tensors {
      let norm = (0..<tensor.count).reduce(0.0) { $0 + pow(Double(gradient.base[tensor.offset + $1]), 2) }.squareRoot()
      guard norm > 1e-4 else { continue }
      func moved(_ step: Double) -> Double {
        let kept = (0..<tensor.count).map { trial.weights.base[tensor.offset + $0] }
        for i in 0..<tensor.count {
          trial.weights.base[tensor.offset + i] += Float(step / norm * Double(gradient.base[tensor.offset + i]))
        }
        defer { for i in 0..<tensor.count { trial.weights.base[tensor.offset + i] = kept[i] } }
        return trial.loss(texts)
      }
      // As far as the loss changes by a few thousandths: far enough for its own last digits, near enough for a line.
      let step = min(0.01, 0.003 / norm)
      let slope = (moved(step) - moved(-step)) / (2 * step)
      #expect(abs(slope - norm) < 0.02 * norm + 2e-4, "\(tensor.name): \(slope), the gradient says \(norm)")
    }
  }

  /// Processors with fused multiply-add come to the same bits, whatever the length of their vectors; the portable build comes
  /// near.
  @Test func buildsOfTheKernelsAgree() throws {
    let fixture = try Fixture.read()
    let texts = fixture.texts.map { TrainingText(tokens: $0.tokens, promptCount: $0.promptCount) }
    let builds = (0..<Int32(3)).compactMap { ck_kernels_at($0)?.pointee }
    let found = try builds.map { kernels in
      let trial = try Trial(Fixture.model, kernels: kernels)
      let optimizer = Optimizer(trial.weights, trial.layout, fixture.recipe, kernels: kernels)
      let loss = trial.loss(texts)
      let norm = optimizer.norm(trial.gradient.gradient)
      optimizer.step(trial.gradient.gradient, norm: norm, rate: 1e-3, number: 1)
      return (loss, norm, Array(UnsafeBufferPointer(start: trial.weights.base, count: trial.layout.count)))
    }
    for (loss, norm, weights) in found.dropFirst(2) {
      #expect(loss == found[1].0 && norm == found[1].1)
      #expect(weights == found[1].2)
    }
    #expect(found.allSatisfy { abs($0.0 - fixture.loss) < 1e-5 })
  }

  /// How texts are put together does not matter to their sum, but for the last digits.
  @Test func textsDoNotSeeEachOther() throws {
    let fixture = try Fixture.read()
    let trial = try Trial(Fixture.model)
    let texts = fixture.texts.map { TrainingText(tokens: $0.tokens, promptCount: $0.promptCount) }
    let together = trial.gradient.run(texts, promptWeight: 0.05, total: 1)
    let alone = texts.reduce(0.0) { $0 + trial.gradient.run([$1], promptWeight: 0.05, total: 1) }
    #expect(abs(together - alone) < 1e-9 * together, "the same bits, text by text")
  }
}
