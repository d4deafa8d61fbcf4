import Explorer
import Foundation
import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// The problems that the explorer offers.
package struct ProblemCatalog {
  private let problems: [String: Problem]
  /// In the order of the files.
  package let entries: [ProblemEntry]
  /// What was wrong with records that were passed over.
  package let bad: [ProblemFileError]

  /// What was read, and what was passed over; of problems with the same id, the first.
  package init(_ read: [LoadedProblem], passedOver: [ProblemFileError] = []) {
    var entries: [ProblemEntry] = []
    var problems: [String: Problem] = [:]
    for loaded in read where problems[loaded.problem.id] == nil {
      problems[loaded.problem.id] = loaded.problem
      entries.append(ProblemEntry(loaded.problem, tier: loaded.text("tier")))
    }
    (self.entries, self.problems, bad) = (entries, problems, passedOver)
  }

  /// The files that come with etascope, the easy ones first.
  package static func samples() throws -> ProblemCatalog {
    let folder = try DataFolder.locate().problems
    let files = ["easy", "test", "hard", "dev"].map { folder.appending(path: "\($0).jsonl") }
    return ProblemCatalog(try files.flatMap { try ProblemFile.read(path: $0.path(percentEncoded: false)) })
  }

  /// The first problem; nil where there is none.
  var first: Problem? { entries.first.flatMap { problems[$0.id] } }

  /// The problem with this id.
  package func problem(_ id: String) -> Problem? { problems[id] }
}
