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
  /// What was wrong with records that were passed over.
  let bad: [ProblemFileError]

  /// Reads problem files, one after the other.
  private init(_ paths: [String], _ reading: ProblemOptions?) throws {
    var entries: [ProblemEntry] = []
    var problems: [String: Problem] = [:]
    var bad: [ProblemFileError] = []
    for path in paths {
      let (read, passedOver) = try reading?.read(path) ?? (ProblemFile.read(path: path), [])
      bad += passedOver
      for loaded in read where problems[loaded.problem.id] == nil {
        problems[loaded.problem.id] = loaded.problem
        entries.append(ProblemEntry(loaded.problem, tier: loaded.text("tier")))
      }
    }
    self.entries = entries
    self.bad = bad
    self.problems = problems
  }

  /// The problems of a file, or (nil) the samples.
  init(of path: String?, _ reading: ProblemOptions) throws {
    if let path { try self.init([path], reading) } else { try self.init(Self.samples(), nil) }
  }

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
          isCorrect: problems[entry.id]?.accepts(totals.answer),
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
    return ["easy", "test", "hard", "dev"].map { folder.appending(path: "\($0).jsonl").path(percentEncoded: false) }
  }

  /// The problem with this id.
  func problem(_ id: String) -> Problem? { problems[id] }
}
