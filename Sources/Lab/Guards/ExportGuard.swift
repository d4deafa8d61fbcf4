import Foundation
import Vocabulary
import Workspace

/// What the guards made of everything that is to be exported.
package struct ExportReport: Sendable {
  /// Leaks, of each problem once, in the order of the log.
  package internal(set) var leaks: [GuardFinding] = []
  /// Problems that were looked at.
  package internal(set) var problems = 0

  /// What a dataset card says of it: `files` are those whose problems are held out, `heldOut` how many those are.
  package func card(files: [String], heldOut: Int, hasTest: Bool) -> [String] {
    func count(_ kind: GuardFinding.Kind) -> String {
      let found = leaks.count { $0.kind == kind }
      return found == 0 ? "none" : "\(found)"
    }
    let names = files.map { URL(filePath: $0).lastPathComponent.printable.filter { $0 != "`" && $0 != "<" } }.sorted()
    var lines = ["Questions that state their own answer: \(count(.goldInPrompt)), of \(problems)"]
    lines.append(
      files.isEmpty
        ? "Held-out problems: no files were given"
        : "Questions that have something of the \(heldOut) held-out problems of \(names.map { "`\($0)`" }.joined(separator: ", ")): "
          + count(.heldOut))
    lines.append("Questions made from held-out ones: \(count(.sharedRoot))")
    if hasTest { lines.append("Questions that are nearly one of the test part: \(count(.acrossSplits))") }
    let shown = leaks.prefix(Self.shown).map { leak in
      "Let through by --allow-leak: \(leak.problem.printable): \(leak.words)".filter { $0 != "`" && $0 != "<" }
    }
    let more = leaks.count > Self.shown ? ["and \(leaks.count - Self.shown) more let through"] : []
    return lines + shown + more
  }

  /// Leaks that a card and a refusal show.
  package static let shown = 20
}

extension CommitGuard {
  /// Looks at every problem that `source` would export. Throws `WorkspaceError`.
  ///
  /// Complexity: O(bytes of the log), once more where there is a test part; what is kept of a problem is its name, of one of the
  /// test part its question.
  package func check(_ source: DatasetSource) throws -> ExportReport {
    var (report, seen): (ExportReport, Set<Int>) = (ExportReport(), [])
    var split = SplitGuard()
    let hasTest = source.options.testShare > 0
    func isNew(_ problem: Problem) -> Bool {
      var hasher = Hasher()
      hasher.combine(problem.id)
      hasher.combine(problem.prompt)
      return seen.insert(hasher.finalize()).inserted
    }
    if hasTest {
      try source.forEach { commit in
        let problem = commit.trajectory.problem
        if source.isTest(problem.id), isNew(problem) { split.add(problem) }
      }
      seen = []
    }
    try source.forEach { commit in
      let problem = commit.trajectory.problem
      guard isNew(problem) else { return }
      report.problems += 1
      report.leaks += leaks(in: problem)
      if hasTest, !source.isTest(problem.id), let leak = split.finding(in: problem) { report.leaks.append(leak) }
    }
    return report
  }
}
