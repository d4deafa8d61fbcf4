import Explorer
import Foundation
import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// The problems that the explorer offers.
struct ProblemCatalog {
  private let problems: [String: Problem]
  /// In the order of the files.
  let entries: [ProblemEntry]

  /// Reads problem files, one after the other.
  private init(_ paths: [String]) throws {
    var entries: [ProblemEntry] = []
    var problems: [String: Problem] = [:]
    for path in paths {
      for loaded in try ProblemFile.read(path: path) where problems[loaded.problem.id] == nil {
        problems[loaded.problem.id] = loaded.problem
        entries.append(ProblemEntry(loaded.problem, tier: loaded.text("tier")))
      }
    }
    self.entries = entries
    self.problems = problems
  }

  /// The problems of a file, or (nil) the samples.
  init(of path: String?) throws { try self.init(path.map { [$0] } ?? Self.samples()) }

  /// The problems with what the workspace's newest run of each came to. Complexity: O(problems + runs + commits).
  func entries(in workspace: Workspace) throws -> [ProblemEntry] {
    var newest: [String: RunTotals] = [:]
    for run in try workspace.runs() { newest[run.problem] = run.totals }
    let committed = Set(try workspace.commitLog().commits.filter(\.isActive).map(\.trajectory.problem.id))
    return entries.map { entry in
      var entry = entry
      let totals = newest[entry.id]
      entry.result = totals.map { totals in
        ProblemResult(
          simulations: totals.simulations, tokens: totals.tokens.generated, answer: totals.answer,
          isCorrect: entry.answer.flatMap { AnswerFormat.isCorrect(totals.answer, by: $0) },
          agreement: totals.agreement)
      }
      if let totals {
        let sims = "\(totals.simulations) sims"
        entry.progress = committed.contains(entry.id) ? "committed" : totals.stopped == nil ? sims : "done, \(sims)"
      }
      return entry
    }
  }

  /// The files that come with etascope, the easy ones first.
  private static func samples() throws -> [String] {
    let folder = try DataFolder.locate().problems
    return ["easy", "test", "hard", "dev"].map { folder.appending(path: "\($0).jsonl").path() }
  }

  /// The problem with this id.
  func problem(_ id: String) -> Problem? { problems[id] }
}
