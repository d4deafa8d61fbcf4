import Vocabulary
/// A language model for tests: writes lines of words, and an answer after a few of them. What it writes depends on the
/// prompt, the seed and the temperature alone.
public struct StoryModel: Sendable {
  /// A token.
  public struct Token: Sendable {
    /// What it stands for.
    public let text: String
    /// Below 0.
    public let logProbability: Double
    /// Its place in ``StoryModel/texts``.
    public let id: Int
  }

  private static let words = [
    " Ana", " has", " 3", " apples", " and", " gets", " 4", " more", " so", " 7", ".", " then",
  ]
  private static let lineBreak = words.count
  private static let answer = words.count + 1
  private static let numbers = words.count + 2

  /// All its tokens' texts, by id.
  public static let texts = words + ["\n", "#### ", "7", "12", "5"]

  /// Of a token, wherever it stands.
  public static func logProbability(of id: Int) -> Double { -0.25 - Double(id) / 16 }

  /// The tokens of `text`, the longest first; what is none of them is left out.
  public static func tokens(of text: String) -> [Int] {
    var rest = text[...]
    var tokens: [Int] = []
    while !rest.isEmpty {
      let fitting = texts.indices.filter { rest.hasPrefix(texts[$0]) }
      if let id = fitting.max(by: { texts[$0].count < texts[$1].count }) {
        tokens.append(id)
        rest = rest.dropFirst(texts[id].count)
      } else {
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  private var random: SplitMix

  /// The tokens that follow `prompt`, up to the end of its text: at most `limit`, and whether the text ended.
  public static func continuation(
    of prompt: String, seed: Int, temperature: Double, limit: Int
  ) -> (tokens: [Token], ended: Bool) {
    var model = StoryModel(prompt: prompt, seed: temperature > 0 ? seed : 0)
    var tokens: [Token] = []
    let lines = prompt.split(separator: "\n").count
    var ended = prompt.hasSuffix("\n") && prompt.split(separator: "\n").last?.hasPrefix("#### ") == true
    var written = 0
    while !ended {
      let isAnswer = model.random.below(6) < 1 + written || lines > 40
      let line: [Int] =
        isAnswer
        ? [answer, numbers + model.random.below(3), lineBreak]
        : (0..<3 + model.random.below(4)).map { _ in model.random.below(words.count) } + [lineBreak]
      for id in line {
        if tokens.count == limit { return (tokens, false) }
        tokens.append(Token(text: texts[id], logProbability: logProbability(of: id), id: id))
      }
      ended = isAnswer
      written += 1
    }
    return (tokens, tokens.count < limit || limit == 0)
  }

  private init(prompt: String, seed: Int) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in prompt.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    random = SplitMix(seed: hash &+ UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15)
  }
}
