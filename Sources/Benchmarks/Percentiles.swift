/// The middle of some figures and their slow end.
package struct Percentiles: Encodable {
  package let p50: Double
  package let p99: Double

  /// Zeros where there are no figures. The value at rank ⌈share × count⌉.
  package init(_ figures: some Sequence<Double>) {
    let sorted = figures.sorted()
    func value(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
    }
    p50 = value(0.5)
    p99 = value(0.99)
  }
}
