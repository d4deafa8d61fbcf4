import ArgumentParser
import Benchmarks
import Foundation
import Workspace

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
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    guard (1000...10_000_000).contains(nodes) else {
      throw ExitError.usage("--nodes: expected 1000 to 10000000, found \(nodes)")
    }
    guard (8...100_000).contains(keys) else { throw ExitError.usage("--keys: expected 8 to 100000, found \(keys)") }
    let figures = try TemporaryFolder.use { folder in
      let path = folder.appending(path: "workspace.sqlite").path()
      let run = try SyntheticJournal.write(nodes: nodes, depth: 24, to: Workspace(path: path))
      sync()  // a run that is opened was written long ago
      return try RenderFigures(run, workspace: path, nodes: nodes, keys: keys)
    }
    let out = StandardOutput()
    if json { return try out.json(figures) }
    for line in figures.words { try out.line(line) }
  }
}
