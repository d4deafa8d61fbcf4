/// What a person says of one step of a trajectory; travels into the dataset with the next commit through it.
public enum StepLabel: String, Hashable, Sendable {
  /// The step is right.
  case good
  /// The step is wrong.
  case bad
  /// The step is neither.
  case neutral

  /// The sign in the tree, which is also the key that sets it.
  var sign: String {
    switch self {
    case .good: "+"
    case .bad: "-"
    case .neutral: "0"
    }
  }
}
