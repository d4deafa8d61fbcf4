/// A model's weights, widened to 32 bits; matrices that read the same input stand under each other as one.
final class LlamaWeights {
  /// One layer.
  struct Layer {
    let attentionNorm: FloatMatrix
    /// Query, key and value projections, [(heads + 2 keyValueHeads) * headSize][width].
    let queryKeyValue: FloatMatrix
    /// Added to the projections; nil for none.
    let queryKeyValueBias: FloatMatrix?
    /// The gains of the queries' norm and of the keys'; nil for none.
    let headNorms: (query: FloatMatrix, key: FloatMatrix)?
    /// [width][heads * headSize].
    let output: FloatMatrix
    let outputBias: FloatMatrix?
    let feedForwardNorm: FloatMatrix
    /// Gate, then up: [2 * inner][width].
    let gateUp: FloatMatrix
    let gateUpBias: FloatMatrix?
    /// [width][inner].
    let down: FloatMatrix
    let downBias: FloatMatrix?
  }

  let embedding: FloatMatrix
  let layers: [Layer]
  let norm: FloatMatrix
  /// Hidden state → logits; the embedding itself where they are tied.
  let head: FloatMatrix

  /// Looks whether all tensors are there, and reads none.
  ///
  /// - Throws: `ModelError` naming the file, the tensor and the expected shape.
  static func check(_ file: Checkpoint, _ c: LlamaConfiguration) throws { _ = try LlamaWeights(file, c, reads: false) }

  /// Reads all tensors.
  ///
  /// - Parameter reads: false to leave them empty.
  /// - Throws: `ModelError` naming the file, the tensor and the expected shape.
  init(_ file: Checkpoint, _ c: LlamaConfiguration, reads: Bool = true) throws {
    func matrix(_ parts: [(name: String, rows: Int)], _ columns: Int) throws -> FloatMatrix {
      // checked before memory is taken: the sizes are a stranger's, the file's bytes are there
      for part in parts { try file.check(part.name + ".weight", shape: [part.rows, columns]) }
      guard reads else { return FloatMatrix(0, 0) }
      let out = FloatMatrix(parts.reduce(0) { $0 + $1.rows }, columns)
      var at = 0
      for part in parts {
        try file.read(part.name + ".weight", shape: [part.rows, columns], into: out.row(at))
        at += part.rows
      }
      return out
    }
    func vector(_ parts: [(name: String, count: Int)]) throws -> FloatMatrix {
      for part in parts { try file.check(part.name, shape: [part.count]) }
      guard reads else { return FloatMatrix(0, 0) }
      let out = FloatMatrix(1, parts.reduce(0) { $0 + $1.count })
      var at = out.base
      for part in parts {
        try file.read(part.name, shape: [part.count], into: at)
        at += part.count
      }
      return out
    }
    func gain(_ name: String, _ count: Int) throws -> FloatMatrix { try vector([(name + ".weight", count)]) }
    func bias(_ parts: [(name: String, count: Int)], _ isThere: Bool) throws -> FloatMatrix? {
      isThere ? try vector(parts.map { ($0.name + ".bias", $0.count) }) : nil
    }
    embedding = try matrix([("model.embed_tokens", c.vocabularySize)], c.width)
    let queries = c.heads * c.headSize
    layers = try (0..<c.layers).map { index in
      let at = "model.layers.\(index)."
      let projections = [
        (at + "self_attn.q_proj", queries), (at + "self_attn.k_proj", c.keyValueWidth),
        (at + "self_attn.v_proj", c.keyValueWidth),
      ]
      let (output, down) = ([(at + "self_attn.o_proj", c.width)], [(at + "mlp.down_proj", c.width)])
      let gateUp = [(at + "mlp.gate_proj", c.inner), (at + "mlp.up_proj", c.inner)]
      let norms = c.architecture.normsQueriesAndKeys ? ["q_norm", "k_norm"] : []
      let gains = try norms.map { try gain(at + "self_attn." + $0, c.headSize) }
      return Layer(
        attentionNorm: try gain(at + "input_layernorm", c.width),
        queryKeyValue: try matrix(projections, c.width),
        queryKeyValueBias: try bias(projections, c.biases.input),
        headNorms: gains.count == 2 ? (gains[0], gains[1]) : nil,
        output: try matrix(output, queries), outputBias: try bias(output, c.biases.output),
        feedForwardNorm: try gain(at + "post_attention_layernorm", c.width),
        gateUp: try matrix(gateUp, c.width), gateUpBias: try bias(gateUp, c.biases.feedForward),
        down: try matrix(down, c.inner), downBias: try bias(down, c.biases.feedForward))
    }
    norm = try gain("model.norm", c.width)
    head = c.tiedEmbeddings ? embedding : try matrix([("lm_head", c.vocabularySize)], c.width)
  }
}

/// A row-major block of floats, freed with its owner.
package final class FloatMatrix {
  /// How many rows.
  package let rows: Int
  /// Length of a row.
  package let columns: Int
  /// The first number.
  package let base: UnsafeMutablePointer<Float>

  /// All zero.
  package init(_ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    base = .allocate(capacity: max(1, rows * columns))
    base.initialize(repeating: 0, count: max(1, rows * columns))
  }

  deinit { base.deallocate() }

  /// The first number of row `index`.
  package func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * columns }
}
