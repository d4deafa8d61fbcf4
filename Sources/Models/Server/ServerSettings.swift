/// How servers are spoken to, whatever their number.
public struct ServerSettings: Sendable, Hashable {
  /// Which of a server's interfaces is used.
  public enum Interface: String, Sendable, Hashable, CaseIterable {
    /// The one that tells most, found by probing.
    case automatic = "auto"
    /// llama-server's own `/completion`.
    case llama
    /// OpenAI's `/v1/completions`.
    case completions
    /// OpenAI's `/v1/chat/completions`: a policy and nothing else, for models that are only to be had so.
    case chat
  }

  /// The interface to use.
  public var interface = Interface.automatic
  /// The model's id; nil for the only one that a server has.
  public var model: String?
  /// The prompt; `{question}` stands for the question.
  public var prompt = ServerPrompt.fewShot
  /// Texts that end a solution, beside the model's own end of text. They are not part of it.
  public var ends = ServerPrompt.fewShotEnds
  /// Requests in flight at one URL; nil for the number of llama-server's slots, and 8 elsewhere.
  public var concurrency: Int?
  /// Seconds without a byte after which a server counts as too slow.
  public var idleSeconds = 120.0
  /// Seconds that the first words with a server may take.
  public var connectSeconds = 10.0
  /// How often a request is sent before its failure counts, ≥ 1.
  public var attempts = 5
  /// Seconds before the second attempt; doubled with each further one.
  public var firstDelay = 0.5
  /// Most seconds between two attempts, whatever the server asks for.
  public var longestDelay = 30.0
  /// Seconds that a URL is left alone after it failed, as long as another one answers.
  public var restSeconds = 30.0

  /// The defaults.
  public init() {}

  /// Seconds to wait before attempt `attempt`, counted from 0, after `error`: doubled each time, what the server asks for if
  /// that is more, and never more than the cap.
  func delay(before attempt: Int, _ error: ServerError) -> Double {
    let own = firstDelay * Double(1 << min(attempt - 1, 20))
    return min(longestDelay, max(own, error.retryAfter ?? 0))
  }
}

/// What a base model is shown, so that it writes one step a line and its answer after `####`.
public enum ServerPrompt {
  /// Where the question goes.
  static let place = "{question}"

  /// Three worked examples and the question.
  public static let fewShot = """
    Question: Ben has 4 kites. Ben buys 3 boxes of 5 kites. How many kites does Ben have now?
    Solution:
    3 boxes hold 3 * 5 = 15 kites.
    Ben has 4 + 15 = 19 kites.
    #### 19

    Question: Eva has 21 rings. Kai has 6 fewer rings than Eva. Kai loses 4 rings. How many rings do Eva and Kai have together now?
    Solution:
    Kai has 21 - 6 = 15 rings.
    Kai has 15 - 4 = 11 rings.
    Together they have 21 + 11 = 32 rings.
    #### 32

    Question: Ida has 18 plums. Ida gives away half of the plums. Ida sells all the plums for 3 dollars each. How many dollars does Ida get?
    Solution:
    Half of the plums is 18 / 2 = 9 plums.
    Ida gets 9 * 3 = 27 dollars.
    #### 27

    Question: {question}
    Solution:

    """

  /// What a chat model is told.
  public static let chat = """
    Solve the problem. Write one short step a line, as in "Ben has 4 + 15 = 19 kites.", and nothing else: no headings, no \
    lists, no blank lines. End with a line that holds #### and the answer, as in "#### 19".

    {question}
    """

  /// What a chat model is told where it must go on with an answer that it has begun, and the server cannot make it do so.
  static let goOn = "Go on with the next line. Repeat nothing."

  /// A blank line ends a worked example.
  public static let fewShotEnds = ["\n\n"]
}

/// A text with places for other texts, each named in braces.
package enum Template {
  /// `template` with what `parts` has for each place, such as `{question}`, in one pass: a part that holds the name of a
  /// place is left as it is, and so are braces that name none. Complexity: O(template × parts).
  package static func filled(_ template: String, _ parts: [String: String]) -> String {
    var (out, rest) = ("", template[...])
    while let brace = rest.firstIndex(of: "{") {
      out += rest[..<brace]
      rest = rest[brace...]
      if let (place, part) = parts.first(where: { rest.hasPrefix($0.key) }) {
        out += part
        rest = rest.dropFirst(place.count)
      } else {
        out.append(rest.removeFirst())
      }
    }
    return out + rest
  }
}
