import Testing

@testable import Workspace

struct ShardTests {
  @Test(arguments: [
    "0/4", "5/4", "1/0", "-1/4", "+1/4", "1", "1/", "/4", "1/2/3", "a/b", " 1/4", "1/99999999999999999999",
  ])
  func isRefused(_ text: String) { #expect(Shard(text) == nil) }

  @Test(arguments: [1, 2, 3, 16])
  func everyProblemIsInExactlyOne(_ count: Int) throws {
    let shards = try (1...count).map { try #require(Shard("\($0)/\(count)")) }
    let ids = (0..<1600).map { "orchard-\($0)" }
    for id in ids { #expect(shards.count { $0.contains(id) } == 1) }
    // Binomial(1600, 1/count): five standard deviations on either side.
    let share = 1.0 / Double(count)
    let slack = 5 * (1600 * share * (1 - share)).squareRoot()
    for shard in shards {
      let size = Double(ids.count { shard.contains($0) })
      #expect(abs(size - 1600 * share) <= slack)
    }
  }

  /// SHA-256 of "abc" begins ba7816bf8f01cfea (FIPS 180-4), which ends in the bits 1010: 10 of 16 counted from 0.
  @Test func thePartFollowsFromTheDigest() throws {
    #expect(try #require(Shard("11/16")).contains("abc"))
    #expect(try #require(Shard("3/4")).contains("abc"))
  }
}
