import Foundation

/// Cosines and sines of the rotary angles (Su et al., 2021), made as positions are reached.
package struct RotaryTable {
  private let frequencies: [Double]
  private let factor: Double
  private let sign: Float
  private var cosines: [Float] = []
  private var sines: [Float] = []

  /// - Parameter turnsBack: whether to turn by the same angles the other way, as gradients are turned.
  package init(headSize: Int, theta: Double, scaling: RotaryScaling = .none, turnsBack: Bool = false) {
    frequencies = scaling.frequencies(headSize: headSize, theta: theta)
    factor = scaling.attentionFactor
    sign = turnsBack ? -1 : 1
  }

  /// Makes the rows of all positions below `count`.
  package mutating func reach(_ count: Int) {
    guard !frequencies.isEmpty else { return }
    for position in cosines.count / frequencies.count..<max(count, cosines.count / frequencies.count) {
      for frequency in frequencies {
        cosines.append(Float(factor * cos(Double(position) * frequency)))
        sines.append(sign * Float(factor * sin(Double(position) * frequency)))
      }
    }
  }

  /// Calls `body` with the cosines and sines of `position`, which `reach` has made.
  package func withRow(_ position: Int, _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void) {
    cosines.withUnsafeBufferPointer { c in
      sines.withUnsafeBufferPointer { s in
        guard let c = c.baseAddress, let s = s.baseAddress else { return }
        body(c + position * frequencies.count, s + position * frequencies.count)
      }
    }
  }
}
