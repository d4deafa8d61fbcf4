import Foundation

/// How a model stretches the rotary angles beyond the length it was first trained for.
package enum RotaryScaling: Sendable, Hashable {
  /// Not at all.
  case none
  /// All angles divided by `factor` (position interpolation).
  case linear(factor: Double)
  /// Llama 3: slow angles are divided by `factor`, fast ones kept, those between interpolated. `original` is the context
  /// of the first training, in tokens; a wave longer than `original / low` is slow, one shorter than `original / high` fast.
  case llama3(factor: Double, low: Double, high: Double, original: Double)

  /// Reads `rope_scaling` or `rope_parameters`, whichever is there; other kinds are refused.
  init(_ json: JSONObject) throws {
    self = .none
    for name in ["rope_scaling", "rope_parameters"] where json.has(name) {
      let rope = try json.object(name)
      guard let kindField = ["rope_type", "type"].first(where: rope.has) else { continue }
      switch try rope.string(kindField) {
      case "default": continue
      case "linear": self = .linear(factor: try Self.factor("factor", rope))
      case "llama3":
        let (low, high) = (try Self.factor("low_freq_factor", rope), try Self.factor("high_freq_factor", rope))
        guard low < high else {
          throw rope.error("high_freq_factor", "expected more than low_freq_factor \(low), got \(high)")
        }
        self = .llama3(
          factor: try Self.factor("factor", rope), low: low, high: high,
          original: Double(try rope.integer("original_max_position_embeddings", in: 1...10_000_000)))
      case let kind: throw rope.error(kindField, "expected default, linear or llama3, got \(kind)")
      }
    }
  }

  private static func factor(_ name: String, _ rope: JSONObject) throws -> Double {
    guard rope.has(name) else { throw rope.error(name, "expected a number, the field is missing") }
    let value = try rope.number(name, default: 1)
    guard value > 0 else { throw rope.error(name, "expected a positive number, got \(value)") }
    return value
  }

  /// The angle a position, in radians, of a frequency that was `frequency` before.
  func scaled(_ frequency: Double) -> Double {
    switch self {
    case .none: return frequency
    case .linear(let factor): return frequency / factor
    case .llama3(let factor, let low, let high, let original):
      // Waves of the original context: from `low` (slow) to `high` (fast).
      let waves = original * frequency / (2 * .pi)
      let share = min(1, max(0, (waves - low) / (high - low)))
      return (1 - share) * frequency / factor + share * frequency
    }
  }
}

/// Cosines and sines of the rotary angles (Su et al., 2021), made as positions are reached.
struct RotaryTable {
  private let frequencies: [Double]
  private var cosines: [Float] = []
  private var sines: [Float] = []

  init(headSize: Int, theta: Double, scaling: RotaryScaling = .none) {
    frequencies = (0..<headSize / 2).map { scaling.scaled(1 / pow(theta, Double(2 * $0) / Double(headSize))) }
  }

  /// Makes the rows of all positions below `count`.
  mutating func reach(_ count: Int) {
    guard !frequencies.isEmpty else { return }
    for position in cosines.count / frequencies.count..<max(count, cosines.count / frequencies.count) {
      for frequency in frequencies {
        cosines.append(Float(cos(Double(position) * frequency)))
        sines.append(Float(sin(Double(position) * frequency)))
      }
    }
  }

  /// Calls `body` with the cosines and sines of `position`, which `reach` has made.
  func withRow(_ position: Int, _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void) {
    cosines.withUnsafeBufferPointer { c in
      sines.withUnsafeBufferPointer { s in
        guard let c = c.baseAddress, let s = s.baseAddress else { return }
        body(c + position * frequencies.count, s + position * frequencies.count)
      }
    }
  }
}
