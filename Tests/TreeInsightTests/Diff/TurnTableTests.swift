import Testing
import TreeInsight

struct TurnTableTests {
  /// Four right and six wrong before, one of the four broken, four of the six repaired: p = 2 · (1 + 5) / 32.
  @Test func rightAndWrongAreCountedBothWays() {
    let before = (0..<10).map { $0 < 4 }
    let after = (0..<10).map { $0 > 0 && $0 < 8 }
    let table = TurnTable(zip(before, after).map { (before: $0, after: $1) })
    #expect(table == TurnTable(bothRight: 3, bothWrong: 2, broken: 1, repaired: 4))
    #expect(abs(table.p - 0.375) < 1e-12 && table.test == "exact McNemar p 0.3750")
    #expect(table.rows == [["", "b right", "b wrong"], ["a right", "3", "1"], ["a wrong", "4", "2"]])
    #expect(TurnTable([]) == TurnTable(bothRight: 0, bothWrong: 0, broken: 0, repaired: 0) && TurnTable([]).p == 1)
  }
}
