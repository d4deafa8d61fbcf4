import CKernels
import Models

/// Causal attention over some texts and the way back through it, queries in blocks, so that memory grows with a text's length
/// and not with its square. Probabilities are computed again on the way back.
struct AttentionGradient {
  /// Queries at a time.
  private static let block = 64

  /// Tokens of each text; their rows stand one text after the other.
  var lengths: [Int] = [] {
    didSet {
      let longest = lengths.max() ?? 0
      rotary.reach(longest)
      back.reach(longest)
      if scores.columns < longest {
        (scores, dscores) = (FloatMatrix(Self.block, longest), FloatMatrix(Self.block, longest))
      }
    }
  }

  private let c: LlamaConfiguration
  private let kernels: ck_kernels
  private var rotary, back: RotaryTable
  private var scores = FloatMatrix(0, 0)
  private var dscores = FloatMatrix(0, 0)
  private let head: FloatMatrix

  init(_ c: LlamaConfiguration, _ kernels: ck_kernels) {
    (self.c, self.kernels) = (c, kernels)
    rotary = RotaryTable(headSize: c.headSize, theta: c.ropeTheta, scaling: c.ropeScaling)
    back = RotaryTable(headSize: c.headSize, theta: c.ropeTheta, scaling: c.ropeScaling, turnsBack: true)
    head = FloatMatrix(1, c.projectedWidth)
  }

  private var width: Int { c.projectedWidth }
  private var queries: Int { c.heads * c.headSize }
  private var scale: Float { 1 / Float(c.headSize).squareRoot() }

  /// Places of one head's queries, keys and values in a row of projections.
  private func places(_ index: Int) -> (query: Int, key: Int, value: Int) {
    let group = index / (c.heads / c.keyValueHeads) * c.headSize
    return (index * c.headSize, queries + group, queries + c.keyValueWidth + group)
  }

  /// Calls `body` with each text's first row and length, each head, and each block's first query and length.
  private func forEachBlock(_ body: (_ row: Int, _ head: Int, _ first: Int, _ count: Int) -> Void) {
    var start = 0
    for length in lengths {
      for index in 0..<c.heads {
        for first in stride(from: 0, to: length, by: Self.block) {
          body(start, index, first, min(Self.block, length - first))
        }
      }
      start += length
    }
  }

  /// Turns queries and keys of `projected`, in place, and puts what attention makes of them into `mixed`.
  func forward(_ projected: FloatMatrix, into mixed: FloatMatrix) {
    turn(projected, by: rotary)
    forEachBlock { row, index, first, count in
      let at = places(index)
      let keys = first + count
      weigh(projected, row, at, first, count)
      kernels.product(
        mixed.row(row + first) + index * c.headSize, queries, ck_matrix(base: scores.base, row: keys, column: 1),
        ck_matrix(base: projected.row(row) + at.value, row: width, column: 1), count, c.headSize, keys, 0)
    }
  }

  /// The gradient of the projections, as they were before they were turned, from that of ``forward(_:into:)``'s result.
  func backward(_ projected: FloatMatrix, _ dmixed: FloatMatrix, into d: FloatMatrix) {
    d.base.update(repeating: 0, count: lengths.reduce(0, +) * width)
    forEachBlock { row, index, first, count in
      let at = places(index)
      let keys = first + count
      weigh(projected, row, at, first, count)
      let dout = ck_matrix(base: dmixed.row(row + first) + index * c.headSize, row: queries, column: 1)
      // values: dV += Pᵀ · dO
      kernels.product(
        d.row(row) + at.value, width, ck_matrix(base: scores.base, row: 1, column: keys), dout, keys, c.headSize, count,
        1)
      // scores: dP = dO · Vᵀ, and through the softmax
      kernels.product(
        dscores.base, keys, dout, ck_matrix(base: projected.row(row) + at.value, row: 1, column: width), count, keys,
        c.headSize, 0)
      for i in 0..<count {
        let own = dscores.base + i * keys
        kernels.softmax_backward(own, scores.base + i * keys, first + i + 1, scale)
        (own + first + i + 1).update(repeating: 0, count: count - i - 1)
      }
      // queries and keys: dQ = dS · K, dK += dSᵀ · Q
      kernels.product(
        d.row(row + first) + at.query, width, ck_matrix(base: dscores.base, row: keys, column: 1),
        ck_matrix(base: projected.row(row) + at.key, row: width, column: 1), count, c.headSize, keys, 0)
      kernels.product(
        d.row(row) + at.key, width, ck_matrix(base: dscores.base, row: 1, column: keys),
        ck_matrix(base: projected.row(row + first) + at.query, row: width, column: 1), keys, c.headSize, count, 1)
    }
    turn(d, by: back)
  }

  /// Leaves the probabilities of a block's keys in `scores`, 0 for those that come later.
  private func weigh(
    _ projected: FloatMatrix, _ row: Int, _ at: (query: Int, key: Int, value: Int), _ first: Int, _ count: Int
  ) {
    let keys = first + count
    kernels.product(
      scores.base, keys, ck_matrix(base: projected.row(row + first) + at.query, row: width, column: 1),
      ck_matrix(base: projected.row(row) + at.key, row: 1, column: width), count, keys, c.headSize, 0)
    for i in 0..<count {
      let own = scores.base + i * keys
      kernels.softmax(own, own, first + i + 1, scale)
      (own + first + i + 1).update(repeating: 0, count: count - i - 1)
    }
  }

  private func turn(_ projected: FloatMatrix, by table: RotaryTable) {
    var row = 0
    for length in lengths {
      for position in 0..<length {
        table.withRow(position) { kernels.rope(projected.row(row), $0, $1, c.heads + c.keyValueHeads, c.headSize) }
        row += 1
      }
    }
  }

  /// Norms each head of the queries and of the keys, in place.
  func normHeads(_ projected: FloatMatrix, _ query: UnsafePointer<Float>, _ key: UnsafePointer<Float>) {
    for row in 0..<lengths.reduce(0, +) {
      let own = projected.row(row)
      kernels.rms_norm(own, own, query, c.heads, c.headSize, c.epsilon)
      kernels.rms_norm(own + queries, own + queries, key, c.keyValueHeads, c.headSize, c.epsilon)
    }
  }

  /// The way back through ``normHeads(_:_:_:)``: `d` is changed in place, and the gains' gradients are added to.
  func normHeadsBack(
    _ raw: FloatMatrix, _ d: FloatMatrix, query: (gain: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>),
    key: (gain: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>)
  ) {
    let normed = queries + c.keyValueWidth
    for row in 0..<lengths.reduce(0, +) {
      let (own, x) = (d.row(row), raw.row(row))
      head.base.update(from: own, count: normed)
      own.update(repeating: 0, count: normed)
      kernels.rms_norm_backward(own, query.gradient, head.base, x, query.gain, c.heads, c.headSize, c.epsilon)
      kernels.rms_norm_backward(
        own + queries, key.gradient, head.base + queries, x + queries, key.gain, c.keyValueHeads, c.headSize, c.epsilon)
    }
  }
}
