import TreeSearch
import Vocabulary

/// Answers from tables: the texts drawn at each node in order, and what every critic says of a state's last option.
public final class Script {
  /// Draws by the text of the node they are made at ("" is the root); the last one repeats.
  public var draws: [String: [String]]
  /// Scores by critic and then by the option's text.
  public var scores: [String: [String: Double]]
  /// Texts of rollouts by the option's text, with their ORM scores.
  public var rollouts: [String: [(String, Double?)]] = [:]
  /// Log-probabilities of the tokens of an option, by its text.
  public var logProbabilities: [String: [Float]] = [:]
  /// How much a model believes that an option says the same as any sibling, by the option's text.
  public var beliefs: [String: Double] = [:]
  private var drawn: [String: Int] = [:]

  /// A script of draws and scores; what is not in a table is `end`, and no opinion.
  public init(draws: [String: [String]] = [:], scores: [String: [String: Double]] = [:]) {
    self.draws = draws
    self.scores = scores
  }

  /// What the tables say.
  public func answer(_ request: Request, _ tree: SearchTree) -> Answer {
    let text = tree.text(request.node)
    switch request.kind {
    case .propose(let count, _, _, _): return Answer(.options((0..<count).map { _ in draw(at: text) }))
    case .score(let critics):
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: scores[$0]?[text]) }))
    case .compare(let option, let nodes):
      return Answer(.similarities(nodes.map { _ in beliefs[option.text] ?? 0 }))
    case .rollOut(let count, _, let keepsLines):
      let texts = (rollouts[text] ?? []).prefix(count)
      return Answer(
        .rollouts(
          texts.map { Rollout(text: $0.0, score: $0.1, lines: keepsLines == true ? Self.lines(of: $0.0) : nil) }))
    }
  }

  private func draw(at text: String) -> SearchOption {
    let list = draws[text] ?? ["end\n"]
    let at = drawn[text, default: 0]
    drawn[text] = at + 1
    var option = SearchOption(list[min(at, list.count - 1)])
    option.logProbabilities = logProbabilities[option.text] ?? []
    return option
  }

  /// The lines of a completion, each with its line break.
  private static func lines(of text: String) -> [SearchOption] {
    text.split(separator: "\n").map { SearchOption($0 + "\n") }
  }
}
