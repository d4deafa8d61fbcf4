import CKernels
import Models

/// A text to learn from: its tokens, and how many of them are the prompt, whose prediction weighs less.
struct TrainingText: Sendable, Equatable {
  var tokens: [Int32]
  var promptCount: Int
}

/// The loss of some texts and its gradient: the forward pass that the runtime does, kept layer by layer, and the way back.
///
/// All tokens of all texts go through a product together; only attention looks at one text at a time. Used by one thread at
/// a time; the same texts give the same bits on any thread.
final class LlamaGradient {
  /// What the way back needs of one layer.
  private final class Kept {
    /// What comes into the layer, and into its second half.
    let input, middle: FloatMatrix
    /// Queries, keys and values as they are multiplied with each other.
    let projected: FloatMatrix
    /// The same before the norms of heads; nil where there are none.
    let raw: FloatMatrix?
    /// What attention gives, before its output matrix.
    let mixed: FloatMatrix
    let gateUp: FloatMatrix

    init(_ rows: Int, _ c: LlamaConfiguration) {
      input = FloatMatrix(rows, c.width)
      middle = FloatMatrix(rows, c.width)
      projected = FloatMatrix(rows, c.projectedWidth)
      raw = c.architecture.normsQueriesAndKeys ? FloatMatrix(rows, c.projectedWidth) : nil
      mixed = FloatMatrix(rows, c.heads * c.headSize)
      gateUp = FloatMatrix(rows, 2 * c.inner)
    }
  }

  /// What is needed now and not later.
  private final class Passing {
    let last, normed, inner, dx, dnormed, dinner, dprojected, dmixed: FloatMatrix

    init(_ rows: Int, _ c: LlamaConfiguration) {
      last = FloatMatrix(rows, c.width)
      normed = FloatMatrix(rows, c.width)
      inner = FloatMatrix(rows, c.inner)
      dx = FloatMatrix(rows, c.width)
      dnormed = FloatMatrix(rows, c.width)
      dinner = FloatMatrix(rows, c.inner)
      dprojected = FloatMatrix(rows, c.projectedWidth)
      dmixed = FloatMatrix(rows, c.heads * c.headSize)
    }
  }

  /// Rows of logits at a time: all of them at once would be more memory than all the rest.
  private static let logitRows = 256

  /// Of the latest texts, in the model's layout.
  let gradient: FloatMatrix
  private let c: LlamaConfiguration
  private let layout: LlamaLayout
  private let kernels: ck_kernels
  private var attention: AttentionGradient
  private let logits: FloatMatrix
  private var kept: [Kept] = []
  private var passing: Passing
  private var capacity = 0
  private var rows = 0
  private var weights: UnsafePointer<Float>

  init(_ layout: LlamaLayout, _ c: LlamaConfiguration, weights: FloatMatrix, kernels: ck_kernels) {
    (self.layout, self.c, self.kernels) = (layout, c, kernels)
    self.weights = UnsafePointer(weights.base)
    gradient = FloatMatrix(1, layout.count)
    attention = AttentionGradient(c, kernels)
    logits = FloatMatrix(Self.logitRows, c.vocabularySize)
    passing = Passing(0, c)
  }

  /// Leaves the gradient of Σ weight · loss / `total` in ``gradient``; gives Σ weight · loss.
  ///
  /// - Parameter total: the weights of all tokens of the step, of which these texts may be a part.
  func run(_ texts: [TrainingText], promptWeight: Float, total: Double) -> Double {
    attention.lengths = texts.map { $0.tokens.count - 1 }
    rows = attention.lengths.reduce(0, +)
    reserve()
    let inputs = texts.flatMap { $0.tokens.dropLast() }
    let targets = texts.flatMap { $0.tokens.dropFirst() }
    let each = texts.flatMap { text in
      (1..<text.tokens.count).map { $0 < text.promptCount ? promptWeight : 1 }
    }
    forward(inputs)
    let loss = head(targets, each, Float(1 / total))
    for layer in kept.indices.reversed() {
      feedForwardBack(layer)
      attentionBack(layer)
    }
    // Tied, the embedding already holds the head's gradient.
    if layout.head != layout.embedding { clear(layout.embedding, c.vocabularySize * c.width) }
    for (i, token) in inputs.enumerated() {
      kernels.add(gradient.base + layout.embedding + Int(token) * c.width, passing.dx.row(i), 1, c.width)
    }
    return loss
  }

