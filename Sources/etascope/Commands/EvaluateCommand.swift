import ArgumentParser
import TreeSearch
import Workspace

/// `etascope evaluate`: methods side by side at equal token budgets.
struct EvaluateCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compare search with greedy decoding, majority and best-of-N at equal tokens, problem by problem.",
    discussion: """
      Majority and best-of-N may spend, on each problem and seed, as many generated tokens as search spent there \
      (policy and rollouts counted). Nothing is written to the workspace.
      """)

  @OptionGroup var options: CommonOptions
  @Option(help: "Evaluate only the first N problems.") var first: Int?
  @Option(help: "Seeds, separated by commas.") var seeds = "1"
  @Option(help: "Problems worked on at once.") var jobs = 2
  @Flag(help: "Print a Markdown table at the end.") var table = false
  @Argument(help: "A JSON Lines file of problems with reference answers.") var problems: String

  func run() async throws {
    let configuration = try Configuration(options)
    if let first, first < 1 { throw ExitError.usage("--first: expected 1 or more, found \(first)") }
    let chosenSeeds = try seeds.split(separator: ",").map { text in
      guard let seed = UInt64(text) else { throw ExitError.usage("--seeds: expected whole numbers, found '\(text)'") }
      return seed
    }
    guard (1...64).contains(jobs) else { throw ExitError.usage("--jobs: expected 1 to 64, found \(jobs)") }
    if let first, first < 1 { throw ExitError.usage("--first: expected 1 or more, found \(first)") }
    let all = try ProblemFile.read(path: problems).map(\.problem)
    let chosen = first.map { Array(all.prefix($0)) } ?? all
    if let without = chosen.first(where: { $0.answer == nil }) {
      throw ExitError.failed("\(problems): problem \(without.id): answer: expected a reference answer to compare with")
    }
    let trials = try await trials(chosen, chosenSeeds, configuration)
    let out = StandardOutput()
    let searched = trials.filter { $0.method == .search }
    let budget = Double(searched.reduce(0) { $0 + $1.tokens }) / Double(max(1, searched.count))
    if options.json {
      for method in Method.allCases {
        for seed in chosenSeeds {
          let own = trials.filter { $0.method == method && $0.seed == seed }
          try out.json(EvaluationRow(method: method, seed: seed, trials: own, budget: budget))
        }
      }
    }
    if table || !options.json {
      for line in EvaluationTable(trials: trials, problemCount: chosen.count).lines() { try out.line(line) }
    }
  }

  /// Works through problems × seeds with `jobs` model sets side by side.
  private func trials(_ chosen: [Problem], _ seeds: [UInt64], _ configuration: Configuration) async throws -> [Trial] {
    let work = seeds.flatMap { seed in chosen.indices.map { (seed, $0) } }
    var bar = ProgressBar(total: work.count)
    var found: [Trial] = []
    var done = 0
    // Each job has models of its own: they compute on threads of their own.
    var setups: [RunSetup] = []
    for _ in 0..<min(jobs, work.count) { setups.append(try await RunSetup(configuration, keeps: false)) }
    let progress = AsyncStream<[Trial]>.makeStream()
    let workers = Task { [setups] in
      defer { progress.continuation.finish() }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (job, setup) in setups.enumerated() {
          let share = stride(from: job, to: work.count, by: setups.count).map { work[$0] }
          group.addTask {
            for (seed, index) in share {
              progress.continuation.yield(try await setup.compare(chosen[index], index: index, seed: seed))
            }
          }
        }
        try await group.waitForAll()
      }
    }
    for await part in progress.stream {
      found += part
      done += 1
      bar.show(done, "")
    }
    try await workers.value
    bar.finish()
    return found.sorted { ($0.seed, $0.problem, $0.method.rawValue) < ($1.seed, $1.problem, $1.method.rawValue) }
  }
}
