import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Critics' scores are recalibrated before they count: by the header, or from an event on.
struct CriticCalibrationTests {
  /// 0.1 + 0.8 · score.
  private static let softer = "value:isotonic:0:0.1:1:0.9"

  private func driver(_ changes: [String: String] = [:]) throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "b\n", "c\n", "d\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.8, "b\n": 0.4, "c\n": 0.2, "d\n": 0.1, "end\n": 0]])
    let fixed = ["width.root.minimum": "2", "width.root.maximum": "2", "rollout.count": "0"]
    var driver = Driver(try header(fixed.merging(changes) { $1 }), answer: script.answer)
    driver.run(to: 2)
    return driver
  }

  private func isNear(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-12 } ?? false }

  @Test func aHeaderThatSaysSoChangesWhatCounts() throws {
    let driver = try driver(["critics.calibration": Self.softer])
    #expect(isNear(driver.tree[NodeID(1)].reward, 0.74) && isNear(driver.tree[NodeID(2)].reward, 0.42))
    #expect(isNear(driver.tree[.root].meanValue, 0.58))
    // v(s), which makes the root's importance, counts as the rest does: |.5 − .74|.
    #expect(isNear(driver.tree[.root].importance, 0.24))
    // What the critic said is kept.
    #expect(driver.tree.score("value", of: NodeID(1)) == 0.8)
    #expect(isNear(driver.tree.countedScore("value", of: NodeID(1)), 0.74))
    let replayed = try SearchTree(header: driver.tree.header, events: driver.journal)
    #expect(replayed.differences(from: driver.tree).isEmpty)
  }

  @Test func anEventChangesWhatCountsFromThereOnAndBack() throws {
    var driver = try driver()
    let before = driver.tree.picture
    #expect(isNear(driver.tree[.root].meanValue, 0.6))
    try driver.act(.set(parameter: "critics.calibration", value: .word(Self.softer)))
    #expect(isNear(driver.tree[.root].meanValue, 0.58) && isNear(driver.tree[.root].importance, 0.24))
    try driver.act(.set(parameter: "width.root.minimum", value: .integer(3)))
    driver.run(to: 3)
    // The next node is scored .2 and counts as .26, in the journal as in the tree.
    #expect(
      driver.journal.contains { if case .evaluated(NodeID(3), let reward) = $0 { isNear(reward, 0.26) } else { false } }
    )
    let replayed = try SearchTree(header: driver.tree.header, events: driver.journal)
    #expect(replayed.differences(from: driver.tree).isEmpty)
    var other = try self.driver()
    try other.act(.set(parameter: "critics.calibration", value: .word(Self.softer)))
    try other.undo()
    #expect(other.tree.picture == before)
    try other.redo()
    #expect(isNear(other.tree[.root].meanValue, 0.58))
  }

  @Test func aPersonsNumberCountsAsItIs() throws {
    var driver = try driver(["critics.calibration": Self.softer])
    try driver.act(.override(node: NodeID(1), critic: "value", score: 0.8))
    #expect(driver.tree[NodeID(1)].reward == 0.8)
    #expect(driver.tree.countedScore("value", of: NodeID(1)) == 0.8)
    try driver.undo()
    #expect(isNear(driver.tree[NodeID(1)].reward, 0.74))
  }

  @Test func maps() {
    let platt = CriticCalibration.platt(slope: 2, intercept: -1)
    #expect(isNear(platt.value(0.5), 1 / (1 + 2.718281828459045)))
    // Slope 1 and intercept 0 change nothing but the outermost ten-thousandth.
    let same = CriticCalibration.platt(slope: 1, intercept: 0)
    for score in [0.1, 0.5, 0.73, 0.9999] { #expect(isNear(same.value(score), score)) }
    #expect(isNear(same.value(0), 0.0001) && isNear(same.value(1), 0.9999))
    let isotonic = CriticCalibration.isotonic([
      .init(score: 0.2, value: 0.1), .init(score: 0.4, value: 0.5), .init(score: 0.8, value: 0.5),
    ])
    #expect(
      [0, 0.2, 0.3, 0.4, 0.6, 0.8, 1].map { (isotonic.value($0) * 1e9).rounded() / 1e9 } == [
        0.1, 0.1, 0.3, 0.5, 0.5, 0.5, 0.5,
      ])
  }

  @Test(arguments: [
    "none", "prm:platt:1.25:-0.5", "prm:platt:0.0:0.0,value:isotonic:0.1:0.2:0.5:0.5", "orm:isotonic:0.5:1.0",
  ])
  func aTextIsReadAndWritten(_ text: String) throws {
    #expect(try #require(CriticCalibrations(text)).description == text)
  }

  @Test(arguments: [
    "", "prm", "prm:platt", "prm:platt:1", "prm:platt:1:2:3", "prm:platt:-1:0", "prm:platt:nan:0", "prm:platt:inf:0",
    ":platt:1:0", "prm:cubic:1:0", "prm:isotonic", "prm:isotonic:0.1", "prm:isotonic:0.1:0.2:0.1:0.3",
    "prm:isotonic:0.1:0.3:0.2:0.2", "prm:isotonic:0.1:1.5", "prm:isotonic:-0.1:0.5", "prm:platt:1:0,prm:platt:1:0",
    "prm:platt:1:0,", "none,prm:platt:1:0", "prm:platt:1:x",
  ])
  func anotherTextIsNone(_ text: String) {
    #expect(CriticCalibrations(text) == nil)
    var parameters = SearchParameters()
    #expect(throws: ParameterError.self) { try parameters.set("critics.calibration", to: text) }
    #expect(parameters == SearchParameters())
  }

  @Test func aStrangersCalibrationIsRefused() throws {
    var driver = try driver()
    #expect(
      throws: InterventionError(
        description: "critics.calibration: the run has no critic 'taste'; it has value")
    ) {
      try driver.search.intervene(.set(parameter: "critics.calibration", value: .word("taste:platt:1:0")))
    }
  }
}
