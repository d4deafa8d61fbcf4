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
  /// YaRN (Peng et al., 2023).
  case yarn(Yarn)

  /// YaRN's constants: angles that turn more than `fast` times in the `original` context are kept, those that turn less than
  /// `slow` times divided by `factor`, those between interpolated by their number; all are multiplied by `attention`.
  package struct Yarn: Sendable, Hashable {
    package var factor: Double
    package var original: Double
    package var fast = 32.0
    package var slow = 1.0
    package var attention: Double
    package var truncates = true
  }

  /// The base of the angles and how they are stretched: `rope_parameters`, which newer files have, or `rope_theta` and
  /// `rope_scaling`. Kinds that are not known are refused.
  ///
  /// - Parameter context: `max_position_embeddings`.
  static func read(_ json: JSONObject, context: Int) throws -> (theta: Double, scaling: RotaryScaling) {
    var theta = try json.number("rope_theta", default: 10_000)
    var scaling = RotaryScaling.none
    // the older name wins where both are there
    if let name = ["rope_scaling", "rope_parameters"].first(where: { json.has($0) && !json.isEmpty($0) }) {
      let rope = try json.object(name)
      for kind in ["full_attention", "sliding_attention"] where rope.has(kind) {
        throw rope.error(kind, "expected the same angles in all layers")
      }
      theta = try rope.number("rope_theta", default: theta)
      try checkPartial(rope)
      if let made = try kind(rope, json, context) { scaling = made }
    }
    try checkPartial(json)
    guard theta > 0, theta.isFinite else { throw json.error("rope_theta", "expected a positive number, got \(theta)") }
    return (theta, scaling)
  }

  private static func checkPartial(_ json: JSONObject) throws {
    let part = try json.number("partial_rotary_factor", default: 1)
    guard part == 1 else { throw json.error("partial_rotary_factor", "expected 1, got \(part)") }
  }

  private static func kind(_ rope: JSONObject, _ json: JSONObject, _ context: Int) throws -> RotaryScaling? {
    guard let field = ["rope_type", "type"].first(where: rope.has) else { return nil }
    switch try rope.string(field) {
    case "default": return RotaryScaling.none
    // Within `max_position_embeddings`, beyond which nothing is read, these angles are not stretched yet.
    case "dynamic":
      _ = try positive("factor", rope)
      return RotaryScaling.none
    case "linear": return .linear(factor: try positive("factor", rope))
    case "llama3":
      let (low, high) = (try positive("low_freq_factor", rope), try positive("high_freq_factor", rope))
      guard low < high else {
        throw rope.error("high_freq_factor", "expected more than low_freq_factor \(low), got \(high)")
      }
      return .llama3(
        factor: try positive("factor", rope), low: low, high: high, original: try original(rope, json, context))
    case "yarn": return .yarn(try yarn(rope, json, context))
    case let kind: throw rope.error(field, "expected default, linear, dynamic, llama3 or yarn, got \(kind)")
    }
  }

  private static func original(_ rope: JSONObject, _ json: JSONObject, _ context: Int) throws -> Double {
    let name = "original_max_position_embeddings"
    let source = json.has(name) ? json : rope
    return Double(try source.integer(name, in: 1...10_000_000, default: context))
  }

  private static func yarn(_ rope: JSONObject, _ json: JSONObject, _ context: Int) throws -> Yarn {
    let original = try original(rope, json, context)
    let factor = rope.has("factor") ? try positive("factor", rope) : Double(context) / original
    func scale(_ weight: Double) -> Double { factor <= 1 ? 1 : 0.1 * weight * log(factor) + 1 }
    let (up, down) = (try rope.number("mscale", default: 0), try rope.number("mscale_all_dim", default: 0))
    let usual = up != 0 && down != 0 ? scale(up) / scale(down) : scale(1)
    var yarn = Yarn(
      factor: factor, original: original, attention: try rope.number("attention_factor", default: usual))
    let (fast, slow) = (try rope.number("beta_fast", default: 32), try rope.number("beta_slow", default: 1))
    if fast != 0 { yarn.fast = fast }
    if slow != 0 { yarn.slow = slow }
    guard yarn.fast > 0, yarn.slow > 0 else { throw rope.error("beta_fast", "expected positive numbers") }
    yarn.truncates = try rope.flag("truncate", default: true)
    return yarn
  }

  private static func positive(_ name: String, _ rope: JSONObject) throws -> Double {
    guard rope.has(name) else { throw rope.error(name, "expected a number, the field is missing") }
    let value = try rope.number(name, default: 1)
    guard value > 0 else { throw rope.error(name, "expected a positive number, got \(value)") }
    return value
  }

  /// What all cosines and sines are multiplied by.
  var attentionFactor: Double { if case .yarn(let yarn) = self { yarn.attention } else { 1 } }

  /// The longest text that the angles were stretched for, in tokens; 0 where that is what the model says anyway.
  var reach: Int {
    guard case .yarn(let yarn) = self else { return 0 }
    return Int(min(yarn.original * yarn.factor, 10_000_000))
  }

  /// The angles a position, in radians, half as many as a head is long.
  func frequencies(headSize: Int, theta: Double) -> [Double] {
    let plain = (0..<headSize / 2).map { 1 / pow(theta, Double(2 * $0) / Double(headSize)) }
    guard case .yarn(let yarn) = self else { return plain.map(scaled) }
    func place(turns: Double) -> Double {
      Double(headSize) * log(yarn.original / (turns * 2 * .pi)) / (2 * log(theta))
    }
    var (low, high) = (place(turns: yarn.fast), place(turns: yarn.slow))
    if yarn.truncates { (low, high) = (low.rounded(.down), high.rounded(.up)) }
    (low, high) = (max(low, 0), min(high, Double(headSize - 1)))
    if low == high { high += 0.001 }
    return plain.enumerated().map { index, frequency in
      let share = min(1, max(0, (Double(index) - low) / (high - low)))
      return share * frequency / yarn.factor + (1 - share) * frequency
    }
  }

  /// The angle a position of a frequency that was `frequency` before, where it depends on nothing else.
  func scaled(_ frequency: Double) -> Double {
    switch self {
    case .none, .yarn: return frequency
    case .linear(let factor): return frequency / factor
    case .llama3(let factor, let low, let high, let original):
      // Waves of the original context: from `low` (slow) to `high` (fast).
      let waves = original * frequency / (2 * .pi)
      let share = min(1, max(0, (waves - low) / (high - low)))
      return (1 - share) * frequency / factor + share * frequency
    }
  }
}
