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
