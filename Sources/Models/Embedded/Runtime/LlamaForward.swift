import CKernels

/// The forward pass: rows of tokens, of one sequence or of many, go through all layers together.
///
/// A row's result does not depend on the other rows in any bit: see CKernels.h.
final class LlamaForward {
  /// A token to compute, at row `slot` of its sequence's own segment.
  struct Row {
    let token: Int32
    let sequence: LlamaSequence
    let slot: Int
  }

  /// Most rows at once.
  static let maximumRows = 32

  let configuration: LlamaConfiguration
  let shape: KVStorage.Shape
  private let weights: LlamaWeights
  private let kernels: ck_kernels
  private var rotary: RotaryTable
  private let x, normed, projected, mixed, gateUp, inner: FloatMatrix
  private let logitRows: FloatMatrix
  private var scores = FloatMatrix(1, 1024)

  init(_ weights: LlamaWeights, _ c: LlamaConfiguration, kernels: ck_kernels = ck_kernels_best().pointee) {
    configuration = c
    self.weights = weights
    self.kernels = kernels
    shape = KVStorage.Shape(layers: c.layers, keyValueWidth: c.keyValueWidth, width: c.width)
    rotary = RotaryTable(headSize: c.headSize, theta: c.ropeTheta, scaling: c.ropeScaling)
    let rows = Self.maximumRows
    x = FloatMatrix(rows, c.width)
    normed = FloatMatrix(rows, c.width)
    projected = FloatMatrix(rows, c.heads * c.headSize + 2 * c.keyValueWidth)
    mixed = FloatMatrix(rows, c.heads * c.headSize)
    gateUp = FloatMatrix(rows, 2 * c.inner)
    inner = FloatMatrix(rows, c.inner)
    logitRows = FloatMatrix(rows, c.vocabularySize)
  }

  /// Computes up to `maximumRows` rows: their keys, values and final hidden states go into their sequences' segments.
  ///
  /// Rows of one sequence come in order, each right after those already there.
  func run(_ rows: [Row]) {
    let c = configuration
    var longest = 0
    for (i, row) in rows.enumerated() {
      longest = max(longest, row.sequence.start + row.slot + 1)
      x.row(i).update(from: weights.embedding.row(Int(row.token)), count: c.width)
    }
    rotary.reach(longest)
    if scores.columns < longest + 16 { scores = FloatMatrix(1, 2 * longest + 16) }
    for layer in 0..<c.layers {
      attend(rows, layer)
      let w = weights.layers[layer]
      kernels.rms_norm(normed.base, x.base, w.feedForwardNorm.base, rows.count, c.width, c.epsilon)
      linear(into: gateUp, normed, w.gateUp, w.gateUpBias, rows.count)
      kernels.silu_multiply(inner.base, gateUp.base, rows.count, c.inner)
      if let bias = w.downBias { add(bias, to: x, rows.count) }
      kernels.linear(x.base, inner.base, w.down.base, rows.count, c.inner, c.width, 1)
    }
    kernels.rms_norm(normed.base, x.base, weights.norm.base, rows.count, c.width, c.epsilon)
    for (i, row) in rows.enumerated() {
      row.sequence.own.hidden(at: row.slot).update(from: normed.row(i), count: c.width)
      row.sequence.count = max(row.sequence.count, row.slot + 1)
    }
  }

  private func attend(_ rows: [Row], _ layer: Int) {
    let c = configuration
    let w = weights.layers[layer]
    let queries = c.heads * c.headSize
    kernels.rms_norm(normed.base, x.base, w.attentionNorm.base, rows.count, c.width, c.epsilon)
    linear(into: projected, normed, w.queryKeyValue, w.queryKeyValueBias, rows.count)
    for (i, row) in rows.enumerated() {
      let own = projected.row(i)
      if let norms = w.headNorms {
        kernels.rms_norm(own, own, norms.query.base, c.heads, c.headSize, c.epsilon)
        kernels.rms_norm(own + queries, own + queries, norms.key.base, c.keyValueHeads, c.headSize, c.epsilon)
      }
      rotary.withRow(row.sequence.start + row.slot) { cosines, sines in
        kernels.rope(own, cosines, sines, c.heads + c.keyValueHeads, c.headSize)  // keys stand right after the queries
      }
      let storage = row.sequence.own
      storage.keys(layer: layer, at: row.slot).update(from: own + queries, count: c.keyValueWidth)
      storage.values(layer: layer, at: row.slot).update(from: own + queries + c.keyValueWidth, count: c.keyValueWidth)
    }
    let sizes = ck_heads(heads: c.heads, kv_heads: c.keyValueHeads, head: c.headSize)
    for (i, row) in rows.enumerated() {
      let segments = row.sequence.segments(layer: layer, through: row.slot)
      kernels.attention(mixed.row(i), projected.row(i), segments, row.sequence.segmentCount, sizes, scores.base)
    }
    if let bias = w.outputBias { add(bias, to: x, rows.count) }
    kernels.linear(x.base, mixed.base, w.output.base, rows.count, queries, c.width, 1)
  }

  /// out = in · weight, and the bias where there is one.
  private func linear(
    into out: FloatMatrix, _ input: FloatMatrix, _ weight: FloatMatrix, _ bias: FloatMatrix?, _ rows: Int
  ) {
    if let bias { for row in 0..<rows { out.row(row).update(from: bias.base, count: out.columns) } }
    kernels.linear(
      out.base, input.base, weight.base, rows, input.columns, out.columns, bias == nil ? 0 : 1)
  }

  private func add(_ bias: FloatMatrix, to out: FloatMatrix, _ rows: Int) {
    for row in 0..<rows {
      let at = out.row(row)
      for column in 0..<out.columns { at[column] += bias.base[column] }
    }
  }

  /// The logits of up to `maximumRows` hidden states, [count][vocabularySize]; valid until the next call.
  func logits(_ hidden: [UnsafePointer<Float>]) -> FloatMatrix {
    let c = configuration
    for (i, state) in hidden.enumerated() { normed.row(i).update(from: state, count: c.width) }
    kernels.linear(logitRows.base, normed.base, weights.head.base, hidden.count, c.width, c.vocabularySize, 0)
    return logitRows
  }

  /// log Σ exp of one row of logits.
  func logSumExp(_ logits: UnsafePointer<Float>) -> Double { kernels.log_sum_exp(logits, configuration.vocabularySize) }

  /// softmax(logits · scale) into `out`.
  func softmax(_ logits: UnsafePointer<Float>, scale: Float, into out: UnsafeMutablePointer<Float>) {
    kernels.softmax(out, logits, configuration.vocabularySize, scale)
  }
}
