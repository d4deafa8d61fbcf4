import ArgumentParser

/// `etascope benchmark`: figures that anyone can print again.
struct BenchmarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure parts of etascope on this machine.",
    subcommands: [
      SyntheticBenchmark.self, RenderBenchmark.self, StartupBenchmark.self, JournalBenchmark.self, ModelBenchmark.self,
    ])
}
