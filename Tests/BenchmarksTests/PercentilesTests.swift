import Testing

import Benchmarks

/// Figures of benchmarks.
struct PercentilesTests {
  @Test func ranksAreCountedFromTheLowEnd() {
    let hundred = Percentiles((1...100).map(Double.init).shuffled())
    #expect(hundred.p50 == 50 && hundred.p99 == 99)
    let one = Percentiles([7])
    #expect(one.p50 == 7 && one.p99 == 7)
    let none = Percentiles([])
    #expect(none.p50 == 0 && none.p99 == 0)
  }
}
