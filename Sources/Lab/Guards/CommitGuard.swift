import Critics
import Foundation
import Vocabulary
import Workspace

/// Looks at what is to be committed or exported: leaks, which refuse it, and what a person should know before.
///
/// A value without I/O: whoever has a problem and a trajectory asks ``findings(problem:trajectory:)``, from the command line as from
/// the explorer.
package struct CommitGuard: Sendable {
  private let heldOut: HeldOut
  private let roots: [String: [String]]
  private let splits: [String: String]
  private var known = KnownCommits()

  /// Splits that are for measuring.
  private static let measured: Set = [
    "test", "dev", "val", "valid", "validation", "eval", "heldout", "held-out",
  ]

  /// True for the name of a split that is for measuring, whatever its case.
  package static func isMeasured(_ split: String) -> Bool { measured.contains(split.lowercased()) }

  /// A guard that knows what is held out.
  ///
  /// - Parameters:
  ///   - roots: root ancestors of problems by id (`Workspace.rootAncestors()`).
  ///   - splits: the splits of problems by id, of those that have one.
  package init(heldOut: HeldOut, roots: [String: [String]] = [:], splits: [String: String] = [:]) {
    (self.heldOut, self.roots, self.splits) = (heldOut, roots, splits)
  }

  /// A guard for `workspace` with the problems of `heldOut`; with what stands in its log where `knowsCommits`.
  ///
  /// - Throws: `ProblemFileError` for a file that cannot be used; `WorkspaceError`.
  /// Complexity: O(bytes of the files, the problems and, where that is asked for, the log), a few dozen bytes of memory for each.
  package init(heldOut files: [String], of workspace: Workspace, knowsCommits: Bool) throws {
    var (roots, splits): ([String: [String]], [String: String]) = ([:], [:])
    try workspace.forEachProblem { loaded in
      if let own = loaded.roots { roots[loaded.problem.id] = own }
      if let split = loaded.problem.split, Self.isMeasured(split) {
        splits[loaded.problem.id] = split
      }
    }
    self.init(heldOut: try HeldOut(files: files), roots: roots, splits: splits)
    if knowsCommits { try workspace.commits().forEach { if $0.isActive { known.add($0) } } }
  }

  /// Problems that are held out.
  package var heldOutCount: Int { heldOut.count }

  /// Takes a commit in, so that it is known when it is repeated.
  package mutating func learn(_ commit: CommitLog.Commit) { known.add(commit) }

  /// Everything that speaks against `trajectory` of `problem`, leaks first; of the problem alone without a trajectory.
  /// Complexity: O(length), and what is like it.
  package func findings(problem: Problem, trajectory: Trajectory? = nil) -> [GuardFinding] {
    var found = leaks(in: problem)
    if let split = problem.split, Self.isMeasured(split) {
      found.append(
        GuardFinding(.heldOutSplit, problem, span: problem.question, "the problem is of the split \(split.printable)"))
    }
    guard let trajectory else { return found }
    if let wrong = Self.contradiction(in: trajectory) { found.append(wrong) }
    return found + known.findings(in: trajectory)
  }

  /// The leaks of a problem.
  package func leaks(in problem: Problem) -> [GuardFinding] {
    var found: [GuardFinding] = []
    if let span = GoldInPrompt.span(in: problem) {
      found.append(
        GuardFinding(
          .goldInPrompt, problem, span: span, "the question states its answer \((problem.answer ?? "").printable)"))
    }
    if heldOut.holds(id: problem.id) {
      found.append(
        GuardFinding(.heldOut, problem, span: problem.question, "the problem \(problem.id.printable) is held out"))
    } else if let leak = heldOut.overlap(with: problem.prompt) {
      found.append(
        GuardFinding(
          .heldOut, problem, span: leak.span,
          "\(leak.rule), \(leak.problem.printable) (\(URL(filePath: leak.source).lastPathComponent.printable))"))
    }
    for root in roots[problem.id] ?? [] where root != problem.id {
      let why = heldOut.holds(id: root) ? "is held out" : splits[root].map { "is of the split \($0.printable)" }
      if let why {
        found.append(
          GuardFinding(
            .sharedRoot, problem, span: problem.question, "\(root.printable), which it was made from, \(why)"))
      }
    }
    return found
  }

  /// The first line whose arithmetic is wrong.
  private static func contradiction(in trajectory: Trajectory) -> GuardFinding? {
    for line in trajectory.path.joined().split(whereSeparator: \.isNewline) {
      guard let how = CalculatorCritic.contradiction(in: String(line)) else { continue }
      return GuardFinding(.contradicted, trajectory.problem, span: String(line), how)
    }
    return nil
  }
}

extension HeldOut {
  /// What a text has of a held-out problem, whole or in some of its sentences: a word story may stand in a longer text, with other
  /// names. That the embedded models' own family holds stories out is nobody's leak here.
  func overlap(with prompt: String) -> Leak? {
    if let leak = leak(in: prompt), leak.source != Self.family { return leak }
    guard (try? WordStory(prompt)) == nil else { return nil }
    let sentences = GoldInPrompt.sentences(of: prompt)
    for end in sentences.indices where sentences[end].hasSuffix("?") {
      for start in sentences.indices.prefix(end + 1).suffix(Self.longestStory) {
        let part = sentences[start...end].joined(separator: " ")
        if let story = try? WordStory(part), let leak = leak(in: TextWords(part), story: story),
          leak.source != Self.family
        {
          return leak
        }
      }
    }
    return nil
  }

  /// Sentences of the longest story that is looked for.
  private static let longestStory = 16
}
