import Testing
import Vocabulary

@testable import Lab

/// Bins of about the same size: in order, whole, none too small, equal scores together.
struct EqualMassTests {
  @Test func binsAreOfOneSize() {
    let bins = EqualMass.bins((0..<100).map { Double(99 - $0) }, most: 5, least: 20)
    #expect(bins.map(\.count) == [20, 20, 20, 20, 20])
    #expect(bins.first?.first == 99 && bins.last?.last == 0)
    #expect(EqualMass.bins((0..<99).map(Double.init), most: 5, least: 20).map(\.count) == [24, 25, 25, 25])
    #expect(EqualMass.bins([0.5, 0.1], most: 5, least: 20) == [[1, 0]])
    #expect(EqualMass.bins([], most: 5, least: 20) == [])
  }

  @Test func equalScoresAreNotParted() {
    let scores = Array(repeating: 1.0, count: 70) + Array(repeating: 0.0, count: 30)
    #expect(EqualMass.bins(scores, most: 5, least: 20).map(\.count) == [30, 70])
    #expect(EqualMass.bins(Array(repeating: 0.5, count: 100), most: 5, least: 20).map(\.count) == [100])
    // What is left over goes to the neighbour.
    #expect(
      EqualMass.bins(Array(repeating: 0.0, count: 95) + [1, 1, 1, 1, 1], most: 5, least: 20).map(\.count) == [100])
  }

  @Test(arguments: 1...40) func whateverTheScores(_ seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let scores = (0..<generator.below(300)).map { _ in Double(generator.below(30)) / 30 }
    let (most, least) = (1 + generator.below(12), 1 + generator.below(40))
    let bins = EqualMass.bins(scores, most: most, least: least)
    #expect(bins.flatMap { $0 }.sorted() == Array(scores.indices))
    #expect(bins.count <= most)
    #expect(bins.count <= 1 || bins.allSatisfy { $0.count >= least }, "seed \(seed): \(bins.map(\.count))")
    for (lower, upper) in zip(bins, bins.dropFirst()) {
      #expect(lower.map { scores[$0] }.max() ?? 0 < upper.map { scores[$0] }.min() ?? 0, "seed \(seed)")
    }
  }
}
