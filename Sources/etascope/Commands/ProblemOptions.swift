import ArgumentParser
import Lab
import Synchronization
import Workspace

/// How a file of problems is read, for every command that takes one.
struct ProblemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which fields of the file are which, as in question=problem,answer=final,id=key,choices=options; a.b is a field of a field.",
      valueName: "field=name,…"))
  var fields: [String] = []
  @Flag(help: "Pass over bad records of the file, which are named on standard error, instead of refusing it.")
  var skipBad = false

  /// The problems of `path` in their order, and what was wrong with those that were passed over. Imagined ones that were refused
  /// are left out, which is told.
  func read(_ path: String) throws -> (problems: [LoadedProblem], bad: [ProblemFileError]) {
    let names: ProblemFieldNames
    do {
      names = try ProblemFieldNames(fields)
    } catch {
      throw ExitError.usage("--fields: \(error)")
    }
    let bad = Bad()
    var options = ProblemFile.Options(names: names)
    if skipBad { options.passOver = { bad.add($0) } }
    let read = try ProblemFile.read(path: path, options: options)
    let problems = read.filter { !ImaginedPrompt.isRefused($0) }
    if problems.isEmpty {
      throw ExitError.failed("\(path): expected problems, found imagined ones that were all refused")
    }
    if problems.count < read.count {
      StandardError.line("\(read.count - problems.count) imagined problems that were refused are left out")
    }
    return (problems, bad.all)
  }

  /// The same for a command without a screen: names each bad record on standard error, then how many there were.
  func readTelling(_ path: String) throws -> [LoadedProblem] {
    let (problems, bad) = try read(path)
    Self.tell(bad)
    return problems
  }

  /// Names bad records on standard error.
  static func tell(_ bad: [ProblemFileError]) {
    for error in bad { StandardError.line("passed over: \(error)") }
    if !bad.isEmpty { StandardError.line("\(bad.count) bad \(bad.count == 1 ? "record" : "records") passed over") }
  }

  /// What a file of problems may be, for `--help`.
  static let forms = "JSON Lines, JSON, CSV or TSV, also gzipped"

  private final class Bad: Sendable {
    private let errors = Mutex<[ProblemFileError]>([])

    var all: [ProblemFileError] { errors.withLock { $0 } }

    func add(_ error: ProblemFileError) { errors.withLock { $0.append(error) } }
  }
}
