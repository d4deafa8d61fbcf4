import Foundation
import Synchronization
import Training
import Vocabulary
import Workspace

/// A stage that a command of the user's does: it reads what the stages before it made, as files, and writes what it makes to one.
struct CommandStage: RoundStage {
  let name: RoundStageName
  let command: String

  /// The stages that a command can do. What decides and what commits is the program's own; a trainer has a flag of its own.
  package static let replaceable: [RoundStageName] = [.imagine, .search, .filter, .evaluate]

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let place = round.folder.appending(path: "stage-\(name.rawValue)")
    let input = place.appending(path: "input")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    let lists = [RoundItems.given, RoundItems.heldOut]
    for list in lists {
      try write(round.workspace.rows(list, of: round.record).rows, to: input.appending(path: "\(list).jsonl"))
    }
    for stage in RoundStageName.allCases.prefix(while: { $0 != name }) {
      try write(
        round.workspace.items(of: round.record, stage: stage.rawValue),
        to: input.appending(path: "\(stage.rawValue).jsonl"))
    }
    let output = place.appending(path: "output.jsonl")
    if try round.workspace.itemCount(of: round.record, stage: name.rawValue) == 0 {
      try? FileManager.default.removeItem(at: output)
      try await round.perform(
        [
          "/bin/sh", "-c", command + " \"$@\"", "stage", input.path(percentEncoded: false),
          output.path(percentEncoded: false),
        ],
        environment: [
          "ETASCOPE_ROUND": round.record.id, "ETASCOPE_STAGE": name.rawValue,
          "ETASCOPE_INPUT": input.path(percentEncoded: false),
          "ETASCOPE_OUTPUT": output.path(percentEncoded: false), "ETASCOPE_SEED": "\(round.seed)",
          "ETASCOPE_WORKSPACE": round.workspace.path,
        ], of: name)
      try keep(output, round)
    }
    var report = RoundStageReport()
    report.figures = [.init("items", try round.workspace.itemCount(of: round.record, stage: name.rawValue))]
    report.remarks = ["done by a command"]
    return report
  }

  private func write(_ items: [Data], to file: URL) throws {
    try items.reduce(into: Data()) { $0 += $1 + [0x0A] }.write(to: file, options: .atomic)
  }

  /// Reads what the command wrote, all of it or nothing: a line that is no item of the stage is named.
  private func keep(_ file: URL, _ round: RoundContext) throws {
    let data: Data
    do {
      data = Data(try InputFile.bytes(at: file.path(percentEncoded: false), limit: .max))
    } catch {
      throw LabError.failed("\(name.rawValue): the command wrote no file ETASCOPE_OUTPUT\(error.unlessMissing)")
    }
    let lines = data.split(separator: 0x0A).filter { !$0.allSatisfy { [0x20, 0x0D, 0x09].contains($0) } }
    func items<Item: Codable>(_ type: Item.Type) throws -> [Data] {
      try lines.enumerated().map { index, line in
        do {
          return try CanonicalJSON.data(CanonicalJSON.value(type, from: Data(line)))
        } catch {
          throw LabError.failed(
            "\(file.path(percentEncoded: false)):\(index + 1): expected what `round show --stage \(name.rawValue)` prints: \(error)"
          )
        }
      }
    }
    let read =
      switch name {
      case .imagine: try items(ImaginedPrompt.self)
      case .search: try items(RoundSearch.self)
      case .filter: try items(RoundCandidate.self)
      default: try items(RoundTrial.self)
      }
    try round.writer.append(read, stage: name.rawValue, first: 0)
  }
}

/// Runs commands for stages.
enum StageCommand {
  /// How a command ended.
  struct Outcome: Sendable {
    let isSuccess: Bool
    /// In words that follow "ended with".
    let ending: String
    /// The last lines of its messages, as one may show them.
    let lastWords: String
  }

  /// Runs `words` below a guard, its lines told as they come; nil where it was interrupted. Throws `LabError`.
  static func run(
    _ words: [String], environment: [String: String], control: RoundControl,
    tell: @escaping @Sendable (String) -> Void
  ) async throws -> Outcome? {
    let last = Mutex<[String]>([])
    let process = GuardedProcess()
    let watch = control.whenInterrupted { process.stop() }
    defer { watch.cancel() }
    let ending: GuardedProcess.Ending
    do {
      ending = try await process.run(words, environment: environment) { output, line in
        if output == .standard { tell(line) }
        if !line.allSatisfy(\.isWhitespace) {
          last.withLock { $0 = $0.suffix(4) + [SafeText.quotation(line, limit: 200)] }
        }
      }
    } catch let failure as GuardedProcess.Failure {
      throw LabError.failed("\(words[0]) cannot be started: \(failure)")
    }
    if control.isInterrupted() { return nil }
    return Outcome(
      isSuccess: ending.isSuccess, ending: ending.words,
      lastWords: last.withLock { $0.isEmpty ? "it said nothing" : $0.joined(separator: " / ") })
  }

  /// What a line `{"done": 3, "all": 20, "message": "…"}` says; nil for any other line.
  static func progress(_ line: String) -> (done: Int, all: Int, note: String)? {
    struct Line: Decodable {
      var done: Int
      var all: Int?
      var message: String?
    }
    guard line.first == "{", let said = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else { return nil }
    return (said.done, said.all ?? 0, said.message ?? "")
  }
}
