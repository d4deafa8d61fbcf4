import Testing
import Vocabulary

@testable import TreeSearch

struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "abc", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("flaw", "lawn", 2),
    ("intention", "execution", 5), ("abcdef", "azced", 3), ("ab", "ba", 2),
  ])
  func knownDistances(_ a: String, _ b: String, _ distance: Int) {
    #expect(EditDistance.between(Array(a.utf8), Array(b.utf8)) == distance)
    #expect(EditDistance.between(Array(b.utf8), Array(a.utf8)) == distance)
  }

  @Test func bytesCountNotCharacters() {
    // é is C3 A9 and è is C3 A8: one byte differs. € has three bytes.
    #expect(EditDistance.between(Array("é".utf8), Array("è".utf8)) == 1)
    #expect(EditDistance.between(Array("€".utf8), []) == 3)
    #expect(EditDistance.between([0xFF, 0x00], [0x00]) == 1)
  }

  @Test func aLimitCutsTheCount() {
    let (a, b) = (Array("kitten".utf8), Array("sitting".utf8))
    #expect(EditDistance.between(a, b, limit: 0) == 0)
    #expect(EditDistance.between(a, b, limit: 1) == 1)
    #expect(EditDistance.between(a, b, limit: 2) == 2)
    #expect(EditDistance.between(a, b, limit: 3) == 3)
    #expect(EditDistance.between(a, b, limit: 4) == 3)
    #expect(EditDistance.between([], Array("abc".utf8), limit: 2) == 2)
  }

  @Test func agreesWithTheDefinitionOnRandomTexts() {
    var random = SplitMix(seed: 3)
    for _ in 0..<400 {
      let a = (0..<random.below(9)).map { _ in UInt8(97 + random.below(3)) }
      let b = (0..<random.below(9)).map { _ in UInt8(97 + random.below(3)) }
      let expected = naive(a[...], b[...])
      #expect(EditDistance.between(a, b) == expected, "\(a), \(b)")
      #expect(EditDistance.between(b, a) == expected)
      let limit = random.below(6)
      #expect(EditDistance.between(a, b, limit: limit) == min(limit, expected))
    }
  }

  /// The recursive definition with a table, kept as plain as possible.
  private func naive(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
          table[i][j] = i + j
        } else {
          let same = a[a.startIndex + i - 1] == b[b.startIndex + j - 1]
          table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (same ? 0 : 1))
        }
      }
    }
    return table[a.count][b.count]
  }
}
