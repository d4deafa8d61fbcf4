import Foundation
import Vocabulary

/// Runs the programs that a solution holds and compares what they print with what the text says they print, or with its
/// answer. The standard library, and sympy where the system has it.
public struct PythonTool: Tool {
  /// `python`.
  public let name = "python"
  /// Programs and their output.
  public let summary = "what the programs of a solution print"
  /// True.
  public let needsCode = true
  /// True.
  public let needsSandbox = true
  /// Every node.
  public let scope = CriticScope.everyNode
  /// A program that fails or contradicts the text around it is a mistake; one that bears it out is good news.
  public let prior = ToolPrior(holds: .init(good: 7, bad: 3), refuted: .init(good: 1, bad: 15))

  private let sandboxes: SandboxProvider

  /// Makes a tool that runs programs in what `sandboxes` provide.
  public init(_ sandboxes: SandboxProvider) { self.sandboxes = sandboxes }

  /// Where the newest option ends a block of code or output, or the solution with a program in it.
  public func application(to state: JudgedState) -> ToolApplication {
    guard let newest = state.optionTexts.last, newest.contains("```") || state.isComplete else {
      return .rests("no program ends here")
    }
    return CodeBlocks(state.optionTexts.joined()).programs.isEmpty ? .rests("no program") : .applies
  }

  /// Refuted where the last program fails or prints something else than the text says.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let text = state.optionTexts.joined()
    let blocks = CodeBlocks(text)
    let program = SandboxProgram.packages + blocks.programs.joined(separator: "\n")
    let result = try await sandboxes.run(program)
    guard result.ending == .finished else {
      return ToolFinding(.refuted, ToolFinding.cut("the program fails: \(result.ending.words)"))
    }
    let printed = result.output.split(whereSeparator: \.isNewline).last.map { String($0.suffix(1000)) } ?? ""
    let said =
      blocks.statedOutput?.split(whereSeparator: \.isNewline).last.map(String.init) ?? state.statedAnswer
    guard let said else { return ToolFinding(.unsure, "the program prints \(ToolFinding.safe(printed))") }
    return AnswerFormat.agree(printed, said)
      ? ToolFinding(.holds, "the program prints \(ToolFinding.safe(printed)), as stated")
      : ToolFinding(
        .refuted, ToolFinding.safe("the program prints \(printed.prefix(40)), the text says \(said.prefix(40))"))
  }
}

extension SandboxProvider {
  /// Runs a program.
  ///
  /// - Throws: ``SandboxError`` where this machine has no sandbox, with the reason.
  func run(_ program: String) async throws -> SandboxResult {
    switch await find() {
    case .works(let sandbox): try await sandbox.run(program)
    case .missing(let why): throw SandboxError("no sandbox: \(why)")
    }
  }
}
