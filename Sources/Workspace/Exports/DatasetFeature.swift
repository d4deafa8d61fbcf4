/// A column of an exported dataset: its name, its type for the card, and what it means.
struct DatasetFeature {
  enum Kind: String {
    case text = "string"
    case integer = "int64"
    case number = "float64"
    case flag = "bool"
  }

  let name: String
  let kind: Kind
  var isList = false
  var isMessages = false
  let meaning: String

  /// The columns of `format`, those that trainers read first.
  static func columns(of format: DatasetFormat) -> [DatasetFeature] { trained(format) + side(format) }

  private static let prompt = DatasetFeature(
    name: "prompt", kind: .text, meaning: "The question and a line break.")

  private static func trained(_ format: DatasetFormat) -> [DatasetFeature] {
    switch format {
    case .promptCompletion:
      [
        prompt,
        DatasetFeature(
          name: "completion", kind: .text, meaning: "The options of the committed path, joined as the model wrote them."
        ),
      ]
    case .conversational:
      [
        DatasetFeature(
          name: "messages", kind: .text, isMessages: true,
          meaning: "The question as the user's turn, the committed path as the assistant's.")
      ]
    case .preference:
      [
        DatasetFeature(
          name: "prompt", kind: .text, meaning: "The question, a line break, and the options before the fork."),
        DatasetFeature(name: "chosen", kind: .text, meaning: "The option on the committed path."),
        DatasetFeature(
          name: "rejected", kind: .text, meaning: "A sibling of it that the search found to be worth less."),
        DatasetFeature(
          name: "chosen_score", kind: .number,
          meaning: "What the chosen option was worth in [0, 1]: Q, else its reward."),
        DatasetFeature(name: "rejected_score", kind: .number, meaning: "The same of the rejected option."),
        DatasetFeature(name: "step", kind: .integer, meaning: "The fork's place on the path, from 0."),
      ]
    case .stepwise:
      [
        DatasetFeature(name: "prompt", kind: .text, meaning: "The question."),
        DatasetFeature(
          name: "completions", kind: .text, isList: true,
          meaning: "The options of the path without their line breaks, up to the first that nobody and nothing judged."),
        DatasetFeature(name: "labels", kind: .flag, isList: true, meaning: "Whether each step is good."),
        DatasetFeature(
          name: "label_sources", kind: .text, isList: true,
          meaning:
            "Where each label comes from: `human` (a person), `prm` (PRM ≥ 0.5), `reward` (merged critic score ≥ 0.5, "
            + "where no PRM spoke)."),
        DatasetFeature(
          name: "prm", kind: .number, isList: true, meaning: "The PRM's score of each step in [0, 1], for soft labels."),
      ]
    }
  }

  private static func side(_ format: DatasetFormat) -> [DatasetFeature] {
    [
      DatasetFeature(name: "commit", kind: .text, meaning: "Id of the commit in the log."),
      DatasetFeature(name: "run", kind: .text, meaning: "The search run."),
      DatasetFeature(
        name: "node", kind: .integer,
        meaning: format == .preference ? "The chosen option's node in the run." : "The node where the path ends."),
      DatasetFeature(name: "problem", kind: .text, meaning: "The problem's id."),
      DatasetFeature(name: "problem_split", kind: .text, meaning: "The problem's split, where it has one."),
      DatasetFeature(name: "answer", kind: .text, meaning: "The final answer that the path states."),
      DatasetFeature(
        name: "correct", kind: .flag, meaning: "Whether it agrees with the reference; null without a reference."),
      DatasetFeature(name: "finished", kind: .flag, meaning: "Whether the path ends in a terminal state."),
      DatasetFeature(name: "who", kind: .text, meaning: "Who committed it."),
    ]
  }
}
