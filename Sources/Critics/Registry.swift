import Vocabulary

/// Every critic there is: the heads of AlphaLLM and the tools, each with what people and the program must know of it.
///
/// The one list of tools is ``standard``. Weights, help, configuration checks, the panel and the dispatcher are made from
/// it, and nothing else names a tool; a tool of your own is one file with its ``Tool`` and one line here. A program that
/// brings its own makes a registry of `standard.tools` and those.
public struct CriticRegistry: Sendable {
  /// A critic as people choose it.
  public struct Entry: Sendable, Hashable {
    /// The name that weights, events and filters use.
    public let name: String
    /// Which states it judges.
    public let scope: CriticScope
    /// Its weight where nobody gives another, ≥ 0. The paper's β are all 1.
    public let weight: Double
    /// What it looks at, in a few words.
    public let summary: String
    /// Whether it checks; a model's opinion otherwise.
    public let isTool: Bool
  }

  /// The tools, in the order in which critics are shown.
  public let tools: [any Tool]

  /// A registry of the heads and these tools.
  ///
  /// - Precondition: names differ, from one another and from the heads'.
  public init(_ tools: [any Tool]) {
    self.tools = tools
    let names = Self.heads.map(\.name) + tools.map(\.name)
    precondition(Set(names).count == names.count, "two critics of one name: \(names)")
  }

  /// The tools that come with the program. Programs run in what one provider finds, asked when a tool first needs it.
  public static let standard = {
    let sandboxes = SandboxProvider()
    return CriticRegistry([
      CalculatorCritic(),
      FormulaTool.operands,
      FormulaTool.owners,
      LooseEndTool(),
      PythonTool(sandboxes),
      UnitTestTool(sandboxes),
      PatternTool(sandboxes),
      JSONTool(),
      UnitsTool(),
      CalendarTool(),
    ])
  }()

  /// Heads and tools, in the order in which critics are shown.
  public var entries: [Entry] {
    Self.heads
      + tools.map { Entry(name: $0.name, scope: $0.scope, weight: $0.weight, summary: $0.summary, isTool: true) }
  }

  /// The critics that are models: the heads of a critic model, or servers that stand for them.
  private static let heads = [
    (CriticName.value, "how far the state leads"), (CriticName.prm, "whether the newest step is right"),
    (CriticName.orm, "whether a whole solution is right"),
  ].map { name, summary in
    Entry(name: name, scope: NeuralCritics.scope(of: name), weight: 1, summary: summary, isTool: false)
  }

  /// The tool `name`; nil where there is none.
  public func tool(named name: String) -> (any Tool)? { tools.first { $0.name == name } }

  /// Whether the critic `name` has something to do for a problem with these checks, searched by a policy that writes
  /// programs or does not; true for what is no tool of this registry.
  public func isUseful(_ name: String, for checks: ProblemChecks, policyWritesCode: Bool) -> Bool {
    guard let tool = tool(named: name) else { return true }
    return tool.isUseful(for: checks) && (policyWritesCode || !tool.needsCode)
  }

  /// What asks these tools.
  public var dispatcher: ToolDispatcher { ToolDispatcher(tools) }
}
