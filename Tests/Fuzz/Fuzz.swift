import Foundation
import Vocabulary

/// `Fuzz list` · `Fuzz TARGET [--runs N] [--seed S]` · `Fuzz TARGET --input FILE`.
///
/// In a build with libFuzzer (`make fuzz`) inputs are found by what they reach in the code, and the corpus that grows is kept in the
/// folder `--corpus`; in any other build by chance alone.
@main
enum Fuzz {
  private struct Refused: Error { let words: String }

  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let refused as Refused {
      say(refused.words)
      exit(2)
    } catch {
      say("\(error)")
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    guard !FuzzTarget.all.isEmpty else {
      throw Refused(words: "this build has no targets: make fuzz makes one that has")
    }
    let names = FuzzTarget.all.map(\.name)
    if arguments == ["list"] { return print(names.joined(separator: "\n")) }
    guard let name = arguments.first, let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      throw Refused(words: "expected list, or one of \(names.joined(separator: ", "))")
    }
    var options: [String: String] = [:]
    for index in stride(from: 1, to: arguments.count - 1, by: 2) { options[arguments[index]] = arguments[index + 1] }
    guard options.keys.allSatisfy({ ["--runs", "--seed", "--input", "--corpus"].contains($0) }),
      let runs = Int(options["--runs"] ?? "1000000"), let seed = UInt64(options["--seed"] ?? "1")
    else { throw Refused(words: "expected --runs N, --seed N, --corpus FOLDER or --input FILE") }
    if let path = options["--input"] { return try read(path, target) }
    #if LIBFUZZER
      try CoverageFuzzer.run(target, runs: runs, seed: seed, corpus: options["--corpus"] ?? ".build-fuzz/corpus")
    #else
      let report = try FuzzLoop(target: target, seed: seed, executions: runs).run { say("\(name): \($0)") }
      for (finding, origin, input) in report.findings {
        say("\(name): \(origin): \(finding)\n\(Data(input).base64EncodedString())")
      }
      say("\(name): \(report.executions) executions, \(report.findings.count) findings")
      ScratchFile.remove()
      exit(report.findings.isEmpty ? 0 : 1)
    #endif
  }

  /// Reads one input, that of a file or what a process left.
  private static func read(_ path: String, _ target: FuzzTarget) throws {
    let isKept = path.hasSuffix(".input")
    let input = try isKept ? InputKeeper.input(at: path) : [UInt8](Data(contentsOf: URL(filePath: path)))
    do {
      try target.read(input)
      say("\(target.name): read to its end")
    } catch let finding as FuzzFinding {
      say("\(target.name): \(finding)")
      exit(1)
    } catch {
      say("\(target.name): refused: \(SafeText.line("\(error)"))")
    }
  }

  static func say(_ words: String) { FileHandle.standardError.write(Data((words + "\n").utf8)) }
}
