import ArgumentParser
import Explorer
import Foundation
import Lab
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// `etascope search`: one run a problem, without a terminal.
struct SearchCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search every problem of a file; every run is kept in the workspace.")

  @OptionGroup var options: CommonOptions
  @OptionGroup var reading: ProblemOptions
  @Option(help: "Search only the first N problems.") var first: Int?
  @Option(
    help: ArgumentHelp(
      "Search only part K of N, as in 3/16: every problem is in exactly one, by a digest of its id.", valueName: "k/n"))
  var shard: String?
  @Flag(help: "Go on with the runs that the workspace has of the same search, instead of beginning others.")
  var resume = false
  @Flag(help: "With --resume, try again what failed.") var retryFailed = false
  @Option(help: "Problems in flight at once, 1 to 64; without it as many as the models can take.") var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "Tokens for all problems together: half of an equal share each, the rest where it is likeliest to find the right answer.",
      valueName: "total"))
  var budget: Int?
  @Option(
    name: .customLong("break"),
    help: ArgumentHelp(
      "Stop where this breakpoint fires, such as 'best changes' or 'terminal q<0.2'.", valueName: "text"))
  var breakpoints: [String] = []
  @Flag(help: "Then tell every phase of the search with its numbers (not with --json).") var teach = false
  @Argument(help: "A file of problems (\(ProblemOptions.forms)); - reads standard input.") var problems: String

  func run() async throws {
    let settings = try options.configuration().settings()
    if teach, options.json { throw ExitError.usage("--teach: expected without --json, which prints a result a line") }
    if retryFailed, !resume { throw ExitError.usage("--retry-failed: expected with --resume") }
    if let jobs, !(1...64).contains(jobs) { throw ExitError.usage("--jobs: expected 1 to 64, found \(jobs)") }
    if let first, first < 1 { throw ExitError.usage("--first: expected 1 or more, found \(first)") }
    if let budget, budget < 1 { throw ExitError.usage("--budget: expected 1 token or more, found \(budget)") }
    if budget != nil, resume {
      throw ExitError.usage("--budget: expected without --resume, which goes on with single runs")
    }
    let shard = try shard.map(Self.shard)
    let breakpoints = try breakpoints.map(Self.breakpoint)
    let all = try reading.readTelling(problems).map(\.problem).prefix(first ?? .max)
    let chosen = all.filter { shard?.contains($0.id) ?? true }
    let setup = try await RunSetup(settings)
    if let words = setup.parameters.calibrationWords { StandardError.line("etascope: \(words)") }
    let out = StandardOutput()
    let interruption = Interruption()
    var control = interruption.control
    (control.resumes, control.retriesFailed, control.jobs) = (resume, retryFailed, jobs)
    control.breakpoints = breakpoints
    let (bar, pulse) = (ProgressBar(total: chosen.count), SearchPulse(of: chosen.count))
    control.pulse = pulse
    let beat = Task { await bar.beat { pulse.words(of: setup) } }
    defer { beat.cancel() }
    var (done, answered, right, failed) = (0, 0, 0, 0)
    func take(_ result: SearchResult) throws {
      bar.finish()
      if options.json {
        try out.json(result)
      } else {
        try out.line(Self.line(result))
        if teach, let timeline = try setup.workspace?.timeline(of: result.run) { try tell(timeline, to: out) }
      }
      Self.tell(result)
      if result.error != nil { failed += 1 }
      if let correct = result.correct { (answered, right) = (answered + 1, right + (correct ? 1 : 0)) }
      done += 1
      bar.show(done, answered > 0 ? "\(right)/\(answered) right" : "")
    }
    if let budget {
      try await setup.search(chosen, within: budget, control: control) { try take($0) }
    } else {
      try await setup.search(chosen, control: control) { try take($0) }
    }
    beat.cancel()
    await beat.value
    bar.finish()
    for line in setup.models.serverLimits { StandardError.line(line.printable) }
    try setup.workspace?.finish()
    if interruption.wasRaised, done > 0 {
      throw ExitError.stopped("stopped by a signal; \(done) of \(chosen.count) problems are saved in the workspace")
    }
    if let shard, chosen.isEmpty { StandardError.line("no problem belongs to shard \(shard)") }
    if answered > 0 { StandardError.line("\(right) of \(answered) answers agree with their reference") }
    if failed > 0 { throw ExitError.failed("\(failed) of \(chosen.count) problems could not be searched to their end") }
  }

  private static func shard(_ text: String) throws -> Shard {
    guard let shard = Shard(text) else {
      throw ExitError.usage("--shard: expected K/N with K from 1 to N, as in 3/16, found '\(text)'")
    }
    return shard
  }

  private static func breakpoint(_ text: String) throws -> Breakpoint {
    do {
      return try Breakpoint(text)
    } catch {
      throw ExitError.usage("--break '\(text)': \(error)")
    }
  }

  /// Every phase of a run in words.
  private func tell(_ timeline: Timeline, to out: StandardOutput) throws {
    for moment in Narration.moments(timeline) {
      for line in Narration.lines(timeline, at: moment) { try out.line(line.printable) }
    }
  }

  /// What went wrong in a search, or is worth a look, on standard error.
  private static func tell(_ result: SearchResult) {
    if let error = result.error { StandardError.line("\(result.problem): \(error)".printable) }
    for finding in result.findings where finding.message != result.error {
      StandardError.line("\(result.problem): \(finding.message)".printable)
    }
  }

  /// A result as people read it.
  static func line(_ result: SearchResult) -> String {
    let verdict = result.error == nil ? result.correct.map { $0 ? "right" : "wrong" } ?? "–" : "failed"
    // A server that tells of no cache has none, or does not tell.
    let cached = result.prompts?.reusedShare.flatMap {
      $0 > 0 ? "\(Int(($0 * 100).rounded(.down))) % of prompt tokens from a cache" : nil
    }
    let words = [
      result.problem.printable, (result.answer ?? "no answer").printable, verdict,
      "\(result.simulations) simulations", "\(result.tokens.generated) tokens",
      cached, result.run,
    ]
    return words.compactMap { $0 }.joined(separator: "\t")
  }
}
