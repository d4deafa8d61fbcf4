import Foundation
import Testing

@testable import Workspace

@Suite struct ProblemFieldTests {
  /// The page that people read shows the table that files are read by.
  @Test func thePageShowsTheTable() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/etascope/etascope.docc/ProblemFiles.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains(ProblemField.markdown), "the table is to be:\n\(ProblemField.markdown)")
  }

  @Test func namesAreInTheFormTheyAreComparedIn() {
    for field in ProblemField.allCases {
      #expect(field.names.allSatisfy { ProblemField.plain($0) == $0 })
      #expect(Set(field.names).count == field.names.count)
      #expect(!field.meaning.isEmpty)
    }
    #expect(ProblemField.plain("Correct Answer") == "correct_answer")
  }
}