  private func reserve() {
    guard rows > capacity else { return }
    (kept, passing) = ([], Passing(0, c))  // freed before more is taken
    capacity = rows
    kept = (0..<c.layers).map { _ in Kept(rows, c) }
    passing = Passing(rows, c)
  }

  // MARK: Forward

  private func forward(_ inputs: [Int32]) {
    for (i, token) in inputs.enumerated() {
      kept[0].input.row(i).update(from: weights + layout.embedding + Int(token) * c.width, count: c.width)
    }
    for (index, a) in kept.enumerated() {
      let at = layout.layers[index]
      norm(a.input, at.attentionNorm)
      multiply(into: a.projected, passing.normed, at.queryKeyValue, at.queryKeyValueBias)
      if let raw = a.raw, let norms = at.headNorms {
        raw.base.update(from: a.projected.base, count: rows * c.projectedWidth)
        attention.normHeads(a.projected, weights + norms.query, weights + norms.key)
      }
      attention.forward(a.projected, into: a.mixed)
      a.middle.base.update(from: a.input.base, count: rows * c.width)
      multiply(into: a.middle, a.mixed, at.output, at.outputBias, adds: true)

      norm(a.middle, at.feedForwardNorm)
      multiply(into: a.gateUp, passing.normed, at.gateUp, at.gateUpBias)
      kernels.silu_multiply(passing.inner.base, a.gateUp.base, rows, c.inner)
      let out = index + 1 < kept.count ? kept[index + 1].input : passing.last
      out.base.update(from: a.middle.base, count: rows * c.width)
      multiply(into: out, passing.inner, at.down, at.downBias, adds: true)
    }
  }

  private func norm(_ x: FloatMatrix, _ gain: Int) {
    kernels.rms_norm(passing.normed.base, x.base, weights + gain, rows, c.width, c.epsilon)
  }

  /// out (+)= x · weightᵀ + bias.
  private func multiply(into out: FloatMatrix, _ x: FloatMatrix, _ weight: Int, _ bias: Int?, adds: Bool = false) {
    if let bias {
      for row in 0..<rows where adds { kernels.add(out.row(row), weights + bias, 1, out.columns) }
      for row in 0..<rows where !adds { out.row(row).update(from: weights + bias, count: out.columns) }
    }
    kernels.product(
      out.base, out.columns, x.view, ck_matrix(base: weights + weight, row: 1, column: x.columns), rows, out.columns,
      x.columns, adds || bias != nil ? 1 : 0)
  }

  // MARK: Back

  /// The loss, and the gradient down to what comes out of the last layer.
  private func head(_ targets: [Int32], _ each: [Float], _ share: Float) -> Double {
    let p = passing
    norm(p.last, layout.norm)
    var loss = 0.0
    for start in stride(from: 0, to: rows, by: Self.logitRows) {
      let count = min(Self.logitRows, rows - start)
      let normed = ck_matrix(base: p.normed.row(start), row: c.width, column: 1)
      kernels.product(
        logits.base, c.vocabularySize, normed, ck_matrix(base: weights + layout.head, row: 1, column: c.width), count,
        c.vocabularySize, c.width, 0)
      for i in 0..<count {
        let at = start + i
        let own = kernels.cross_entropy(logits.row(i), c.vocabularySize, Int(targets[at]), each[at] * share)
        loss += Double(each[at]) * own
      }
      kernels.product(
        gradient.base + layout.head, c.width, ck_matrix(base: logits.base, row: 1, column: c.vocabularySize), normed,
        c.vocabularySize, c.width, count, start == 0 ? 0 : 1)
      kernels.product(
        p.dnormed.row(start), c.width, logits.view, ck_matrix(base: weights + layout.head, row: c.width, column: 1),
        count, c.width, c.vocabularySize, 0)
    }
    p.dx.base.update(repeating: 0, count: rows * c.width)
    normBack(p.last, layout.norm)
    return loss
  }

