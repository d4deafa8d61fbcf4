import Testing

@testable import TreeSearch

struct SeedSequenceTests {
  @Test func knownSeeds() {
    // SplitMix64's finaliser of (finaliser of the seed) xor the number, computed apart in another language.
    #expect(SeedSequence.seed(0, 0) == 0xA706_DD2F_4D19_7E6F)
    #expect(SeedSequence.seed(1, 0) == 0x5E41_AB08_7439_611E)
    #expect(SeedSequence.seed(1, 1) == 0xE9FD_6049_D65A_F21E)
    #expect(SeedSequence.seed(42, 7) == 0x1606_2D6C_1339_E500)
  }

  @Test func manySeedsOfOneRunDiffer() {
    #expect(Set((0..<5000).map { SeedSequence.seed(9, $0) }).count == 5000)
  }
}
