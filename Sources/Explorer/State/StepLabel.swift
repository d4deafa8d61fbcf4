import Vocabulary

extension StepLabel {
  /// The sign in the tree, which is also the key that sets it.
  var sign: String {
    switch self {
    case .good: "+"
    case .bad: "-"
    case .neutral: "0"
    }
  }
}
