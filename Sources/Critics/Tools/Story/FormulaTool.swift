import Vocabulary

/// A tool that reads the formulas of the newest option one by one, with the word problem they are about and the formulas
/// before them.
public struct FormulaTool: Tool {
  /// What a formula comes to.
  enum Reading {
    /// What is wrong with it: the tool refutes the option.
    case objection(String)
    /// What was found in order.
    case inOrder(String)
    /// It is not what this tool is about.
    case passes
  }

  /// The name of its critic.
  public let name: String
  /// What it looks at.
  public let summary: String
  /// How far it is trusted at first.
  public let prior: ToolPrior
  /// Every node.
  public var scope: CriticScope { .everyNode }
  /// True.
  public var vetoes: Bool { true }
  /// True.
  public var readsStories: Bool { true }

  private let nothing: String
  private let obstacle: @Sendable (Story) -> String?
  private let told: @Sendable ([String]) -> String
  private let read: @Sendable (StoryLine, [StoryLine], Story) -> Reading

  /// - Parameters:
  ///   - nothing: the note where no formula was this tool's.
  ///   - obstacle: why no formula of a problem can be checked; nil where they can.
  ///   - told: the note where all is in order, from what was.
  ///   - read: reads one formula, after those before it.
  init(
    name: String, summary: String, prior: ToolPrior, nothing: String,
    obstacle: @escaping @Sendable (Story) -> String? = { _ in nil }, told: @escaping @Sendable ([String]) -> String,
    read: @escaping @Sendable (_ line: StoryLine, _ earlier: [StoryLine], _ story: Story) -> Reading
  ) {
    self.name = name
    self.summary = summary
    self.prior = prior
    self.nothing = nothing
    self.obstacle = obstacle
    self.told = told
    self.read = read
  }

  /// Formulas only.
  public func application(to state: JudgedState) -> ToolApplication {
    guard let option = state.optionTexts.last, option.utf8.contains(UInt8(ascii: "=")) else {
      return .rests("no formula")
    }
    return .applies
  }

  /// Refuted where a formula of the newest option is objected to.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let story = Story(state.question)
    if let why = obstacle(story) { return ToolFinding(.unsure, why) }
    var lines = state.optionTexts.dropLast().flatMap { StoryLine.all(in: $0, of: story) }
    var checked: [String] = []
    for line in StoryLine.all(in: state.optionTexts.last ?? "", of: story) {
      switch read(line, lines, story) {
      case .objection(let why): return ToolFinding(.refuted, ToolFinding.cut("\(line.claim.text): \(why)"))
      case .inOrder(let what): checked.append(what)
      case .passes: break
      }
      lines.append(line)
    }
    return checked.isEmpty
      ? ToolFinding(.unsure, nothing) : ToolFinding(.holds, ToolFinding.cut(told(checked)))
  }
}
