/// What a model is shown, so that it writes one step a line and its answer where it can be found.
public struct ModelPrompt: Sendable, Hashable {
  /// Where the question goes.
  public static let place = "{question}"

  /// The prompt; ``place`` stands for the question.
  public var text: String
  /// What a chat is told before it; empty for nothing.
  public var system = ""
  /// Texts that end a solution, beside the model's own end of text. They are not part of it.
  public var ends: [String] = []
  /// How a chat is asked for the next step, where it cannot go on with a text.
  public var next = "Go on with the next line only: one step, or the final answer. Repeat nothing."
  /// How a chat is asked for all that is left, where it cannot go on with a text.
  public var rest = "Go on from there to the final answer. Repeat nothing."
  /// What stands in the question's place where a step is to be written anew: `{question}`, `{step}`, what was written there, and
  /// `{objection}`, what speaks against it.
  public var revise = """
    {question}

    (An earlier attempt said here: {step}
    What speaks against that: {objection}
    Say something else in its place, without the mistake, and do not mention it.)
    """
  /// Texts behind which its answers stand, beside the usual ones.
  public var answers: [String] = []

  /// A prompt of nothing but its text.
  public init(text: String) { self.text = text }

  /// The prompt for `question`.
  func filled(_ question: String) -> String { Template.filled(text, [Self.place: question]) }

  /// What is asked where `step` is to be written anew for `objection`.
  func question(_ question: String, revising step: String, objection: String) -> String {
    Template.filled(revise, [Self.place: question, "{step}": step, "{objection}": objection])
  }

  /// For models that continue a text: three worked examples, each ended by a blank line, and the question. The file
  /// `few-shot.toml` holds the same.
  public static let fewShot: ModelPrompt = {
    var prompt = ModelPrompt(
      text: """
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

        """)
    prompt.ends = ["\n\n"]
    return prompt
  }()

  /// For chats: words. The file `chat.toml` holds the same.
  public static let chat = ModelPrompt(
    text: """
      Solve the problem. Write one short step a line, as in "Ben has 4 + 15 = 19 kites.", and nothing else: no headings, no \
      lists, no blank lines. End with a line that holds #### and the answer, as in "#### 19".

      {question}
      """)
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
