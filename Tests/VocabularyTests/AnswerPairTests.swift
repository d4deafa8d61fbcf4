import Foundation
import Testing
import Vocabulary

/// Judges pairs of answers for a script: `ETASCOPE_ANSWER_PAIRS` names a file of tab-separated pairs, a line each, and
/// `ETASCOPE_ANSWER_VERDICTS` the file that says 1 or 0 of each.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["ETASCOPE_ANSWER_PAIRS"] != nil))
struct AnswerPairTests {
  @Test func areJudged() throws {
    let environment = ProcessInfo.processInfo.environment
    let given = try #require(environment["ETASCOPE_ANSWER_PAIRS"])
    let verdicts = try #require(environment["ETASCOPE_ANSWER_VERDICTS"])
    let lines = try String(contentsOfFile: given, encoding: .utf8).split(separator: "\n")
    let said = try lines.map { line in
      let pair = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(pair.count == 2, "expected two answers: \(line)")
      return AnswerFormat.agree(pair[0], pair[1]) ? "1\n" : "0\n"
    }
    try said.joined().write(toFile: verdicts, atomically: true, encoding: .utf8)
  }
}
