import ArgumentParser
import Foundation

/// `etascope benchmark synthetic`: what the engine costs, beside the same search with nothing around it.
struct SyntheticBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthetic", abstract: "Simulations a second of the engine alone, on a task without models.",
    discussion: """
      The search is driven by requests and answers, as every search is, and hands out every event; nothing is written to \
      disk. Short searches are repeated, and the fastest counts. Bytes a node: the process's greatest resident memory less what was resident before the search \
      began, divided by the nodes. Where a C++ compiler is in PATH, the same search as a bare loop is built and measured \
      in the same way; the ratios say how many times as much the engine takes.
      """)

  @Option(help: "Simulations of one search.") var simulations = 100_000
  @Option(help: "Depth at which a node is terminal.") var depth = 24
  @Flag(inversion: .prefixedNo, help: "Measure the bare loop, too.") var floor = true
  @Flag(help: "One JSON object.") var json = false

  private struct Report: Encodable {
    let engine: SyntheticFigures
    let floor: SyntheticFigures?

    private enum Field: String, CodingKey {
      case floor
      case ratioSeconds = "ratio_seconds"
      case ratioBytes = "ratio_bytes"
    }

    var ratioSeconds: Double? { floor.map { engine.seconds / $0.seconds } }
    /// Nil where the floor's few nodes took no page of their own.
    var ratioBytes: Double? {
      floor.flatMap { $0.peakBytesPerNode > 0 ? engine.peakBytesPerNode / $0.peakBytesPerNode : nil }
    }

    func encode(to encoder: any Encoder) throws {
      try engine.encode(to: encoder)
      var c = encoder.container(keyedBy: Field.self)
      try c.encode(floor, forKey: .floor)
      try c.encode(ratioSeconds, forKey: .ratioSeconds)
      try c.encode(ratioBytes, forKey: .ratioBytes)
    }
  }

  func run() throws {
    guard (1...100_000_000).contains(simulations) else {
      throw ExitError.usage("--simulations: expected 1 to 100000000, found \(simulations)")
    }
    guard (1...1000).contains(depth) else { throw ExitError.usage("--depth: expected 1 to 1000, found \(depth)") }
    // First, so that its process is started by a small one.
    let bare = floor ? try Floor.measure(simulations: simulations, depth: depth) : nil
    let report = Report(
      engine: try .measure(simulations: simulations, depth: depth), floor: bare)
    let out = StandardOutput()
    if json { return try out.json(report) }
    try out.line(line("engine", report.engine))
    guard let bare = report.floor else { return try out.line("floor   not measured: no C++ compiler in PATH") }
    try out.line(line("floor", bare))
    let bytes = report.ratioBytes.map { String(format: ", %.2f × the bytes", $0) } ?? ""
    try out.line(String(format: "ratio   %.2f × the time", report.ratioSeconds ?? 0) + bytes)
  }

  private func line(_ name: String, _ figures: SyntheticFigures) -> String {
    name.padding(toLength: 8, withPad: " ", startingAt: 0)
      + String(
        format: "%d simulations, %.0f ns each, %d nodes, depth %d, root Q %.9f, %.1f bytes a node", figures.simulations,
        figures.seconds / Double(figures.simulations) * 1e9, figures.nodes, figures.deepest, figures.rootQ,
        figures.peakBytesPerNode)
  }
}
