import ArgumentParser
import Foundation
import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension DatasetCommand {
  /// `dataset commit`.
  struct Commit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "commit",
      abstract: "Append a trajectory of each run to the log; a wrong answer is judged bad where no verdict is given.")

    /// When a trajectory is committed: always, where its answer is right, or where a rule holds.
    enum Condition {
      case any, correct
      case rule(TrajectoryRule)

      init(_ text: String) throws {
        switch text {
        case "any": self = .any
        case "correct": self = .correct
        default:
          do {
            self = .rule(try TrajectoryRule(text))
          } catch {
            throw ExitError.usage(
              "--if '\(text)': expected correct, any, or a rule as in 'score>=0.8 agree>=4': \(error)")
          }
        }
      }

      /// Why the trajectory that ends in `end`, or in one of its rollouts, and states `answer`, is not committed; nil where it is.
      func objection(to end: NodeID, _ rollout: Int?, _ answer: String?, in tree: SearchTree) -> String? {
        // What is no node is refused where it would be committed, with its reason.
        guard tree.nodes.indices.contains(end.offset) else { return nil }
        switch self {
        case .any: return nil
        case .correct:
          let correct = answer.flatMap { tree.header.problem.accepts($0) }
          if correct == true { return nil }
          return "the answer \(answer ?? "none") \(correct == false ? "is wrong" : "cannot be told right from wrong")"
        case .rule(let rule):
          let all = tree.candidates()
          guard let own = all.filter({ $0.node == end && $0.rollout == rollout }).max(by: { $0.score < $1.score })
          else {
            return "it states no answer"
          }
          let facts = TrajectoryFacts(of: own, in: tree, among: all, finals: tree.finalAnswers())
          return rule.matches(facts, endingAt: end, in: tree) ? nil : "the rule \(rule.source) does not hold"
        }
      }
    }
    /// The verdicts by the words a person types.
    enum Verdict: String, ExpressibleByArgument, CaseIterable { case good, bad, unsure }

    @OptionGroup var options: CommonOptions
    @Option(help: "The node where the trajectory ends; of one run.") var node: Int?
    @Flag(help: "The trajectory that the run's final selection chooses (the default).") var best = false
    @Option(
      name: .customLong("if"),
      help: ArgumentHelp(
        "Commit only where the answer agrees with the reference (correct), always (any), or where a rule holds, as in 'score>=0.8 agree>=4 not contradicted'.",
        valueName: "correct|any|rule"))
    var condition = "any"
    @Option(help: "What you say of the trajectories.") var verdict: Verdict?
    @Option(help: "A remark.") var note = ""
    @OptionGroup var guards: GuardOptions
    @Argument(help: "Runs' ids or unambiguous beginnings of them.") var ids: [String]

    func run() throws {
      if best, node != nil { throw ExitError.usage("--node and --best: expected one of them") }
      if node != nil, ids.count > 1 { throw ExitError.usage("--node: expected with one run, found \(ids.count)") }
      let condition = try Condition(condition)
      let workspace = try WorkspaceAccess.writing(options)
      let runs = try ids.map { try workspace.run($0).id }
      var guards = try guards.commitGuard(options, of: workspace, knowsCommits: true)
      let refused = try runs.count { try !commit($0, condition, in: workspace, &guards) }
      if refused > 0 {
        throw ExitError.failed(
          "\(refused) of \(runs.count) not committed because of leaks; --allow-leak commits them all the same")
      }
    }

    /// Says what speaks against the trajectory; nil where a leak refuses it, else the leaks that are let through.
    private func leaks(
      _ trajectory: Trajectory?, of run: String, _ tree: SearchTree, _ guards: CommitGuard
    ) -> [GuardFinding]? {
      guard let trajectory else { return [] }
      let findings = guards.findings(problem: tree.header.problem, trajectory: trajectory)
      let leaks = findings.filter(\.kind.isLeak)
      let isRefused = !leaks.isEmpty && !self.guards.allowLeak
      for finding in findings {
        let outcome = isRefused && finding.kind.isLeak ? "not committed" : "committed all the same"
        StandardError.line("etascope: \(run): \(outcome): \(finding.words)")
      }
      return isRefused ? nil : leaks
    }

    /// False where a leak refuses the commit.
    private func commit(
      _ run: String, _ condition: Condition, in workspace: Workspace, _ guards: inout CommitGuard
    ) throws -> Bool {
      let tree = try workspace.tree(of: run)
      let chosen = node == nil ? tree.chosen : nil
      let end = node.map { NodeID($0) } ?? chosen?.node ?? tree.bestPath().last ?? .root
      // What is no node is refused where it would be committed, with its reason.
      let isPath = tree.nodes.indices.contains(end.offset) && (end != .root || chosen?.rollout != nil)
      let trajectory = isPath ? Trajectory(run: run, tree: tree, node: end, rollout: chosen?.rollout) : nil
      if let objection = condition.objection(to: end, chosen?.rollout, trajectory?.answer, in: tree) {
        StandardError.line("etascope: \(run): not committed: \(objection)")
        return true
      }
      guard let leaks = leaks(trajectory, of: run, tree, guards) else { return false }
      let said =
        verdict.flatMap { Judgement.Verdict(rawValue: $0.rawValue) } ?? (trajectory?.correct == false ? .bad : nil)
      let judgement = Judgement(verdict: said, note: note)
      let entry = try workspace.commit(
        run: run, tree: tree, node: end, rollout: chosen?.rollout, judgement: judgement)
      if let commit = CommitLog([entry]).commits.first { guards.learn(commit) }
      // Whoever lets a leak through says so for good.
      try workspace.append(
        leaks.map { leak in
          Label(
            .note("commit \(entry.id) in spite of a leak: \(leak.words)"),
            of: Label.Subject(run: run, tree: tree, node: end), who: entry.who)
        })
      let out = StandardOutput()
      if !options.json {
        try out.line("\(entry.id)\t\(said?.rawValue ?? "not judged")")
      } else if let commit = try workspace.commits().commits(idPrefix: entry.id).last {
        try out.json(Row(commit: commit))
      }
      return true
    }
  }
}
