import Canvas
import Testing
import TreeInsight

@testable import Explorer

@Suite("What a stage kept, as a list")
struct StageListTests {
  private static func item(
    _ number: Int, score: Double = 0.9, margin: Double? = nil, weakest: Double? = nil, isAudited: Bool = false,
    isContradicted: Bool = false, passed: Bool = true, isDecided: Bool = false
  ) -> StageItem {
    var item = TrajectoryItem(
      problem: "p-\(number)", question: "", text: "", answer: "1", isRight: nil, place: TreePlace(run: "r"),
      facts: TrajectoryFacts(
        score: score, agree: 5, share: 1, steps: 1, weakest: weakest, isContradicted: isContradicted), passed: passed)
    (item.margin, item.isAudited) = (margin, isAudited)
    if isDecided { item.decision = .init(isAccepted: true, who: "kim", note: "") }
    return .trajectory(item)
  }

  @Test("Worth: the audit first, then what is doubtful, last what is decided; of equals the first")
  func worth() {
    var list = StageList(order: .worth)
    list.put(
      [
        Self.item(0), Self.item(1, margin: 0.025), Self.item(2, isAudited: true, isDecided: true),
        Self.item(3, isAudited: true), Self.item(4, score: 1, weakest: 0.5), Self.item(5, isContradicted: true),
        Self.item(6, margin: 0.5), Self.item(7, isContradicted: true, passed: false),
        Self.item(8, margin: 0.05, isAudited: true),
      ], first: 0)
    // 8: 1 + 0.5; 3: 1; 5: 1 (contradicted and passed, after 3); 1: 0.75; 4: 0.5; 0, 6 and 7: 0; 2: decided.
    #expect(list.shown == [8, 3, 5, 1, 4, 0, 6, 7, 2])
  }

  @Test("What is no number stands in no order's way")
  func notNumbers() {
    var list = StageList(order: .worth)
    list.put(
      [
        Self.item(0, score: .nan, margin: .nan, weakest: .infinity), Self.item(1, margin: 0),
        Self.item(2, margin: -.infinity),
      ], first: 0)
    #expect(list.shown == [1, 0, 2])
  }

  @Test("Portions follow each other, later words replace, gaps are refused, and the cursor stays on its row")
  func portions() throws {
    var list = StageList(order: .arrival)
    list.put((0..<5).map { Self.item($0) }, first: 0)
    list.move(by: 3)
    list.put((5..<8).map { Self.item($0) }, first: 5)
    #expect(list.items.count == 8 && list.shown == Array(0..<8) && list.place == 3)
    list.put(
      [Self.item(3, isDecided: true), Self.item(4), Self.item(5), Self.item(6), Self.item(7), Self.item(8)], first: 3)
    #expect(list.items.count == 9 && list.place == 3)
    #expect(list.tally["decided"] == 1 && list.tally["open"] == 8 && list.tally.count == 9)
    list.put([Self.item(99)], first: 20)
    list.put([Self.item(99)], first: -1)
    #expect(list.items.count == 9)
    try list.filter("P-8")
    #expect(list.shown == [8] && list.place == 8)
    list.put([Self.item(9), Self.item(80)], first: 9)
    #expect(list.shown == [8, 10])
    try list.filter("decided or P-80")
    #expect(list.shown == [3, 10])
    try list.filter("not (decided or P-8)")
    #expect(list.shown == [0, 1, 2, 4, 5, 6, 7, 9])
    #expect(throws: FilterError.self) { try list.filter("nothing=5") }
    #expect(list.query == "not (decided or P-8)", "what cannot be read changes nothing")
  }

  @Test("Any portions in any order: the tally is that of the items, and what is shown is there", arguments: 0..<20)
  func property(seed: Int) throws {
    var random = seed * 7919
    func next(_ count: Int) -> Int {
      random += 1
      return GrownTree.mixed(random) % count
    }
    var list = StageList(order: seed.isMultiple(of: 2) ? .worth : .arrival)
    for _ in 0..<40 {
      let count = next(6)
      list.put(
        (0..<count).map { _ in
          Self.item(next(50), margin: Double(next(9)) / 50, isAudited: next(3) == 0, isDecided: next(3) == 0)
        }, first: next(list.items.count + 3))
      if next(4) == 0 { try list.filter(["", "audit", "p-1", "zzz"][next(4)]) }
      if next(5) == 0 { list.sort(by: next(2) == 0 ? .worth : .arrival) }
      list.move(by: next(7) - 3)
      list.clampScroll(height: 1 + next(9))
      var tally = StageTally()
      for item in list.items { tally.add(item) }
      #expect(list.tally["decided"] == tally["decided"] && list.tally.count == tally.count, "seed \(seed)")
      #expect(Set(list.shown).count == list.shown.count && list.shown.allSatisfy(list.items.indices.contains))
      #expect(list.shown.isEmpty ? list.cursor == 0 : list.shown.indices.contains(list.cursor), "seed \(seed)")
    }
  }

  @Test("A frame looks at as many rows of 10,000 as of 400")
  func cost() {
    func looks(_ count: Int) -> Int {
      var looked = 0
      let rows = (0..<count).lazy.map { number in
        looked += 1
        return number
      }
      let table = Table<Int>(
        columns: [.init("", 8) { "\($0)" }], rest: { "row \($0)" }, look: Look(theme: .monochrome, glyphs: .unicode))
      var frame = Frame(width: 80, height: 24, style: .plain)
      let area = Rect(x: 0, y: 1, width: 80, height: 20)
      table.draw(rows, cursor: 100, top: 95, rule: Rect(x: 0, y: 0, width: 80, height: 1), in: area, on: &frame)
      return looked
    }
    #expect(looks(10_000) == looks(400) && looks(400) <= 220)
  }

  @Test("Ten thousand trajectories: G shows the last, a decision changes one row")
  func long() throws {
    var person = FakeDriver(problems: ProblemListTests.entries)
    person.rounds.trajectories = (0..<10_000).map { Self.item($0) }
    person.press("P R Enter G")
    #expect(person.screen().contains { $0.contains("p-9999") })
    person.press("k d")
    let list = try #require(person.state.rounds?.page?.list)
    #expect(list.tally["decided"] == 1 && list.place == 9_999)
    #expect(person.screen()[22].contains("10,000 trajectories, 9,999 accepted, 1 refused, 1 decided"))
  }
}
