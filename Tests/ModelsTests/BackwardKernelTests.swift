import CKernels
import Foundation
import Testing
import Vocabulary

@Suite("Kernels of training: every build of them")
struct BackwardKernelTests {
  private var builds: [ck_kernels] { (0..<Int32(3)).compactMap { ck_kernels_at($0)?.pointee } }
  /// Those with fused multiply-add, which agree to the last bit.
  private var fused: [ck_kernels] { (1..<Int32(3)).compactMap { ck_kernels_at($0)?.pointee } }

  private func random(_ count: Int, _ seed: UInt64) -> [Float] {
    var generator = SplitMix(seed: seed, index: 0)
    return (0..<count).map { _ in 2 * Float(generator.unit() - 0.5) }
  }

  /// a · b, of which either may stand in memory as its transpose; `out` has two columns more, which nobody may touch.
  private func product(
    _ kernels: ck_kernels, _ a: [Float], _ b: [Float], _ rows: Int, _ columns: Int, _ inner: Int, turnA: Bool = false,
    turnB: Bool = false, onto start: [Float]? = nil
  ) -> [Float] {
    var out = start ?? [Float](repeating: -7, count: rows * (columns + 2))
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        kernels.product(
          &out, columns + 2, ck_matrix(base: a, row: turnA ? 1 : inner, column: turnA ? rows : 1),
          ck_matrix(base: b, row: turnB ? 1 : columns, column: turnB ? inner : 1), rows, columns, inner,
          start == nil ? 0 : 1)
      }
    }
    return out
  }

  private func turned(_ x: [Float], _ rows: Int, _ columns: Int) -> [Float] {
    (0..<columns).flatMap { c in (0..<rows).map { x[$0 * columns + c] } }
  }

  @Test("products of every shape equal plain sums", arguments: [1, 6, 13], [1, 16, 17, 64, 70])
  func products(_ rows: Int, _ columns: Int) {
    for inner in [1, 127, 128, 300] {
      let (a, b) = (random(rows * inner, 1), random(inner * columns, 2))
      for kernels in builds {
        let out = product(kernels, a, b, rows, columns, inner)
        for r in 0..<rows {
          for c in 0..<columns {
            let exact = (0..<inner).reduce(0.0) { $0 + Double(a[r * inner + $1]) * Double(b[$1 * columns + c]) }
            #expect(abs(Double(out[r * (columns + 2) + c]) - exact) < 1e-4)
          }
          #expect(out[r * (columns + 2) + columns] == -7 && out[r * (columns + 2) + columns + 1] == -7)
        }
        // However the two lie in memory, the terms are the same.
        let (at, bt) = (turned(a, rows, inner), turned(b, inner, columns))
        #expect(product(kernels, at, b, rows, columns, inner, turnA: true) == out)
        #expect(product(kernels, a, bt, rows, columns, inner, turnB: true) == out)
        #expect(product(kernels, at, bt, rows, columns, inner, turnA: true, turnB: true) == out)
        let twice = product(kernels, a, b, rows, columns, inner, onto: out)
        #expect(abs(twice[0] - 2 * out[0]) < 1e-4)
      }
      let all = fused.map { product($0, a, b, rows, columns, inner) }
      #expect(Set(all).count <= 1, "builds with fused multiply-add agree")
    }
  }

  @Test("a row's bits do not depend on the rows beside it")
  func rowsAreIndependent() {
    let (columns, inner) = (70, 150)
    let (a, b) = (random(20 * inner, 3), random(inner * columns, 4))
    for kernels in builds {
      let whole = product(kernels, a, b, 20, columns, inner)
      for rows in [1, 5, 6, 13] {
        let part = product(kernels, Array(a[..<(rows * inner)]), b, rows, columns, inner)
        #expect(part == Array(whole[..<(rows * (columns + 2))]))
      }
    }
  }

  /// Weight 1, gradient 3, first step: mean .1 · 3 and square .05 · 9, of which the corrections make 3 and 9; the step is the
  /// rate. The second has the mean .9 · .3 + .1 · 3 = .57 over 1 - .81 and the square .95 · .45 + .45 = .8775 over 1 - .9025,
  /// 3 and 9 again. Decay takes away a hundredth of the weight each time, before the step.
  @Test func adamMovesByTheRate() {
    for kernels in builds {
      for count in [1, 16, 21] {
        var (weight, mean) = ([Float](repeating: 1, count: count), [Float](repeating: 0, count: count))
        var square = mean
        let gradient = [Float](repeating: 6, count: count)
        for step in 1...2 {
          var constants = ck_adam()
          (constants.scale, constants.beta1, constants.beta2, constants.keep) = (0.5, 0.9, 0.95, 0.99)
          constants.rate = Float(0.1 / (1 - pow(0.9, Double(step))))
          constants.correction = Float(1 / (1 - pow(0.95, Double(step))).squareRoot())
          constants.epsilon = 1e-8
          kernels.adam(&weight, &mean, &square, gradient, count, constants)
        }
        for i in 0..<count {
          #expect(abs(weight[i] - ((0.99 - 0.1) * 0.99 - 0.1)) < 1e-6)
          #expect(abs(mean[i] - 0.57) < 1e-6)
          #expect(abs(square[i] - 0.8775) < 1e-6)
        }
      }
    }
  }

  /// Three equal logits: a loss of log 3, gradients of a third, a third, and a third less one.
  @Test func crossEntropyOfEqualLogits() {
    for kernels in builds {
      var logits: [Float] = [2, 2, 2]
      #expect(abs(kernels.cross_entropy(&logits, 3, 1, 0.6) - log(3)) < 1e-6)
      for (found, expected) in zip(logits, [0.2, -0.4, 0.2] as [Float]) { #expect(abs(found - expected) < 1e-6) }
    }
  }

  @Test func sumsOfSquares() {
    for kernels in builds {
      #expect(kernels.sum_squares([3, 4], 2) == 25)
      #expect(kernels.sum_squares([Float](repeating: 2, count: 5003), 5003) == 20012)
    }
  }

  /// Every half-precision number comes back as it was, and what lies between two goes to the nearer, halves to the even one.
  @Test func halfPrecision() {
    let bits = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 || $0 & 0x3FF == 0 }
    var wide = [Float](repeating: 0, count: bits.count)
    ck_widen_f16(&wide, bits, bits.count)
    #expect(narrowed(wide) == bits)
    let between: [(Float, Float)] = [
      (1 + 0x1p-11, 1), (1 + 0x1.8p-10, 1 + 0x1p-9), (1 + 0x1.01p-11, 1 + 0x1p-10), (0x1p-25, 0), (0x1.8p-25, 0x1p-24),
      (65519, 65504), (65520, .infinity), (-1e9, -.infinity), (0x1.FFFp-15, 0x1p-14),
    ]
    for (value, expected) in between {
      var back: Float = 0
      ck_widen_f16(&back, narrowed([value]), 1)
      #expect(back == expected, "\(value)")
    }
    #expect(narrowed([.nan])[0] & 0x7FFF > 0x7C00)
  }

  private func narrowed(_ numbers: [Float]) -> [UInt16] {
    var out = [UInt16](repeating: 0, count: numbers.count)
    ck_narrow_f16(&out, numbers, numbers.count)
    return out
  }
}
