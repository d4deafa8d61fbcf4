import Testing

@testable import TreeInsight
@testable import TreeSearch

/// What can follow at a place of a filter.
struct FilterCompletionTests {
  private func texts(_ text: String, at cursor: Int? = nil) -> [String] {
    FilterCompletion.filter(text, cursor: cursor ?? text.count, critics: ["value", "verifier"]).items.map(\.text)
  }

  @Test func aPrefixIsContinued() {
    #expect(texts("n>1 in") == ["inserted"])
    #expect(texts("o") == ["orm", "open", "overridden", "or"])
    #expect(texts("!ter") == ["terminal"])
    #expect(texts("critic.ve") == ["critic.verifier"])
    #expect(texts("critics ") == ["differ"])
    #expect(texts("critics di") == ["differ"])
    #expect(texts("xyz") == [])
  }

  @Test func aFieldIsFollowedByASign() {
    let signs = ["<", "<=", "=", "!=", ">=", ">"]
    #expect(texts("n ") == signs)
    #expect(texts("critics differ ") == signs)
    #expect(texts("answer ") == ["=", "!="])
    #expect(texts("n>") == [], "only the person knows the number")
    #expect(texts("n>1 ").contains("terminal"))
    #expect(texts("\"some te") == [])
  }

  @Test func eventsAreForBreakpoints() {
    #expect(!texts("").contains("merge"))
    #expect(FilterCompletion.breakpoint("mer", cursor: 3).items.map(\.text) == ["merged", "merge"])
    #expect(FilterCompletion.breakpoint("best ", cursor: 5).items.map(\.text) == ["changes"])
  }

  @Test func selectionsAreNamedAfterAPoint() {
    #expect(
      FilterCompletion.filter("chosen.", cursor: 7).items.map(\.text)
        == FinalSelection.allCases.map { "chosen.\($0.rawValue)" })
    #expect(FilterCompletion.filter("n>1 CHOSEN.WE", cursor: 13).items.map(\.text) == ["chosen.weightedVote"])
    #expect(FilterCompletion.filter("first", cursor: 5).items.map(\.text) == ["first-error"])
    #expect(FilterCompletion.breakpoint("first", cursor: 5).items.isEmpty)
  }

  @Test func theRangeIsTheWordAtTheCursor() {
    let completion = FilterCompletion.filter("dep>1 q<0.5", cursor: 3)
    #expect(completion.range == 0..<3)
    #expect(completion.items.map(\.text) == ["depth"])
    #expect(FilterCompletion.filter("n>1 ", cursor: 4).range == 4..<4)
  }

  /// Every word offered can be read where it is offered.
  @Test func everyWordOfferedIsRead() throws {
    for dialect in [FilterDialect.filter, .breakpoint] {
      for (word, _) in dialect.words {
        let isField = FilterField(word) != nil || ["critics differ", "answer", "rollout"].contains(word)
        let text =
          switch word {
          case "critic.": "critic.x>1"
          case "not": "not pruned"
          case "or", "and": "pruned \(word) pruned"
          default: isField ? word + "=1" : word
          }
        #expect(throws: Never.self, "\(text)") { try FilterParser.condition(text, dialect) }
      }
    }
  }
}
