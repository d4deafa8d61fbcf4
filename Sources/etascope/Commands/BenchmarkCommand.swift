import ArgumentParser
import Benchmarks
import Foundation
import Lab
import Models

/// `etascope benchmark`: figures that anyone can print again.
struct BenchmarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure parts of etascope on this machine.",
    subcommands: [
      SyntheticBenchmark.self, RenderBenchmark.self, StartupBenchmark.self, JournalBenchmark.self, ImportBenchmark.self,
      ModelBenchmark.self, TrainingBenchmark.self, ServerBenchmark.self,
    ])
}

/// `etascope benchmark synthetic`: what the engine costs, beside the same search with nothing around it.
struct SyntheticBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthetic", abstract: "Simulations a second of the engine alone, on a task without models.",
    discussion: """
      The search is driven by requests and answers, as every search is, and hands out every event; nothing is written to \
      disk. Short searches are repeated, and the fastest counts. Bytes a node: the process's greatest resident memory \
      less what was resident before the search began, divided by the nodes. Where a C++ compiler is in PATH, the same \
      search as a bare loop is built and measured in the same way; the ratios say how many times as much the engine takes.
      """)

  @Option(help: "Simulations of one search.") var simulations = 100_000
  @Option(help: "Depth at which a node is terminal.") var depth = 24
  @Flag(inversion: .prefixedNo, help: "Measure the bare loop, too.") var floor = true
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    guard (1...100_000_000).contains(simulations) else {
      throw ExitError.usage("--simulations: expected 1 to 100000000, found \(simulations)")
    }
    guard (1...1000).contains(depth) else { throw ExitError.usage("--depth: expected 1 to 1000, found \(depth)") }
    let report = try TemporaryFolder.use {
      try SyntheticReport(simulations: simulations, depth: depth, floorIn: floor ? $0 : nil)
    }
    let out = StandardOutput()
    if json { return try out.json(report) }
    for line in report.lines { try out.line(line) }
  }
}

/// `etascope benchmark journal`: events a second into a workspace on disk, written as a run writes them.
struct JournalBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Events a second into a run's journal on disk.",
    discussion: """
      Writes the events of the synthetic search into a new workspace in the system's folder for temporary files (TMPDIR), \
      one transaction for what a run with so many workers makes between two answers, and counts them again at the end. A \
      process that is killed loses at most the last transaction.
      """)

  @Option(help: "Events to write, at least.") var events = 100_000
  @Option(help: "Simulations under way, which is what fills a transaction.") var workers = 16
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    guard (1...100_000_000).contains(events) else {
      throw ExitError.usage("--events: expected 1 to 100000000, found \(events)")
    }
    guard (1...64).contains(workers) else { throw ExitError.usage("--workers: expected 1 to 64, found \(workers)") }
    let figures = try TemporaryFolder.use {
      try JournalFigures(
        events: events, workers: workers, workspace: $0.appending(path: "workspace.sqlite").path(percentEncoded: false))
    }
    let out = StandardOutput()
    try json ? out.json(figures) : out.line(figures.line)
  }
}

/// `etascope benchmark import`: megabytes a second of other programs' trees.
struct ImportBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Megabytes a second of other programs' trees into runs on disk.",
    discussion: """
      Writes so many trees as JSON Lines into the system's folder for temporary files (TMPDIR), and imports them into a new \
      workspace there as 'etascope import' does. The floor is the same file read as JSON, of which nothing is made.
      """)

  @Option(help: "Trees in the file.") var trees = 3000
  @Option(help: "Nodes of a tree.") var nodes = 60
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    guard (2...10_000_000).contains(trees) else {
      throw ExitError.usage("--trees: expected 2 to 10000000, found \(trees)")
    }
    guard (2...1_000_000).contains(nodes) else {
      throw ExitError.usage("--nodes: expected 2 to 1000000, found \(nodes)")
    }
    let figures = try TemporaryFolder.use { try ImportFigures(trees: trees, nodes: nodes, in: $0) }
    let out = StandardOutput()
    try json ? out.json(figures) : out.line(figures.line)
  }
}

/// `etascope benchmark model`: tokens a second of the policy, one stream and several, and what the prefix cache saves.
struct ModelBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Tokens a second of a model folder, computing on one thread.")

  @Option(help: "The model folder (default: the embedded policy).") var model: String?
  @Option(help: "Tokens to generate in each part.") var tokens = 4000
  @Flag(help: "One JSON object.") var json = false

  func run() async throws {
    guard tokens > 0 else { throw ExitError.usage("--tokens: expected 1 or more, found \(tokens)") }
    let path = try model ?? DataFolder.locate().models.appending(path: "policy").path(percentEncoded: false)
    let figures = try await ModelFigures(EmbeddedModel(ModelFolder.load(path)), tokens: tokens)
    let out = StandardOutput()
    if json { return try out.json(figures) }
    for line in figures.lines { try out.line(line) }
  }
}

/// `etascope benchmark render`: keys and frames of the explorer on a great tree while the search runs.
struct RenderBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Key to painted frame on a great tree while its search runs, in a real pseudo-terminal.",
    discussion: """
      Writes a run of the synthetic search with so many nodes into a new workspace in the system's folder for temporary \
      files (TMPDIR), opens it in the explorer with the embedded model, lets the search go on, and types: a key counts \
      until the terminal has received the frame that shows what it does. A million nodes take about a kilobyte of disk \
      each, and some minutes.
      """)

  @Option(help: "Nodes of the tree, at least.") var nodes = 1_000_000
  @Option(help: "Keys to type.") var keys = 400
  @Flag(help: "Type beside two programs that are always busy.") var load = false
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    guard (1000...10_000_000).contains(nodes) else {
      throw ExitError.usage("--nodes: expected 1000 to 10000000, found \(nodes)")
    }
    guard (8...100_000).contains(keys) else { throw ExitError.usage("--keys: expected 8 to 100000, found \(keys)") }
    let figures = try TemporaryFolder.use {
      try RenderFigures(
        nodes: nodes, keys: keys, neighbours: load ? 2 : 0,
        workspace: $0.appending(path: "workspace.sqlite").path(percentEncoded: false))
    }
    let out = StandardOutput()
    if json { return try out.json(figures) }
    for line in figures.lines { try out.line(line) }
  }
}

/// `etascope benchmark startup`: from the start of the program to its first whole frame.
struct StartupBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "startup",
    abstract: "Milliseconds from exec to the explorer's first frame, in a real pseudo-terminal.",
    discussion: """
      Starts the explorer on the sample problems with the embedded model and a new workspace, again and again, and reads \
      the terminal until the footer, which is painted last, is there. The first start, which fills the system's file \
      cache, is not counted.
      """)

  @Option(help: "Starts to be counted.") var starts = 20
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    guard (1...10_000).contains(starts) else { throw ExitError.usage("--starts: expected 1 to 10000, found \(starts)") }
    let figures = try TemporaryFolder.use { try StartupFigures(starts: starts, in: $0) }
    let out = StandardOutput()
    try json ? out.json(figures) : out.line(figures.line)
  }
}
