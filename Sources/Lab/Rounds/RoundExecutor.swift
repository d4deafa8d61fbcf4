import Foundation
import Training
import Vocabulary
import Workspace

/// Who searches a round's problems where this process does not: a command that divides them among machines and leaves workspaces
/// behind, which are merged into ours. The round then finds its searches done.
struct RoundExecutor {
  /// A shell's command with `{problems}` (a file), `{workspace}` (to be made), `{parts}` (a folder for workspaces, instead),
  /// `{shards}`, `{program}` and `{options}` (what `etascope search` is to be given).
  let command: String

  /// The executors with a name of their own: the scripts that come with the program.
  static func named(_ name: String, in data: DataFolder) -> RoundExecutor {
    let scripts = data.url.appending(path: "SampleData/Scale").path(percentEncoded: false)
    return switch name {
    case "ray":
      RoundExecutor(
        command: "\(Self.quoted(scripts + "/ray-shards")) {problems} --shards {shards} --workspace {workspace} "
          + "--etascope {program} -- {options}")
    case "slurm":
      RoundExecutor(
        command: "sbatch --wait --array=1-{shards} \(Self.quoted(scripts + "/slurm-shards.sbatch")) {problems} {parts} "
          + "{options}")
    default: RoundExecutor(command: name)
    }
  }

  /// The script that a shell runs with the file, the workspace, the folder, the shards, the program and the options behind it: its
  /// own words, so that nothing in a path is a command.
  var script: String {
    let places = [
      "{problems}": "\"$problems\"", "{workspace}": "\"$workspace\"", "{parts}": "\"$parts\"",
      "{shards}": "\"$shards\"",
      "{program}": "\"$program\"", "{options}": "\"$@\"",
    ]
    let text = places.reduce(command) { $0.replacing($1.key, with: $1.value) }
    return "problems=$1; workspace=$2; parts=$3; shards=$4; program=$5; shift 5; \(text)"
  }

  private static func quoted(_ path: String) -> String { "'" + path.replacing("'", with: "'\\''") + "'" }
}

extension RoundContext {
  /// Has the plan's executor search `problems` with the settings of `setup`; nothing without one.
  ///
  /// - Parameters:
  ///   - policy: the policy of `setup`, as `--model` takes it.
  ///   - name: a folder's name for what goes out and comes back, one for each call of a round.
  /// - Throws: `LabError` where it fails, `WorkspaceError` where what it left cannot be merged, ``RoundHalt``.
  func outsource(
    _ problems: some Collection<Problem>, _ setup: RunSetup, _ policy: [String], for stage: RoundStageName,
    as name: String
  ) async throws {
    guard let command = plan.executor, command != "local", !problems.isEmpty else { return }
    let place = folder.appending(path: "searches-\(name)").standardizedFileURL
    try FileManager.default.createDirectory(at: place.appending(path: "parts"), withIntermediateDirectories: true)
    let file = place.appending(path: "problems.jsonl")
    var bytes = Data()
    for problem in problems {
      bytes += try CanonicalJSON.data(problem)
      bytes.append(0x0A)
    }
    try bytes.write(to: file, options: .atomic)
    let (merged, parts) = (
      place.appending(path: "all.sqlite").path(percentEncoded: false),
      place.appending(path: "parts").path(percentEncoded: false)
    )
    let executor = RoundExecutor.named(command, in: try DataFolder.locate())
    tell(stage, 0, of: problems.count, "searched by \(command)")
    try await perform(
      [
        "/bin/sh", "-c", executor.script, "executor", file.path(percentEncoded: false), merged, parts, "\(plan.shards)",
        Self.program,
      ]
        + searchOptions(of: setup, policy), environment: modelVariables(policy), of: stage)
    let files = try FileManager.default.contentsOfDirectory(atPath: parts).filter { $0.hasSuffix(".sqlite") }.sorted()
    let sources =
      (FileManager.default.fileExists(atPath: merged) ? [merged] : []) + files.map { "\(parts)/\($0)" }
    guard !sources.isEmpty else {
      throw LabError.failed("--executor \(command): it ended without a workspace in \(merged) or \(parts)")
    }
    _ = try WorkspaceImport(from: sources).write(into: workspace)
  }

  /// This program.
  private static var program: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }

  /// Runs a command to its end, its last words in the error where it fails; all it started is gone when this returns.
  func perform(_ words: [String], environment: [String: String] = [:], of stage: RoundStageName) async throws {
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let outcome = try await StageCommand.run(words, environment: variables, control: control) {
      line in
      if let progress = StageCommand.progress(line) { tell(stage, progress.done, of: progress.all, progress.note) }
    }
    guard let outcome else { throw RoundHalt.interrupted }
    guard outcome.isSuccess else {
      throw LabError.failed("\(stage.rawValue): the command ended with \(outcome.ending): \(outcome.lastWords)")
    }
  }
}

extension RoundContext {
  /// Flags by which `etascope search` makes runs with the same headers as ours.
  private func searchOptions(of setup: RunSetup, _ policy: [String]) -> [String] {
    var words = ["--seed", "\(seed)"]
    for (id, value) in setup.parameters.changes.sorted(by: { $0.key < $1.key }) {
      words += ["--set", "\(id)=\(value)"]
    }
    words += ["--critics", setup.critics.map { "\($0.name)=\($0.weight)" }.joined(separator: ",")]
    for (setting, specs) in models(policy) where !specs.contains(where: plan.isWithheld) {
      for spec in specs { words += ["--\(setting.rawValue)", Self.absolute(spec)] }
    }
    return words
  }

  /// Variables that say the models of which something is not kept: everybody on a machine can read a program's flags.
  private func modelVariables(_ policy: [String]) throws -> [String: String] {
    var variables: [String: String] = [:]
    for (setting, specs) in models(policy) where specs.contains(where: plan.isWithheld) {
      variables[setting.variable] = try specs.map { try plan.whole($0, by: settings.models) }.joined(separator: " ")
    }
    return variables
  }

  private func models(_ policy: [String]) -> [(setting: Setting, specs: [String])] {
    [(.model, policy), (.rolloutModel, plan.models.rollouts), (.criticModel, plan.models.critics)]
  }

  /// A model's folder or file by its whole path, for a search begins elsewhere; a URL as it is.
  private static func absolute(_ spec: String) -> String {
    guard FileManager.default.fileExists(atPath: spec) else { return spec }
    return URL(filePath: spec).standardizedFileURL.path(percentEncoded: false)
  }
}
