import CKernels
import Foundation
import Testing
import Vocabulary

@testable import Models

@Suite("Kernels: every build of them")
struct KernelTests {
  private var builds: [ck_kernels] { (0..<Int32(3)).compactMap { ck_kernels_at($0)?.pointee } }

  private func random(_ count: Int, _ seed: UInt64, spread: Float = 2) -> [Float] {
    var generator = SplitMix(seed: seed, index: 0)
    return (0..<count).map { _ in spread * Float(generator.unit() - 0.5) }
  }

  private func product(_ kernels: ck_kernels, _ x: [Float], _ w: [Float], _ rows: Int, _ inner: Int, _ outs: Int)
    -> [Float]
  {
    var out = [Float](repeating: .nan, count: rows * outs)
    kernels.linear(&out, x, w, rows, inner, outs, 0)
    return out
  }

  @Test("there is always a build, and the best is one of them")
  func builds_exist() {
    #expect(!builds.isEmpty)
    #expect(builds.contains { String(cString: $0.name) == String(cString: ck_kernels_best().pointee.name) })
    #expect(ck_kernels_at(99) == nil)
  }

  @Test("matrix products of every shape equal plain sums", arguments: [1, 2, 3, 4, 7, 32], [1, 15, 16, 33, 128])
  func linear(_ rows: Int, _ inner: Int) {
    for outs in [1, 3, 4, 8, 21] {
      let x = random(rows * inner, 1)
      let w = random(outs * inner, 2)
      for kernels in builds {
        let out = product(kernels, x, w, rows, inner, outs)
        for r in 0..<rows {
          for o in 0..<outs {
            let exact = (0..<inner).reduce(0.0) { $0 + Double(x[r * inner + $1]) * Double(w[o * inner + $1]) }
            #expect(abs(Double(out[r * outs + o]) - exact) < 1e-4)
          }
        }
      }
    }
  }

  @Test("a row's bits do not depend on the rows beside it")
  func rowsAreIndependent() {
    let (inner, outs) = (77, 29)
    let x = random(32 * inner, 3)
    let w = random(outs * inner, 4)
    for kernels in builds {
      let whole = product(kernels, x, w, 32, inner, outs)
      for rows in [1, 2, 3, 5, 8, 31] {
        let part = product(kernels, Array(x[..<(rows * inner)]), w, rows, inner, outs)
        #expect(part == Array(whole[..<(rows * outs)]))
      }
    }
  }

  @Test("builds with fused multiply-add agree to the last bit")
  func fusedBuildsAgree() {
    let fused = builds.dropFirst()
    let x = random(8 * 100, 5)
    let w = random(40 * 100, 6)
    for kernels in fused.dropFirst() {
      #expect(product(kernels, x, w, 8, 100, 40) == product(fused[fused.startIndex], x, w, 8, 100, 40))
    }
  }

  @Test("softmax and log-sum-exp equal the definition")
  func softmax() {
    for count in [1, 5, 16, 17, 640] {
      let x = random(count, 7, spread: 30)
      let top = Double(x.max() ?? 0)
      let total = x.reduce(0) { $0 + exp(Double($1) - top) }
      for kernels in builds {
        var p = [Float](repeating: 0, count: count)
        kernels.softmax(&p, x, count, 1)
        #expect(zip(p, x).allSatisfy { abs(Double($0) - exp(Double($1) - top) / total) < 1e-6 })
        #expect(abs(kernels.log_sum_exp(x, count) - (top + log(total))) < 1e-5)
      }
    }
  }

  @Test("attention does not see how the prefix is cut")
  func attentionSegments() {
    let (heads, head, tokens) = (3, 20, 37)
    let keys = random(tokens * heads * head, 8)
    let values = random(tokens * heads * head, 9)
    let query = random(heads * head, 10)
    for kernels in builds {
      var results: [[Float]] = []
      for cuts in [[37], [1, 36], [16, 16, 5], [5, 0, 20, 12]] {
        var out = [Float](repeating: 0, count: heads * head)
        var scratch = [Float](repeating: 0, count: 48)
        keys.withUnsafeBufferPointer { k in
          values.withUnsafeBufferPointer { v in
            guard let k = k.baseAddress, let v = v.baseAddress else { return }
            var at = 0
            let segments = cuts.map { count in
              defer { at += count }
              return ck_segment(keys: k + at * heads * head, values: v + at * heads * head, count: count)
            }
            kernels.attention(
              &out, query, segments, segments.count, ck_heads(heads: heads, kv_heads: heads, head: head), &scratch)
          }
        }
        results.append(out)
      }
      #expect(results.allSatisfy { $0 == results[0] })
    }
  }

  @Test("half and brain floats widen exactly")
  func widen() {
    let halves: [UInt16] = [0x0000, 0x8000, 0x3C00, 0xC000, 0x3555, 0x0001, 0x03FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00]
    var out = [Float](repeating: 0, count: halves.count)
    halves.withUnsafeBytes { if let base = $0.baseAddress { ck_widen_f16(&out, base, halves.count) } }
    #expect(out == [0, -0.0, 1, -2, 0x1.554p-2, 0x1p-24, 0x1.ff8p-15, 0x1p-14, 65504, .infinity, -.infinity])
    #expect(out[1].sign == .minus)
    let brains: [UInt16] = [0x3F80, 0xC000, 0x4049, 0x0000]
    var wide = [Float](repeating: 0, count: 4)
    brains.withUnsafeBytes { if let base = $0.baseAddress { ck_widen_bf16(&wide, base, 4) } }
    #expect(wide == [1, -2, 3.140625, 0])
  }
}
