import Vocabulary

/// Where a round stands: its events applied in order.
public struct RoundState: Sendable, Equatable {
  /// Where one stage stands.
  public enum Standing: String, Codable, Sendable {
    /// Nothing has been done of it.
    case waiting
    /// It was begun, and either goes on or was interrupted.
    case begun
    /// It is done.
    case done
    /// It could not be done; a resumed round tries again.
    case failed
    /// The plan leaves it out.
    case skipped
  }

  /// Where the round as a whole stands.
  public enum Whole: String, Codable, Sendable {
    /// Some stage is still to be done.
    case running
    /// The gate waits for a person.
    case waiting
    /// The new policy is promoted.
    case promoted
    /// It is done, and its policy is not promoted.
    case kept
    /// A person refused it.
    case rejected
    /// A stage could not be done.
    case failed
  }

  /// A person's word on a trajectory.
  public struct Decision: Codable, Sendable, Equatable {
    /// Whether it may be learned from.
    public var accepted: Bool
    /// A remark, possibly empty.
    public var note: String
    /// Who said so.
    public var who: String
  }

  /// Standings by stage; every stage has one.
  public private(set) var stages: [RoundStageName: Standing]
  /// Reports of finished stages.
  public private(set) var reports: [RoundStageName: RoundStageReport] = [:]
  /// Digests of what finished and begun stages read.
  public private(set) var inputs: [RoundStageName: String] = [:]
  /// Why stages failed.
  public private(set) var failures: [RoundStageName: String] = [:]
  /// Persons' words by the place of the trajectory in the filter's list; the last word counts.
  public private(set) var decisions: [Int: Decision] = [:]
  /// Who let the accepted trajectories in; nil before anybody did.
  public private(set) var approver: String?
  /// Who refused the round, and why; nil where nobody did.
  public private(set) var rejection: (who: String, note: String)?
  /// Who signed the promotion; nil before anybody did.
  public private(set) var signer: String?
  /// Losses by step of the training, in order.
  public private(set) var losses: [(step: Int, loss: Double)] = []
  /// Steps that the training will have; nil where nobody has said.
  public private(set) var steps: Int?
  private let waits: Bool

  /// The state of a round of `plan` after `events`. Complexity: O(events).
  public init(_ plan: RoundPlan, _ events: some Sequence<RoundEvent> = []) {
    stages = Dictionary(
      uniqueKeysWithValues: RoundStageName.allCases.map { ($0, plan.skips.contains($0) ? .skipped : .waiting) })
    waits = plan.gate == .person
    for event in events { apply(event) }
  }

  /// Applies one more event.
  public mutating func apply(_ event: RoundEvent) {
    switch event.content {
    case .began(let stage, let inputs):
      (stages[stage], self.inputs[stage], failures[stage]) = (.begun, inputs, nil)
      if stage == .train { losses = [] }
    case .ended(let stage, let report): (stages[stage], reports[stage]) = (.done, report)
    case .failed(let stage, let message): (stages[stage], failures[stage]) = (.failed, message)
    case .decided(let item, let accepted, let note):
      decisions[item] = Decision(accepted: accepted, note: note, who: event.who)
    case .approved: approver = event.who
    case .rejected(let note): rejection = (event.who, note)
    case .signed: signer = event.who
    case .trained(_, let step, let steps, let loss):
      self.steps = steps
      if let loss { losses.append((step, loss)) }
    }
  }

  /// The first stage that is still to be done; nil where all are.
  public var next: RoundStageName? {
    RoundStageName.allCases.first { ![.done, .skipped].contains(stages[$0] ?? .waiting) }
  }

  /// Where the round as a whole stands.
  public var whole: Whole {
    if rejection != nil { return .rejected }
    guard let next else { return reports[.promote]?["promoted"]?.value == 1 ? .promoted : .kept }
    if stages[next] == .failed { return .failed }
    return next == .gate && waits && approver == nil ? .waiting : .running
  }

  /// Equal where the same events lead to them.
  public static func == (a: RoundState, b: RoundState) -> Bool {
    a.stages == b.stages && a.reports == b.reports && a.inputs == b.inputs && a.failures == b.failures
      && a.decisions == b.decisions && a.approver == b.approver && a.signer == b.signer
      && a.rejection?.who == b.rejection?.who && a.losses.map(\.step) == b.losses.map(\.step)
      && a.losses.map(\.loss) == b.losses.map(\.loss) && a.steps == b.steps
  }
}
