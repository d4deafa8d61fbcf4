import ArgumentParser
import Foundation
import Lab
import Pictures
import TreeSearch
import Vocabulary
import Workspace

/// `etascope evaluate`: methods side by side at equal token budgets.
struct EvaluateCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Compare search with greedy decoding, votes, best-of-N and beam search at equal tokens, problem by problem.",
    discussion: """
      With --budgets every method may generate so many times the tokens of a greedy answer to the same problem (policy and \
      rollouts counted). Without it the others may spend, on each problem and seed, what search spent there within its own \
      limits. Nothing is written to the workspace.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var reading: ProblemOptions
  @Option(help: "Evaluate only the first N problems of each file.") var first: Int?
  @Option(help: "Seeds, separated by commas.") var seeds = "1"
  @Option(help: "Multiples of a greedy answer's tokens, separated by commas, as in 1,2,4.") var budgets: String?
  @Option(help: ArgumentHelp("Some of: \(Method.all.map(\.name).joined(separator: ", ")).", valueName: "names"))
  var methods: String?
  @Flag(help: "Compare the steps of the paper's ablation instead of methods; asks for one budget.") var ablation = false
  @Option(
    help: ArgumentHelp(
      "Every method with the tools on or off; without it they have those of the settings. off,on compares search without and with them, at what the first one spends or at one budget.",
      valueName: "on"))
  var tools: String?
  @Option(help: "Problems worked on at once, 1 to 64; without it as many as the models can take.") var jobs: Int?
  @Flag(help: "Print Markdown tables at the end.") var table = false
  @Flag(help: "Say at the end which forecast.calibration would have made the runs' forecasts come true.")
  var forecasts = false
  @Flag(
    help:
      "Say at the end which weights of the final selection evidence would have made the right answers of the runs likeliest: fit them on other problems than those that are reported."
  )
  var fitChoice = false
  @Option(
    help: ArgumentHelp(
      "What tokens beside generated ones cost of a budget: prompt (computed), cached, critic, as in prompt=0.1,critic=0.05.",
      valueName: "kind=price,…"))
  var price: String?
  @Option(
    help: ArgumentHelp(
      "Keep what each problem came to in this file, and do not do again what is there: stopped anywhere, the same command goes on.",
      valueName: "file"))
  var keep: String?
  @Option(help: ArgumentHelp("Write a plot of accuracy against tokens, an SVG picture.", valueName: "file"))
  var plot: String?
  @Argument(
    help:
      "Files of problems with reference answers (\(ProblemOptions.forms)); - reads standard input. Of several, each is told by itself and all together."
  )
  var problems: [String]

  func run() async throws {
    let settings = try options.configuration().settings()
    let plan = try EvaluationPlan(
      EvaluationWishes(
        methods: methods, budgets: budgets, seeds: seeds, isAblation: ablation, tools: tools, hasPlot: plot != nil,
        price: price, fitsChoice: fitChoice),
      settings: settings)
    if let jobs, !(1...64).contains(jobs) { throw ExitError.usage("--jobs: expected 1 to 64, found \(jobs)") }
    let sets = try chosenProblems()
    let chosen = sets.flatMap(\.problems)
    let picture = try plot.map(checked)
    let first = try await RunSetup(settings, keeps: false)
    let setups = try first.lanes(for: min(jobs ?? first.models.jobs, chosen.count))
    if setups.contains(where: \.models.isRecorded) {
      throw ExitError.usage("--model: expected a live model, a recording answers what one search asked")
    }
    let bar = ProgressBar(total: chosen.count)
    defer { bar.finish() }
    var kept = try keep.map {
      try KeptTrials(at: $0, key: plan.key(of: chosen, models: first.models.names, parameters: first.parameters))
    }
    let found = try await EvaluationJobs(plan: plan, problems: chosen, setups: setups).trials(keeping: &kept) {
      bar.show($0, "problems")
    }
    bar.finish()
    let result = EvaluationResult(
      found.flatMap(\.trials), plan: plan, problemCount: chosen.count, sets: Self.places(of: sets))
    let out = StandardOutput()
    if options.json {
      for (tier, result) in result.parts {
        for budget in plan.budgets.indices {
          for method in plan.methods {
            for seed in plan.seeds {
              try out.json(EvaluationRow(result, method, budget: budget, seed: seed, tier: tier))
            }
          }
        }
      }
    }
    if table || !options.json {
      for line in EvaluationTables(result: result).lines() { try out.line(line) }
    }
    if forecasts {
      guard let words = result.forecastCalibration else {
        throw ExitError.failed("--forecasts: too few forecasts came true or did not to fit anything")
      }
      try out.line("\(SearchParameters.forecastCalibration.id)=\(words)")
    }
    if fitChoice {
      guard let fit = result.evidenceFit else {
        throw ExitError.failed("--fit-choice: expected at least 20 trees that hold the right answer and 20 that do not")
      }
      for line in fit.lines + [fit.summary] { try out.line(line) }
    }
    if let picture { try OutputFile.write(Data(AccuracyPlot(result).svg().utf8), to: picture) }
    for line in first.models.serverLimits { StandardError.line(line.printable) }
    let failures = found.flatMap(\.failures)
    for line in failures { StandardError.line(line.printable) }
    if !failures.isEmpty {
      let bad = found.count { !$0.failures.isEmpty }
      throw ExitError.failed("\(bad) of \(chosen.count) problems could not be evaluated by every method")
    }
  }

  /// The problems of each file, with its name.
  private func chosenProblems() throws -> [(name: String, problems: [Problem])] {
    if let first, first < 1 { throw ExitError.usage("--first: expected 1 or more, found \(first)") }
    guard Set(problems).count == problems.count else { throw ExitError.usage("expected different files of problems") }
    return try problems.map { path in
      let all = try reading.readTelling(path).map(\.problem)
      let chosen = first.map { Array(all.prefix($0)) } ?? all
      if let without = chosen.first(where: { $0.answer == nil }) {
        throw ExitError.failed("\(path): problem \(without.id): answer: expected a reference answer to compare with")
      }
      return (URL(filePath: path).deletingPathExtension().lastPathComponent, chosen)
    }
  }

  private static func places(of sets: [(name: String, problems: [Problem])]) -> [ProblemSet] {
    var start = 0
    return sets.map { set in
      defer { start += set.problems.count }
      return ProblemSet(name: set.name, places: start..<start + set.problems.count)
    }
  }

  /// The picture's place, looked at before hours of work.
  private func checked(_ path: String) throws -> String {
    var isFolder = ObjCBool(false)
    let files = FileManager.default
    let exists = files.fileExists(atPath: path, isDirectory: &isFolder)
    let place = exists ? path : URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    guard !(exists && isFolder.boolValue), files.isWritableFile(atPath: place) else {
      throw ExitError.failed("\(path): the plot cannot be written there")
    }
    return path
  }
}
