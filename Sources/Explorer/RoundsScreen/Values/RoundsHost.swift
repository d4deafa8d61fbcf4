import Vocabulary

/// What the rounds screen asks of whoever keeps and drives rounds; what comes of it returns as ``RoundsUpdate``s, and what cannot
/// be done as ``Action/failure(_:)``.
public enum RoundsEffect: Hashable, Sendable {
  /// What is to be told from now on, the present state first: this and nothing else.
  case watch(RoundsWatch)
  /// A person's word on a trajectory, by its place in the filter's list.
  case decide(round: String, item: Int, isAccepted: Bool, note: String)
  /// What is accepted goes into the dataset, and the round goes on.
  case approve(round: String, note: String)
  /// The round is refused: it ends.
  case refuse(round: String, note: String)
  /// The promotion is signed.
  case sign(round: String, note: String)
  /// The round that this program drives rests after what is in flight.
  case pause(round: String)
  /// The round goes on, driven by this program.
  case resume(round: String)
  /// Say what differs between two rounds on the problems held out, as ``RoundsUpdate/compared(_:)``.
  case compare(String, String)
}

/// What of the rounds is on the screen.
public enum RoundsWatch: Hashable, Sendable {
  /// Nothing: the screen has been left.
  case nothing
  /// All rounds: ``RoundsUpdate/rounds(_:)`` now, ``RoundsUpdate/round(_:)`` and ``RoundsUpdate/progress(round:stage:_:)`` as
  /// they change.
  case rounds
  /// The same, and the items of one stage: ``RoundsUpdate/items(round:stage:first:_:)`` from the first one on, in portions of as
  /// many as one likes, then those that come or change.
  case stage(round: String, stage: RoundStageName)
}

/// What has become of rounds.
public enum RoundsUpdate: Hashable, Sendable {
  /// All of them, the newest first.
  case rounds([RoundEntry])
  /// One of them has changed, or is new.
  case round(RoundEntry)
  /// A stage has come so far.
  case progress(round: String, stage: RoundStageName, StageProgress)
  /// Items of a stage from place `first` on: they follow those that are known, or take the place of some.
  ///
  /// Filter and gate show the same list, the filter's: its places are what a decision names.
  case items(round: String, stage: RoundStageName, first: Int, [StageItem])
  /// What differs between two rounds.
  case compared(RoundComparison)
}

/// Two rounds on the same problems.
public struct RoundComparison: Hashable, Sendable {
  /// The names of the two.
  public let a, b: String
  /// What was measured of the difference, in the order shown: gains with intervals, McNemar's p.
  public let figures: [RoundFigure]
  /// The problems; `before` is what the policy of `a` made of them, `after` what that of `b` did.
  public let problems: [TrialItem]

  /// A comparison.
  public init(a: String, b: String, figures: [RoundFigure], problems: [TrialItem]) {
    (self.a, self.b, self.figures, self.problems) = (a, b, figures, problems)
  }
}
