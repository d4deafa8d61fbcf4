import Models

/// Where each tensor of a model stands in one block of numbers: weights, gradients and the optimizer's two means are four such
/// blocks, and what is done to all numbers alike is one loop.
///
/// Matrices that read the same input stand under each other as one, as in the runtime.
struct LlamaLayout: Sendable {
  /// A tensor as files name it.
  struct Tensor: Sendable {
    let name: String
    let shape: [Int]
    /// Its first number's place.
    let offset: Int

    /// How many numbers it has.
    var count: Int { shape.reduce(1, *) }
  }

  /// The first numbers' places of one layer's tensors; nil for what the architecture does not have.
  struct Layer: Sendable {
    var attentionNorm = 0
    /// Queries, keys, values: [(heads + 2 keyValueHeads) * headSize][width].
    var queryKeyValue = 0
    var queryKeyValueBias: Int?
    var headNorms: (query: Int, key: Int)?
    var output = 0
    var outputBias: Int?
    var feedForwardNorm = 0
    /// Gate, then up: [2 * inner][width].
    var gateUp = 0
    var gateUpBias: Int?
    var down = 0
    var downBias: Int?
  }

  /// All tensors, in their order.
  private(set) var tensors: [Tensor] = []
  /// How many numbers there are.
  private(set) var count = 0
  private(set) var embedding = 0
  private(set) var layers: [Layer] = []
  private(set) var norm = 0
  /// Hidden state → logits; the embedding itself where they are tied.
  private(set) var head = 0

  /// The layout of a model of these sizes.
  init(_ c: LlamaConfiguration) {
    embedding = add("model.embed_tokens.weight", [c.vocabularySize, c.width])
    for index in 0..<c.layers { addLayer("model.layers.\(index).", c) }
    norm = add("model.norm.weight", [c.width])
    head = c.tiedEmbeddings ? embedding : add("lm_head.weight", [c.vocabularySize, c.width])
  }

  private mutating func add(_ name: String, _ shape: [Int]) -> Int {
    let tensor = Tensor(name: name, shape: shape, offset: count)
    tensors.append(tensor)
    count += tensor.count
    return tensor.offset
  }

  /// Adds tensors one under the other; the place of the first.
  private mutating func add(_ parts: [(name: String, rows: Int)], _ columns: Int?) -> Int {
    let kind = columns == nil ? ".bias" : ".weight"
    return parts.map { add($0.name + kind, [$0.rows] + (columns.map { [$0] } ?? [])) }[0]
  }

  private mutating func addLayer(_ at: String, _ c: LlamaConfiguration) {
    let queries = c.heads * c.headSize
    let projections = [
      (at + "self_attn.q_proj", queries), (at + "self_attn.k_proj", c.keyValueWidth),
      (at + "self_attn.v_proj", c.keyValueWidth),
    ]
    let gateUp = [(at + "mlp.gate_proj", c.inner), (at + "mlp.up_proj", c.inner)]
    let (output, down) = ([(at + "self_attn.o_proj", c.width)], [(at + "mlp.down_proj", c.width)])
    var layer = Layer()
    layer.attentionNorm = add(at + "input_layernorm.weight", [c.width])
    layer.queryKeyValue = add(projections, c.width)
    if c.biases.input { layer.queryKeyValueBias = add(projections, nil) }
    if c.architecture.normsQueriesAndKeys {
      let query = add(at + "self_attn.q_norm.weight", [c.headSize])
      layer.headNorms = (query, add(at + "self_attn.k_norm.weight", [c.headSize]))
    }
    layer.output = add(output, queries)
    if c.biases.output { layer.outputBias = add(output, nil) }
    layer.feedForwardNorm = add(at + "post_attention_layernorm.weight", [c.width])
    layer.gateUp = add(gateUp, c.width)
    if c.biases.feedForward { layer.gateUpBias = add(gateUp, nil) }
    layer.down = add(down, c.inner)
    if c.biases.feedForward { layer.downBias = add(down, nil) }
    layers.append(layer)
  }

  /// The weights of `file` in this layout, widened to 32 bits.
  ///
  /// - Throws: `ModelError` naming the file, the tensor and the expected shape; before memory is taken.
  func weights(_ file: Checkpoint) throws -> FloatMatrix {
    for tensor in tensors { try file.check(tensor.name, shape: tensor.shape) }
    let out = FloatMatrix(1, count)
    for tensor in tensors { try file.read(tensor.name, shape: tensor.shape, into: out.base + tensor.offset) }
    return out
  }
}
