import Foundation
import Testing

/// What the benchmarks print; how fast they are is no test's business.
@Suite(.ownThread)
struct BenchmarkTests {
  @Test func syntheticAgreesWithTheBareLoop() throws {
    let result = try Program.run(["benchmark", "synthetic", "--simulations", "2000", "--json"])
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    #expect(figures["simulations"] as? Int == 2000)
    #expect(figures["nodes"] as? Int == 2001)
    #expect(figures["deepest"] as? Int == 9)
    #expect(abs((figures["root_q"] as? Double ?? 0) - 0.543320966) < 1e-9)
    for field in ["seconds", "simulations_per_second", "peak_bytes_per_node"] {
      #expect((figures[field] as? Double ?? -1) > 0, "\(field)")
    }
    // Null where no C++ compiler is in PATH.
    guard let floor = figures["floor"] as? [String: Any] else { return #expect(figures["floor"] != nil) }
    for field in ["simulations", "nodes", "deepest"] { #expect(floor[field] as? Int == figures[field] as? Int) }
    #expect(abs((floor["root_q"] as? Double ?? 0) - 0.543320966) < 1e-9)
    #expect((figures["ratio_seconds"] as? Double ?? 0) > 0)
  }

  @Test func withoutACompilerTheEngineIsMeasuredAlone() throws {
    let result = try Program.run(
      ["benchmark", "synthetic", "--simulations", "2000", "--depth", "6", "--json"], environment: ["PATH": "/nowhere"])
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    #expect(figures["nodes"] as? Int == 641)
    #expect(abs((figures["root_q"] as? Double ?? 0) - 0.774960409) < 1e-9)
    #expect(figures.keys.contains("floor") && figures["floor"] as? [String: Any] == nil)
  }

  @Test(arguments: [1, 8]) func journalCountsWhatItWrote(_ workers: Int) throws {
    let result = try Program.run(["benchmark", "journal", "--events", "500", "--workers", "\(workers)", "--json"])
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    let events = try #require(figures["events"] as? Int)
    #expect((500..<600).contains(events))
    #expect(figures["workers"] as? Int == workers)
    #expect((1...events).contains(figures["transactions"] as? Int ?? 0))
    for field in ["seconds", "events_per_second", "bytes_per_event"] {
      #expect((figures[field] as? Double ?? -1) > 0, "\(field)")
    }
  }

  @Test func importCountsWhatItMadeAndWrote() throws {
    let result = try Program.run(["benchmark", "import", "--trees", "30", "--nodes", "20", "--json"])
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    #expect(figures["trees"] as? Int == 30)
    // The root is the question's.
    #expect(figures["nodes"] as? Int == 30 * 19)
    for field in ["megabytes", "seconds", "mb_per_second", "floor_mb_per_second", "times_the_floor", "peak_mb"] {
      #expect((figures[field] as? Double ?? -1) > 0, "\(field)")
    }
    // More than the four kilobytes of a workspace that is still open.
    #expect((figures["bytes_per_node"] as? Double ?? 0) > 20)
  }

  /// How busy the server was depends on the machine; what was asked of it does not.
  @Test(arguments: [[], ["--mute"], ["--chatty"]]) func serverCountsWhatItWasAsked(_ flags: [String]) throws {
    let result = try Program.run(
      [
        "benchmark", "server", "--latency", "2", "--slots", "8", "--problems", "8", "--simulations", "4", "--json",
      ] + flags)
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    #expect(figures["problems"] as? Int == 8 && figures["failed"] as? Int == 0)
    #expect(figures["simulations"] as? Int == 32)
    #expect((1...4).contains(figures["requests_per_simulation"] as? Double ?? 9))
    #expect((figures["wasted_share"] as? Double ?? 1) < 0.1)
    if flags.isEmpty { #expect(figures["after_answer"] as? Int == 0) }
    #expect((figures["label_requests_per_simulation"] as? Double == 0) == (flags == ["--mute"]))
    #expect((figures["mean_in_flight"] as? Double ?? 0) > 1)
    #expect(figures["slots"] as? Int == 8)
    for field in ["tokens_per_simulation", "cpu_us_per_token"] { #expect(figures[field] is Double, "\(field)") }
  }

  /// The run's journal is longer than what is read before the first frame.
  @Test(arguments: [[], ["--load"]])
  func renderPlaysAgainstARunningSearch(_ load: [String]) throws {
    let result = try Program.run(["benchmark", "render", "--nodes", "1000", "--keys", "8", "--json"] + load)
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    #expect(figures["neighbours"] as? Int == (load.isEmpty ? 0 : 2))
    #expect(figures["nodes"] as? Int == 1000)
    for field in [
      "first_frame_ms", "first_frame_after_writing_ms", "opened_ms", "frames_per_second", "peak_bytes_per_node",
    ] {
      #expect((figures[field] as? Double ?? -1) > 0, "\(field)")
    }
    for field in ["key_to_frame_ms", "filter_ms", "bytes_per_update"] {
      let percentiles = try #require(figures[field] as? [String: Double])
      let (p50, p99) = (percentiles["p50"] ?? 0, percentiles["p99"] ?? 0)
      #expect(p50 > 0 && p50 <= p99, "\(field)")
    }
    #expect(figures["idle_bytes"] as? Int == 0)
    #expect((figures["idle_processor_share"] as? Double ?? -1) >= 0)
  }

  /// A program that prints what torch's script prints stands for a Python with torch.
  @Test func trainingIsMeasuredBesideAnother() throws {
    let scratch = try Scratch()
    let python = try scratch.file("python", "#!/bin/sh\necho '{\"tokens\": 300, \"seconds\": 2.0}'\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python)
    let result = try Program.run([
      "benchmark", "training", "--steps", "2", "--pairs", "1", "--python", python, "--json",
    ])
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    let own = try #require(figures["tokensPerSecond"] as? Double)
    #expect(own > 0)
    #expect(figures["torchTokensPerSecond"] as? Double == 150)
    #expect(abs((figures["ratio"] as? Double ?? 0) - own / 150) < 1e-9 * own)
    #expect(figures["rows"] as? Int == 64)
  }

  @Test func startupReadsTheFirstFrame() throws {
    let result = try Program.run(["benchmark", "startup", "--starts", "2", "--json"])
    #expect(result.code == 0, "\(result.errors)")
    let figures = try #require(result.object)
    #expect(figures["starts"] as? Int == 2)
    let frame = try #require(figures["first_frame_ms"] as? [String: Double])
    #expect((frame["p50"] ?? 0) > 0 && (frame["p50"] ?? 0) <= (frame["p99"] ?? 0))
  }

  @Test(arguments: [
    (["render", "--nodes", "10"], "--nodes: expected 1000 to 10000000, found 10"),
    (["render", "--keys", "7"], "--keys: expected 8 to 100000, found 7"),
    (["startup", "--starts", "0"], "--starts: expected 1 to 10000, found 0"),
    (["synthetic", "--simulations", "0"], "--simulations: expected 1 to 100000000, found 0"),
    (["synthetic", "--depth", "2000"], "--depth: expected 1 to 1000, found 2000"),
    (["journal", "--events", "0"], "--events: expected 1 to 100000000, found 0"),
    (["journal", "--workers", "65"], "--workers: expected 1 to 64, found 65"),
    (["import", "--trees", "1"], "--trees: expected 2 to 10000000, found 1"),
    (["import", "--nodes", "1"], "--nodes: expected 2 to 1000000, found 1"),
  ])
  func figuresOutOfRangeAreRefused(_ arguments: [String], _ message: String) throws {
    let result = try Program.run(["benchmark"] + arguments)
    #expect(result.code == 2)
    #expect(result.errors == "etascope: \(message)\n")
  }
}
