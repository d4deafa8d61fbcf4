import Vocabulary

/// A round of self-improvement, as the rounds screen shows it: a plain value that whoever drives rounds fills in.
public struct RoundEntry: Hashable, Sendable, Identifiable {
  /// Its name, as commands take it.
  public let id: String
  /// The series that it belongs to: rounds of one series follow each other and are measured on the same problems.
  public let series: String
  /// Its place in the series, from 1 on.
  public let number: Int
  /// When it was begun, in words.
  public var begun = ""
  /// Where it stands as a whole.
  public var standing = RoundStanding.running
  /// Who drives it.
  public var driver = RoundDriver.nobody
  /// Its stages by kind; one that is not here waits.
  public var stages: [RoundStageName: StageEntry] = [:]
  /// What it is to do, in a few lines.
  public var plan: [RoundFact] = []
  /// Trajectories that may be learned from so far; nil before the filter has looked at any.
  public var accepted: Int?
  /// Trajectories that the filter looked at.
  public var candidates: Int?
  /// The share of held-out problems that the policy before it solves greedily, in [0, 1]; nil before it was measured.
  public var before: RoundFigure?
  /// The same of the policy that it trained.
  public var after: RoundFigure?
  /// The gain from one to the other, problem by problem, in [-1, 1].
  public var gain: RoundFigure?
  /// Why it was promoted or not, or what it waits for, in a few words.
  public var reason: String?
  /// Who let the accepted trajectories in; nil before anybody did.
  public var approver: String?
  /// Who signed the promotion; nil before anybody did.
  public var signer: String?
  /// The loss by step of training, in order of the steps; some hundred points at most.
  public var losses: [LossPoint] = []
  /// Steps that the training will have; nil where nobody knows.
  public var steps: Int?

  /// A round of which nothing is known but its name and its place.
  public init(id: String, series: String, number: Int) { (self.id, self.series, self.number) = (id, series, number) }

  /// A stage of it.
  public subscript(stage: RoundStageName) -> StageEntry { stages[stage] ?? StageEntry() }

  /// The stage at which it stands: the first that is neither done nor left out; the last one where all are.
  public var current: RoundStageName {
    RoundStageName.allCases.first { ![.done, .skipped].contains(self[$0].standing) } ?? .promote
  }
}

/// Where a round stands as a whole.
public enum RoundStanding: String, CaseIterable, Hashable, Sendable {
  /// Some stage is still to be done.
  case running
  /// It waits for a person: at the gate, or for a signature.
  case waiting
  /// Some stage is still to be done, and nobody is at it.
  case resting
  /// It is done, and the next round begins from its policy.
  case promoted
  /// It is done, and the policy before it is kept.
  case kept
  /// A person refused it.
  case refused
  /// A stage could not be done.
  case failed

  /// True where nothing will happen to it any more.
  public var isOver: Bool { [.promoted, .kept, .refused].contains(self) }
}

/// Who drives a round at the moment.
public enum RoundDriver: Hashable, Sendable {
  /// Nobody: it can be resumed.
  case nobody
  /// This program: it can be paused.
  case here
  /// Another process, in words; from here it can only be looked at and decided on.
  case elsewhere(String)
}

/// A named fact in words.
public struct RoundFact: Hashable, Sendable {
  /// What it is about, in a word or two.
  public let name: String
  /// What is said of it; sanitised when it is drawn.
  public let words: String

  /// A fact.
  public init(_ name: String, _ words: String) { (self.name, self.words) = (name, words) }
}

/// The loss at a step of training.
public struct LossPoint: Hashable, Sendable {
  /// The step, from 1 on.
  public let step: Int
  /// The loss; one that is not finite is not drawn.
  public let loss: Double

  /// A point of a curve.
  public init(step: Int, loss: Double) { (self.step, self.loss) = (step, loss) }
}
