import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// Options of one token: an answer may span several of them (AlphaLLM, table 1).
struct TokenLevelTests {
  /// A chain of one child a node that draws these tokens in order, the last one with `ending`.
  private func chain(_ tokens: [String], ending: Termination = .token) throws -> Driver {
    let changes = [
      "option.level": "token", "width.root.minimum": "1", "width.root.maximum": "1", "width.minimum": "1",
      "width.maximum": "1", "rollout.count": "0", "depth.maximum": "20",
    ]
    var driver = Driver(try header(changes)) { request, tree in
      guard case .propose = request.kind else {
        return Answer(.scores([CriticScore(critic: CriticName.value, score: 0.5)]))
      }
      let depth = Int(tree[request.node].depth)
      return Answer(.options([SearchOption(tokens[depth], depth + 1 == tokens.count ? ending : .token)]))
    }
    driver.run(to: tokens.count)
    return driver
  }

  @Test func anAnswerIsRecognisedAtTheEndOfItsLine() throws {
    let driver = try chain(["So", "\n", "##", "##", " 2", "5", "\n"])
    // "#### 2" is no answer yet: the line may go on.
    #expect(driver.tree.nodes.map(\.terminal) == Array(repeating: nil, count: 7) + [.answer])
    #expect(driver.tree.details[7].answer == "25")
  }

  @Test func orAtTheEndOfTheText() throws {
    let driver = try chain(["##", "##", " 2", "5", ""], ending: .endOfText)
    #expect(driver.tree.nodes.map(\.terminal) == Array(repeating: nil, count: 5) + [.answer])
    #expect(driver.tree.details[5].answer == "25")
  }

  @Test func anEndOfTextWithoutAnAnswerEndsThePathAllTheSame() throws {
    let driver = try chain(["2", "5", ""], ending: .endOfText)
    #expect(driver.tree.nodes.last?.terminal == .endOfText)
    #expect(driver.tree.details[3].answer == nil)
  }

  @Test func aLineBreakInTheMiddleOfATokenCounts() throws {
    let driver = try chain(["ok\n###", "# ", "1", "2.\n"])
    #expect(driver.tree.details[4].answer == "12")
  }
}
