import Testing

@testable import Workspace

/// A search over the texts of all runs.
struct TextIndexTests {
  private func index() throws -> TextIndex {
    let index = try TextIndex()
    try index.take(
      [
        .init(node: 1, text: "Nora buys 3 * 4 = 12 apples."), .init(node: 2, text: "Nora has 20 pears."),
        .init(node: 2, rollout: 1, text: "She sells apples.\n#### 12"),
      ], of: "a", events: 9)
    try index.take([.init(node: 4, text: "Apple trees are not \"pears\" * OR.")], of: "b", events: 3)
    return index
  }

  private func places(_ query: String, in index: TextIndex) throws -> Set<String> {
    Set(try index.find(query, limit: 10).hits.map { "\($0.run)\($0.node)" + ($0.rollout < 0 ? "" : "r\($0.rollout)") })
  }

  @Test func wordsQuotationsOrAndNot() throws {
    let index = try index()
    #expect(try places("apples", in: index) == ["a1", "a2r1"])
    #expect(try places("appl", in: index) == ["a1", "a2r1", "b4"], "the last word may go on")
    #expect(try places("nora apples", in: index) == ["a1"])
    #expect(try places("3*4=12", in: index) == ["a1"], "signs are no words")
    #expect(try places("\"4 12\"", in: index) == ["a1"])
    #expect(try places("\"12 4\"", in: index) == [])
    #expect(try places("pears or sells", in: index) == ["a2", "a2r1", "b4"])
    #expect(try places("nora not apples", in: index) == ["a2"])
    #expect(try index.find("nora", limit: 1).count == 2, "all are counted")
    #expect(try index.find("sells", limit: 9).hits.first?.text.contains("sells apples.") == true)
  }

  @Test(arguments: ["", "   ", "***", "not apples", "or", "\""])
  func whatIsNoQueryIsRefusedOrFindsNothing(_ query: String) throws {
    let index = try index()
    if query == "or" {
      #expect(try places(query, in: index) == ["b4"], "alone it is a word")
    } else {
      #expect(throws: WorkspaceError.self) { try index.find(query, limit: 10) }
    }
  }

  @Test(arguments: ["a\"b", "NEAR(a b)", "text:apples", "a^2", "{run} : b", "-apples", "a AND", "x\u{0}y", "🙂 ap"])
  func whatLooksLikeAnOperatorIsText(_ query: String) throws {
    _ = try index().find(query, limit: 10)
  }

  @Test func aRunThatHasGrownIsReadAnew() throws {
    let index = try index()
    #expect(index.holds("a", events: 9) && !index.holds("a", events: 10) && !index.holds("c", events: 0))
    try index.take([.init(node: 1, text: "plums")], of: "a", events: 10)
    #expect(index.holds("a", events: 10))
    #expect(try places("nora", in: index) == [] && places("plums", in: index) == ["a1"])
  }
}