  private func feedForwardBack(_ index: Int) {
    let (a, at, p) = (kept[index], layout.layers[index], passing)
    kernels.silu_multiply(p.inner.base, a.gateUp.base, rows, c.inner)
    weightsBack(p.dx, p.inner, at.down, at.downBias)
    inputBack(into: p.dinner, p.dx, at.down)
    kernels.silu_multiply_backward(a.gateUp.base, p.dinner.base, rows, c.inner)
    norm(a.middle, at.feedForwardNorm)
    weightsBack(a.gateUp, p.normed, at.gateUp, at.gateUpBias)
    inputBack(into: p.dnormed, a.gateUp, at.gateUp)
    normBack(a.middle, at.feedForwardNorm)
  }

  private func attentionBack(_ index: Int) {
    let (a, at, p) = (kept[index], layout.layers[index], passing)
    weightsBack(p.dx, a.mixed, at.output, at.outputBias)
    inputBack(into: p.dmixed, p.dx, at.output)
    attention.backward(a.projected, p.dmixed, into: p.dprojected)
    if let raw = a.raw, let norms = at.headNorms {
      clear(norms.query, c.headSize)
      clear(norms.key, c.headSize)
      attention.normHeadsBack(
        raw, p.dprojected, query: (weights + norms.query, gradient.base + norms.query),
        key: (weights + norms.key, gradient.base + norms.key))
    }
    norm(a.input, at.attentionNorm)
    weightsBack(p.dprojected, p.normed, at.queryKeyValue, at.queryKeyValueBias)
    inputBack(into: p.dnormed, p.dprojected, at.queryKeyValue)
    normBack(a.input, at.attentionNorm)
  }

  /// Adds to `dx` what `dnormed` comes to before the norm of `x`.
  private func normBack(_ x: FloatMatrix, _ gain: Int) {
    clear(gain, c.width)
    kernels.rms_norm_backward(
      passing.dx.base, gradient.base + gain, passing.dnormed.base, x.base, weights + gain, rows, c.width, c.epsilon)
  }

  /// The gradient of a matrix and its bias from that of its output, `dy`.
  private func weightsBack(_ dy: FloatMatrix, _ x: FloatMatrix, _ weight: Int, _ bias: Int?) {
    kernels.product(
      gradient.base + weight, x.columns, ck_matrix(base: dy.base, row: 1, column: dy.columns), x.view, dy.columns,
      x.columns, rows, 0)
    guard let bias else { return }
    clear(bias, dy.columns)
    kernels.add(gradient.base + bias, dy.base, rows, dy.columns)
  }

  /// dx = dy · weight.
  private func inputBack(into dx: FloatMatrix, _ dy: FloatMatrix, _ weight: Int) {
    kernels.product(
      dx.base, dx.columns, dy.view, ck_matrix(base: weights + weight, row: dx.columns, column: 1), rows, dx.columns,
      dy.columns, 0)
  }

  private func clear(_ offset: Int, _ count: Int) { (gradient.base + offset).update(repeating: 0, count: count) }
}

extension FloatMatrix {
  /// The whole of it, as kernels take a matrix.
  var view: ck_matrix { ck_matrix(base: UnsafePointer(base), row: columns, column: 1) }
}

extension LlamaConfiguration {
  /// Length of a token's queries, keys and values together.
  var projectedWidth: Int { heads * headSize + 2 * keyValueWidth }
}
