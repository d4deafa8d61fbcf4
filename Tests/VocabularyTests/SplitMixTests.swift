import Testing
import Vocabulary

@Suite("The seeded generator")
struct SplitMixTests {
  @Test("known numbers: those of the reference implementation (Vigna, 2015)")
  func known() {
    var random = SplitMix(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
    #expect(SplitMix.first(of: 0) == 0xE220_A839_7B1D_CDAF)
  }

  @Test("the numbers that models draw for a seed and an index, as in every journal so far")
  func draws() {
    var random = SplitMix(seed: 7, index: 3)
    #expect(
      (0..<3).map { _ in random.next() } == [0x3AEF_E697_E45F_2CFA, 0x9D1A_8104_0369_C92B, 0x5CB5_509C_CDE9_1F0A])
    var again = SplitMix(seed: 7, index: 3)
    #expect(again.unit() == 0.2302230950193659)
    var other = SplitMix(seed: 7, index: 4)
    #expect(other.next() != 0x3AEF_E697_E45F_2CFA)
  }

  @Test("the seeds of a run's requests, as in every journal so far")
  func seeds() {
    // SplitMix64's finaliser of (finaliser of the seed) xor the number, as a reference implementation gives it.
    #expect(SplitMix.seed(0, 0) == 0xA706_DD2F_4D19_7E6F)
    #expect(SplitMix.seed(1, 0) == 0x5E41_AB08_7439_611E)
    #expect(SplitMix.seed(1, 1) == 0xE9FD_6049_D65A_F21E)
    #expect(SplitMix.seed(42, 7) == 0x1606_2D6C_1339_E500)
    #expect(Set((0..<5000).map { SplitMix.seed(9, $0) }).count == 5000)
  }

  @Test("the places that a bootstrap draws")
  func places() {
    var random = SplitMix(seed: 20_240_918)
    #expect((0..<8).map { _ in random.below(10) } == [7, 9, 6, 0, 8, 6, 0, 2])
  }
}
