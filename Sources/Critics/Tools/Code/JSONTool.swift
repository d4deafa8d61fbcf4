import Foundation
import Vocabulary

/// Checks that a whole solution holds JSON that fits the problem's schema.
public struct JSONTool: Tool {
  /// `json`.
  public let name = "json"
  /// The form of JSON.
  public let summary = "the problem's JSON schema, checked against the answer"
  /// Whole solutions.
  public let scope = CriticScope.outcome
  /// A wrong form is wrong; the right form says little.
  public let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 0, bad: 48))

  /// Makes the tool; it has no state.
  public init() {}

  /// Problems with a schema.
  public func isUseful(for checks: ProblemChecks) -> Bool { checks.schema != nil }

  /// Whole solutions of problems that have a schema.
  public func application(to state: JudgedState) -> ToolApplication {
    if state.tools.checks.schema == nil { return .rests("the problem has no schema") }
    return state.isComplete ? .applies : .rests("not a whole solution")
  }

  /// Holds where the JSON fits.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    guard let schema = state.tools.checks.schema.flatMap(JSONSchema.init) else {
      return ToolFinding(.unsure, "the problem's schema is no JSON object")
    }
    let text = state.optionTexts.joined()
    guard let value = JSONValue(CodeBlocks(text).json ?? state.statedAnswer ?? text) else {
      return ToolFinding(.refuted, "the answer is no JSON")
    }
    do {
      guard let misfit = try schema.misfit(value) else { return ToolFinding(.holds, "the JSON fits the schema") }
      return ToolFinding(.refuted, ToolFinding.safe(misfit))
    } catch let error as JSONSchema.Unreadable {
      return ToolFinding(.unsure, ToolFinding.safe("the schema's \(error.keyword) is not understood"))
    }
  }
}
