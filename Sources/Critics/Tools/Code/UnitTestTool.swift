import Foundation
import Vocabulary

/// Runs a problem's unit tests against the code of a whole solution.
///
/// Code and tests share one interpreter, in the sandbox: code that set out to deceive its tests could. Nothing gets out of
/// the sandbox all the same.
public struct UnitTestTool: Tool {
  /// `tests`.
  public let name = "tests"
  /// The problem's tests.
  public let summary = "the problem's unit tests, run on a solution's code"
  /// True.
  public let needsSandbox = true
  /// Whole solutions.
  public let scope = CriticScope.outcome
  /// Tests are what such a problem is about.
  public let prior = ToolPrior(holds: .init(good: 18, bad: 0), refuted: .init(good: 0, bad: 48))

  private let sandboxes: SandboxProvider

  /// Makes a tool that runs programs in what `sandboxes` provide.
  public init(_ sandboxes: SandboxProvider) { self.sandboxes = sandboxes }

  /// Problems with tests.
  public func isUseful(for checks: ProblemChecks) -> Bool { !checks.tests.isEmpty }

  /// Whole solutions of problems that have tests.
  public func application(to state: JudgedState) -> ToolApplication {
    if state.tools.checks.tests.isEmpty { return .rests("the problem has no tests") }
    return state.isComplete ? .applies : .rests("not a whole solution")
  }

  /// Holds where every test passes.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let text = state.optionTexts.joined()
    let programs = CodeBlocks(text).programs
    let code = programs.isEmpty ? text : programs.joined(separator: "\n")
    let tests = state.tools.checks.tests
    // Only a program that ran to its last line knows the word.
    let word = String(UInt64.random(in: 0 ... .max), radix: 16)
    let result = try await sandboxes.run(Self.program(code, tests, word))
    let report = result.output.split(whereSeparator: \.isNewline).last { $0.hasPrefix(word + " ") }?
      .dropFirst(word.count + 1)
    guard result.ending == .finished, let report else {
      let why = result.ending == .finished ? "the code ends the interpreter" : result.ending.words
      return ToolFinding(.refuted, ToolFinding.cut("the tests cannot run: \(why)"))
    }
    if report == "passed" { return ToolFinding(.holds, "\(tests.count) of \(tests.count) tests pass") }
    return ToolFinding(.refuted, ToolFinding.safe(String(report)))
  }

  private static func program(_ code: String, _ tests: [String], _ word: String) -> String {
    let list = tests.map(SandboxProgram.literal).joined(separator: ",\n")
    return SandboxProgram.packages + """
      def _judge():
          space, tests = {"__name__": "solution"}, [\(list)]
          try:
              exec(compile(\(SandboxProgram.literal(code)), "solution", "exec"), space)
          except BaseException as e:
              return "the code fails: %s: %s" % (type(e).__name__, e)
          for number, test in enumerate(tests, 1):
              try:
                  exec(compile(test, "test", "exec"), space)
              except BaseException as e:
                  return "test %d of %d fails: %s: %s (%s)" % (number, len(tests), type(e).__name__, e, test)
          return "passed"
      _report = _judge().replace("\\n", " ").replace("\\r", " ")
      print("\\n\(word) " + _report, flush=True)
      """
  }
}
