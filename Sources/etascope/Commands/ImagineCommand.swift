import ArgumentParser
import Foundation
import Lab
import Models
import Vocabulary
import Workspace

/// `etascope imagine`: new problems out of old ones, each checked and kept with its verdict.
struct ImagineCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "imagine",
    abstract: "Imagine new problems from those of a file (prompt synthesis), and check each one.",
    discussion: """
      Word stories of the embedded models' family are changed by rule and solved exactly; other problems are rewritten by the \
      policy, as the prompts imagine-*.toml in SampleData/Prompts ask. The file that -o names holds a record a problem, accepted \
      or refused, with its parents, its evidence and its verdict; etascope search takes the accepted ones of it. The same seed \
      imagines the same problems.

      Kinds: \(ImaginationKind.allCases.map { "\($0.rawValue) (\($0.help))" }.joined(separator: ", ")).
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var reading: ProblemOptions
  @Option(help: "Stop at N accepted problems.") var count = 100
  @Option(
    help: ArgumentHelp(
      "Some of: \(ImaginationKind.allCases.map(\.rawValue).joined(separator: ", ")) (default: what suits the problems).",
      valueName: "names"))
  var kinds: String?
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write the records to this file, which is replaced (default: print them).", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "Problems that nothing may be imagined of, nor have anything of; repeated for more files.", valueName: "file"))
  var heldOut: [String] = []
  @Option(help: "Solutions that the policy draws of each problem (default: 4 where no rule knows the answer, else 0).")
  var samples: Int?
  @Option(help: "How many of them must say the same where nothing else vouches for the answer (default: 3 of 10).")
  var agreement: Int?
  @Option(
    help: ArgumentHelp(
      "Keep problems of which this share of the solutions is right, as in .2-.8.", valueName: "from-to"))
  var difficulty: String?
  @Option(
    help: ArgumentHelp(
      "What the policy's own problems begin with: beginning (of a text), examples or turn (the bare turn of a user; see imagine-turn.toml).",
      valueName: "what"))
  var opening: String?
  @Option(
    help: ArgumentHelp("A prompt file of your own for a kind, as in rephrase=FILE; repeated.", valueName: "kind=file"))
  var imaginePrompt: [String] = []
  @Flag(help: "Write only what was accepted.") var acceptedOnly = false
  @Argument(help: "A file of problems (\(ProblemOptions.forms)); - reads standard input.") var problems: String

  func run() async throws {
    let settings = try options.configuration().settings()
    var wishes = try wishes(seed: settings.seed)
    let heldOut = try HeldOut(files: self.heldOut)
    var imagination = try Imagination(wishes, heldOut: heldOut)
    let all = try reading.readTelling(problems)
    let (given, refused) = imagination.sorted(all)
    if let first = refused.first {
      StandardError.line(
        "\(refused.count) of \(all.count) problems are held out and not imagined from, as \(first.id): \(first.why)")
    }
    var setup: RunSetup?
    if imagination.needsModel(for: given) {
      if samples == nil, imagination.answersNeedSamples(for: given) {
        (wishes.samples, wishes.agreement) = (4, agreement ?? ImaginationSettings.agreement(of: 4))
        imagination = try Imagination(wishes, heldOut: heldOut)
      }
      setup = try await RunSetup(settings, keeps: false)
    }
    let file = try output.map { try RecordFile($0, besides: [problems] + self.heldOut) }
    let interruption = Interruption()
    let bar = ProgressBar(total: count)
    defer { bar.finish() }
    let out = StandardOutput()
    var (tried, accepted) = (0, 0)
    let clock = ContinuousClock()
    let start = clock.now
    let tallies = try await imagination.run(
      from: given, model: setup?.models.policy, isInterrupted: { interruption.wasRaised }
    ) { prompt in
      tried += 1
      if prompt.isAccepted { accepted += 1 }
      if prompt.isAccepted || !acceptedOnly {
        if let file {
          try file.write(prompt)
        } else {
          bar.finish()
          try options.json ? out.json(prompt) : out.line(Self.line(prompt))
        }
      }
      bar.show(accepted, "\(tried) tried, \(Self.rate(tried, clock.now - start)) a second")
    }
    bar.finish()
    let summary = ImaginationSummary(
      tallies, seed: settings.seed, wanted: count, file: output, seconds: (clock.now - start) / .seconds(1))
    try tell(summary, to: out)
    if interruption.wasRaised, accepted < count {
      throw ExitError.stopped("stopped by a signal; the same command imagines the same problems again")
    }
    if accepted < count {
      throw ExitError.failed(
        "\(accepted) of \(count) problems: the last \(wishes.patience) questions were refused, and no more were tried")
    }
  }

  private func wishes(seed: UInt64) throws -> ImaginationSettings {
    var wishes = ImaginationSettings(count: count, seed: seed)
    if let kinds { wishes.kinds = kinds.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    wishes.samples = samples ?? (difficulty == nil ? 0 : 4)
    wishes.agreement = agreement ?? ImaginationSettings.agreement(of: wishes.samples)
    if let difficulty { wishes.difficulty = try Self.range(difficulty) }
    if let opening {
      guard let known = ImaginationSettings.Opening(rawValue: opening) else {
        let words = ImaginationSettings.Opening.allCases.map(\.rawValue).joined(separator: ", ")
        throw ExitError.usage("--opening: expected one of \(words), found '\(opening)'")
      }
      wishes.opening = known
    }
    for text in imaginePrompt {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { throw ExitError.usage("--imagine-prompt: expected KIND=FILE, found '\(text)'") }
      wishes.prompts[sides[0]] = sides[1]
    }
    return wishes
  }

  private static func range(_ text: String) throws -> ClosedRange<Double> {
    let ends = text.split(separator: "-").map { Double($0.hasPrefix(".") ? "0\($0)" : String($0)) }
    guard ends.count == 2, let from = ends[0], let to = ends[1], from <= to else {
      throw ExitError.usage("--difficulty: expected two shares, as in .2-.8, found '\(text)'")
    }
    return from...to
  }

  private static func rate(_ count: Int, _ time: Duration) -> Int {
    Int(Double(count) / max(0.001, time / .seconds(1)))
  }

  private func tell(_ summary: ImaginationSummary, to out: StandardOutput) throws {
    if options.json { return try out.json(summary) }
    for line in summary.lines { output == nil ? StandardError.line(line) : try out.line(line) }
  }

  /// A record as people read it.
  private static func line(_ prompt: ImaginedPrompt) -> String {
    let verdict = prompt.verdict.reason.map { "refused: \($0.rawValue)" } ?? "accepted"
    let words = [
      verdict, prompt.kind, prompt.answer ?? "–", prompt.text, prompt.verdict.note ?? prompt.evidence,
    ]
    return words.map(\.printable).joined(separator: "\t")
  }
}
