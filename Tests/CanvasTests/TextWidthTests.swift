import Testing
import Vocabulary

@testable import Canvas

@Suite("Text width")
struct TextWidthTests {
  @Test("what is counted and cut by bytes is what counting cluster by cluster gives")
  func byBytesAndByClusters() {
    for seed in 0..<2_000 {
      var random = SplitMix(seed: UInt64(seed))
      // Half of the texts are printable ASCII; in the others any scalar may stand anywhere, a mark behind the cut too.
      let isMixed = random.below(2) == 0
      var scalars = String.UnicodeScalarView()
      for _ in 0..<random.below(20) {
        let plain = Unicode.Scalar(UInt8(0x20 + random.below(0x5F)))
        scalars.append(isMixed && random.below(6) == 0 ? random.scalar() : plain)
      }
      let text = String(scalars)
      let width = random.below(16)
      let clusters = Array(Clusters(text))
      let columns = clusters.reduce(0) { $0 + $1.columns }
      #expect(TextWidth.columns(text) == columns, "seed \(seed)")
      #expect(TextWidth.prefix(text, columns: width) == Self.beginning(of: clusters, width), "seed \(seed)")
      let cut = Self.beginning(of: clusters, width - 1) + "…"
      let expected = width == 0 ? "" : columns <= width ? clusters.map(\.text).joined() : cut
      #expect(TextWidth.truncated(text, to: width) == expected, "seed \(seed)")
    }
  }

  private static func beginning(of clusters: [Cluster], _ width: Int) -> String {
    var used = 0
    return clusters.prefix { cluster in
      used += cluster.columns
      return used <= width
    }.map(\.text).joined()
  }
}
