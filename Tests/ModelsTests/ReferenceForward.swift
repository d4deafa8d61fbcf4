import Foundation

/// The Llama forward pass written down as plainly as possible, in 64 bits, without a cache.
struct ReferenceForward {
  private let c: TinyLlama
  private var weights: [String: [[Double]]] = [:]

  init(_ configuration: TinyLlama) {
    c = configuration
    for tensor in configuration.tensors() {
      let columns = tensor.shape.count == 1 ? tensor.values.count : tensor.shape[1]
      weights[tensor.name] = stride(from: 0, to: tensor.values.count, by: columns).map { start in
        tensor.values[start..<start + columns].map(Double.init)
      }
    }
  }

  private func matrix(_ name: String) -> [[Double]] { weights[name + ".weight"] ?? [] }

  private func times(_ matrix: [[Double]], _ x: [Double]) -> [Double] {
    matrix.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func norm(_ x: [Double], _ name: String) -> [Double] {
    let scale = 1 / (x.reduce(0) { $0 + $1 * $1 } / Double(x.count) + 1e-5).squareRoot()
    return zip(x, matrix(name)[0]).map { $0 * scale * $1 }
  }

  /// Turns one head: pairs are (i, i + half).
  private func turned(_ head: [Double], at position: Int) -> [Double] {
    let half = head.count / 2
    var out = head
    for i in 0..<half {
      let angle = Double(position) / pow(500, Double(2 * i) / Double(head.count))
      out[i] = head[i] * cos(angle) - head[half + i] * sin(angle)
      out[half + i] = head[half + i] * cos(angle) + head[i] * sin(angle)
    }
    return out
  }

  private func head(_ x: [Double], _ index: Int) -> [Double] { Array(x[index * c.headSize..<(index + 1) * c.headSize]) }

  /// Final hidden states of all positions.
  func hidden(_ tokens: [Int32]) -> [[Double]] {
    var x = tokens.map { matrix("model.embed_tokens")[Int($0)] }
    for layer in 0..<c.layers {
      let at = "model.layers.\(layer)."
      let normed = x.map { norm($0, at + "input_layernorm") }
      let q = normed.map { times(matrix(at + "self_attn.q_proj"), $0) }
      let k = normed.map { times(matrix(at + "self_attn.k_proj"), $0) }
      let v = normed.map { times(matrix(at + "self_attn.v_proj"), $0) }
      for t in x.indices {
        var mixed: [Double] = []
        for h in 0..<c.heads {
          let shared = h / (c.heads / c.keyValueHeads)
          let query = turned(head(q[t], h), at: t)
          let scores = (0...t).map { s in
            zip(query, turned(head(k[s], shared), at: s)).reduce(0) { $0 + $1.0 * $1.1 }
              / Double(c.headSize).squareRoot()
          }
          let top = scores.max() ?? 0
          let total = scores.reduce(0) { $0 + exp($1 - top) }
          for i in 0..<c.headSize {
            mixed.append((0...t).reduce(0) { $0 + exp(scores[$1] - top) / total * head(v[$1], shared)[i] })
          }
        }
        x[t] = zip(x[t], times(matrix(at + "self_attn.o_proj"), mixed)).map(+)
      }
      for t in x.indices {
        let normed = norm(x[t], at + "post_attention_layernorm")
        let gate = times(matrix(at + "mlp.gate_proj"), normed)
        let up = times(matrix(at + "mlp.up_proj"), normed)
        let inner = zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
        x[t] = zip(x[t], times(matrix(at + "mlp.down_proj"), inner)).map(+)
      }
    }
    return x.map { norm($0, "model.norm") }
  }

  /// Logits after `tokens`.
  func logits(_ tokens: [Int32]) -> [Double] {
    times(matrix(c.tied ? "model.embed_tokens" : "lm_head"), hidden(tokens)[tokens.count - 1])
  }
}
