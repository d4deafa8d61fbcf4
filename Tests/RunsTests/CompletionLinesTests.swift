import Models
import ModelsTesting
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Critics
@testable import Runs

/// A rollout's text as options.
struct CompletionLinesTests {
  private func lines(_ text: String, _ ending: Termination, of model: TableModel = TableModel()) -> [SearchOption] {
    let tokens = model.tokenize(text)
    let rollout = FastRollout.Completion(
      text: text, tokens: tokens, logProbabilities: tokens.map { -Double($0) }, score: 0.5, ormScore: 0.5,
      ending: ending, note: nil)
    return rollout.lines(of: model, for: TableModel())
  }

  @Test(arguments: [
    ("a\nbc", Termination.endOfText, [("a\n", Termination.newline), ("bc", .endOfText)]),
    ("a\nb\n", .endOfText, [("a\n", .newline), ("b\n", .endOfText)]),
    ("a\n\nb", .lengthCap, [("a\n", .newline), ("\n", .newline), ("b", .lengthCap)]),
    ("a\nb\n", .lengthCap, [("a\n", .newline), ("b\n", .newline)]), ("", .endOfText, []),
  ])
  func cuts(_ text: String, _ ending: Termination, _ expected: [(String, Termination)]) {
    let lines = lines(text, ending)
    #expect(lines.map(\.text) == expected.map(\.0))
    #expect(lines.map(\.termination) == expected.map(\.1))
    #expect(lines.flatMap(\.tokens) == Array(text.utf8).map(Int32.init))
    #expect(lines.flatMap(\.logProbabilities) == text.utf8.map { -Float($0) })
  }

  @Test func anotherModelsLogProbabilitiesAreNotThePolicys() {
    let lines = lines("a\nb", .endOfText, of: TableModel(fingerprint: "other"))
    #expect(lines.map(\.text) == ["a\n", "b"])
    #expect(lines.flatMap(\.logProbabilities).isEmpty)
  }
}
