import Foundation

/// Cosines and sines of the rotary angles (Su et al., 2021), made as positions are reached.
struct RotaryTable {
  private let frequencies: [Double]
  private let factor: Double
  private var cosines: [Float] = []
  private var sines: [Float] = []

  init(headSize: Int, theta: Double, scaling: RotaryScaling = .none) {
    frequencies = scaling.frequencies(headSize: headSize, theta: theta)
    factor = scaling.attentionFactor
  }

  /// Makes the rows of all positions below `count`.
  mutating func reach(_ count: Int) {
    guard !frequencies.isEmpty else { return }
    for position in cosines.count / frequencies.count..<max(count, cosines.count / frequencies.count) {
      for frequency in frequencies {
        cosines.append(Float(factor * cos(Double(position) * frequency)))
        sines.append(Float(factor * sin(Double(position) * frequency)))
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
