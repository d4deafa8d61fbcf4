import ArgumentParser
import Foundation
import Lab
import Pictures
import Training
import Vocabulary
import Workspace

/// `etascope improve`: rounds of self-improvement.
struct ImproveCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "improve",
    abstract:
      "Improve a policy by its own searches: imagine, search, filter, gate, commit, export, train, evaluate, promote.",
    discussion: """
      Every round is kept in the workspace, stage by stage: `etascope round` lists, shows, resumes, approves, refuses, reports and \
      compares them. What is searched comes from PROBLEMS and from questions that are imagined from them; what is learned from is \
      what the rule, and with --gate person a person, lets through; a policy counts only where held-out problems say so.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var reading: ProblemOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var recipe: RecipeOptions
  @Option(help: "Rounds at most, each from the policy that the one before left behind.") var rounds = 1
  @Option(help: "Take only the first N problems.") var first: Int?
  @Option(help: "Name of the series, of letters, digits and - (default: one that follows from the moment).")
  var name: String?
  @Option(help: ArgumentHelp("Write the report there at the end: README.md and pictures.", valueName: "folder"))
  var report: String?
  @Flag(
    help:
      "The demonstration: one round on a policy that was made careless on purpose, with the files of SampleData/Improvement."
  )
  var demo = false
  @Flag(
    help:
      "First install what the trainers sft, dpo and critic run on: some gigabytes of Python packages, into the user's cache."
  )
  var installTrainer = false
  @Argument(help: "A file of problems (\(ProblemOptions.forms)); - reads standard input.") var problems: String?

  func run() async throws {
    if rounds < 1 { throw ExitError.usage("--rounds: expected 1 or more, found \(rounds)") }
    if let first, first < 1 { throw ExitError.usage("--first: expected 1 or more, found \(first)") }
    if let name, name.isEmpty || !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
      throw ExitError.usage("--name: expected letters, digits and -, found '\(name)'")
    }
    if installTrainer {
      try await install()
      if problems == nil, !demo { return }
    }
    let demonstration = demo ? try Demonstration() : nil
    let settings = try demonstration?.settings(options) ?? options.configuration().settings()
    guard let source = problems ?? demonstration?.questions else {
      throw ExitError.usage("expected a file of problems, or --demo")
    }
    var given = try reading.readTelling(source)
    if let first { given = Array(given.prefix(first)) }
    let heldOut = try heldOutProblems(demonstration)
    var round = demonstration?.plan ?? RoundPlan()
    try plan.apply(to: &round)
    round.recipe = try recipe.recipe(for: round.trainer)
    round.models = try models(demonstration)
    (round.parameters, round.critics, round.seed) = (settings.parameters, settings.critics, settings.seed)
    // Everything that may be refused comes before a workspace is made.
    try Improvement.check(round, given: given, heldOut: heldOut)
    let workspace = try WorkspaceAccess.writing(options)
    let record = try Improvement(workspace, settings: settings).begin(
      round, given: given, heldOut: heldOut, series: name)
    StandardError.line("round \(record.id): \(given.count) problems, \(heldOut.count) held out")
    do {
      let later = [plan.baseModel, plan.adapters].compactMap { $0 } + plan.servedAs
      try await RoundDriving.drive(record, rounds: rounds, in: workspace, options, urls: later)
    } catch {
      try? writeReport(record, workspace)
      throw error
    }
    try writeReport(record, workspace)
  }

  private func install() async throws {
    let folder = try DataFolder.locate().url.appending(path: "SampleData/Trainers").path(percentEncoded: false)
    let interruption = Interruption()
    do {
      try await interruption.cancelling { try await TrainerInstallation(folder: folder).run { StandardError.line($0) } }
      StandardError.line("what the trainers sft, dpo and critic run on is installed")
    } catch is CancellationError {
      throw ExitError.stopped("the installation was stopped; the same command begins it again")
    } catch let error as TrainingError {
      throw ExitError.failed(error.description)
    }
  }

  private func heldOutProblems(_ demonstration: Demonstration?) throws -> [Problem] {
    guard let path = plan.heldOut ?? demonstration?.heldOut else { return [] }
    let all = try reading.readTelling(path).map(\.problem)
    return Array(all.prefix(plan.firstHeldOut ?? .max))
  }

  private func models(_ demonstration: Demonstration?) throws -> RoundPlan.Models {
    var models = RoundPlan.Models()
    models.policy = options.model.isEmpty ? demonstration?.policy ?? [] : options.model
    models.first = plan.baseModel.map { [$0] } ?? models.policy
    models.served = plan.servedAs.isEmpty ? nil : plan.servedAs
    (models.rollouts, models.critics) = (options.rolloutModel, options.criticModel)
    return models
  }

  private func writeReport(_ record: RoundRecord, _ workspace: Workspace) throws {
    guard let report else { return }
    try RoundPages.write(RoundReport(series: record.series, in: workspace), to: report)
    StandardError.line("the report is \(report)/README.md")
  }
}

/// What a round is to do, as flags.
struct PlanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Problems with reference answers that policies are measured on; nothing is imagined from them.", valueName: "file"
    ))
  var heldOut: String?
  @Option(help: "Take only the first N held-out problems.") var firstHeldOut: Int?

  @Option(help: "Questions to imagine.") var imagine: Int?
  @Option(
    help: ArgumentHelp(
      "Kinds of imagination, separated by commas (`etascope imagine --help` lists them).", valueName: "names"))
  var kinds: String?
  @Option(help: "Solutions drawn of each imagined question, of which more than half must agree; 0 for none.")
  var imagineSamples: Int?
  @Option(help: ArgumentHelp("Share of them that may be right, as in .2-.8.", valueName: "from-to")) var difficulty:
    String?
  @Flag(help: "Search only what is imagined.") var onlyImagined = false

  @Option(
    help: ArgumentHelp(
      "What a trajectory has to fulfil, as in 'score>=0.8 agree>=4 not contradicted'.", valueName: "rule"))
  var rule: String?
  @Option(help: "Trajectories of one problem at most.") var perProblem: Int?
  @Option(help: "Who lets trajectories into the dataset: auto (the rule) or person (the round waits).") var gate:
    String?
  @Option(help: "Share of trajectories drawn for an audit, as in 5% or .05.") var audit: String?
  @Option(help: "Least share of right ones in the audit that a promotion asks for.") var auditTarget: Double?
  @Flag(help: "A promotion waits for `etascope round sign`.") var sign = false

  @Option(help: "Who trains: embedded, sft, dpo or command:COMMAND.") var trainer: String?
  @Option(
    help:
      "What each training begins from: first, the policy of the first round, on everything accepted so far, or last.")
  var base: String?
  @Option(help: ArgumentHelp("The folder that training begins from, where the policy is served.", valueName: "folder"))
  var baseModel: String?
  @Option(
    help: ArgumentHelp(
      "How the trained policy is reached, where it is not run from its folder: URLs like --model.", valueName: "spec"))
  var servedAs: [String] = []
  @Option(
    help: ArgumentHelp("A command that serves the trained folder, with {model} and {port}.", valueName: "command"))
  var serve: String?
  @Option(help: ArgumentHelp("A server that loads trained adapters while it runs (vLLM).", valueName: "url"))
  var adapters: String?
  @Option(
    help: ArgumentHelp(
      "Who searches: local, ray, slurm, or a command with {problems}, {workspace}, {shards}, {program} and {options}.",
      valueName: "name|command"))
  var executor: String?
  @Option(help: "Parts that an executor divides a search into (default: 16).") var shards: Int?
  @Option(help: "Form of the exported rows, where it is not what the trainer takes.") var format: String?
  @Option(help: "Share of problems whose rows are kept from the trainer for its own test.") var testShare: Double?

  @Option(help: "Samples a held-out problem beside the greedy answer; 0 for none.") var samples: Int?
  @Option(help: "Held-out problems that are sampled so (default: all).") var sampledProblems: Int?
  @Option(help: "Simulations of searches of held-out problems, separated by commas, as in 8,40.") var searches: String?
  @Option(help: "Held-out problems that are searched so (default: all).") var searchedProblems: Int?
  @Option(
    help: ArgumentHelp(
      "Other sources of rows, trained and measured beside at equal steps: \(RoundArm.list).", valueName: "names"))
  var arms: String?

  @Option(help: ArgumentHelp("Stages to leave out, separated by commas.", valueName: "stages")) var skip: String?
  @Option(
    help: ArgumentHelp("A command that does a stage instead, as in filter=./my-filter.", valueName: "stage=command"))
  var stage: [String] = []
  @Option(help: "Problems in flight at once, 1 to 64; without it as many as the models can take.") var jobs: Int?

  /// Writes what the flags say into `plan`.
  func apply(to plan: inout RoundPlan) throws {
    try number(imagine, "--imagine", 0...1_000_000) { plan.imagined = $0 }
    if let kinds { plan.kinds = Self.names(kinds) }
    try number(imagineSamples, "--imagine-samples", 0...64) { plan.imaginationSamples = $0 }
    if let difficulty { plan.difficulty = try Self.range(difficulty) }
    if onlyImagined { plan.searchesGiven = false }
    if let rule { plan.rule = rule }
    try number(perProblem, "--per-problem", 1...64) { plan.perProblem = $0 }
    if let gate { plan.gate = try Self.word(gate, "--gate") }
    if let audit { plan.audit = try Self.share(audit, "--audit") }
    if let auditTarget { plan.auditTarget = try Self.share("\(auditTarget)", "--audit-target") }
    if sign { plan.isSigned = true }
    if let trainer { plan.trainer = trainer }
    if let base { plan.base = try Self.word(base, "--base") }
    (plan.serve, plan.adapters) = (serve ?? plan.serve, adapters ?? plan.adapters)
    plan.executor = executor ?? plan.executor
    try number(shards, "--shards", 1...100_000) { plan.shards = $0 }
    if let format { plan.format = format }
    if let testShare { plan.testShare = try Self.share("\(testShare)", "--test-share") }
    try number(samples, "--samples", 0...256) { plan.samples = $0 }
    try number(sampledProblems, "--sampled-problems", 1...1_000_000) { plan.sampledProblems = $0 }
    if let searches { plan.searches = try Self.numbers(searches) }
    try number(searchedProblems, "--searched-problems", 1...1_000_000) { plan.searchedProblems = $0 }
    if let arms { plan.arms = Self.names(arms) }
    if let skip { plan.skips = try Self.names(skip).map { try Self.word($0, "--skip") } }
    for text in stage {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ExitError.usage("--stage: expected STAGE=COMMAND, found '\(text)'") }
      plan.commands[try Self.word(parts[0], "--stage")] = parts[1]
    }
    try number(jobs, "--jobs", 1...64) { plan.jobs = $0 }
  }

  private func number(_ value: Int?, _ flag: String, _ range: ClosedRange<Int>, _ set: (Int) -> Void) throws {
    guard let value else { return }
    guard range.contains(value) else {
      throw ExitError.usage("\(flag): expected \(range.lowerBound) to \(range.upperBound), found \(value)")
    }
    set(value)
  }

  private static func names(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func numbers(_ text: String) throws -> [Int] {
    try names(text).map {
      guard let number = Int($0), number > 0 else {
        throw ExitError.usage("--searches: expected numbers of simulations, as in 8,40, found '\(text)'")
      }
      return number
    }
  }

  private static func word<Word: RawRepresentable & CaseIterable>(_ text: String, _ flag: String) throws -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw ExitError.usage("\(flag): expected one of \(known), found '\(text)'")
    }
    return word
  }

  /// A share in [0, 1], or in percent.
  private static func share(_ text: String, _ flag: String) throws -> Double {
    let isPercent = text.hasSuffix("%")
    let number = Double(text.filter { $0 != "%" && $0 != " " })
    guard let value = number.map({ isPercent ? $0 / 100 : $0 }), (0...1).contains(value) else {
      throw ExitError.usage("\(flag): expected a share from 0 to 1, or in percent, found '\(text)'")
    }
    return value
  }

  private static func range(_ text: String) throws -> [Double] {
    let parts = text.split(separator: "-").map { Double($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1], 0 <= low, low <= high, high <= 1 else {
      throw ExitError.usage("--difficulty: expected two shares, as in .2-.8, found '\(text)'")
    }
    return [low, high]
  }
}
