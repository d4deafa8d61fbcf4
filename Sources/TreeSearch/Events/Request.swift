/// Number of a request within one run, counted from 0; an answer carries the id of its request.
public typealias RequestID = Int

/// What the engine asks of whoever drives it.
public struct Request: Codable, Equatable, Sendable {
  /// What is wanted.
  public enum Kind: Codable, Equatable, Sendable {
    /// Draw `draws` candidate options at `node`; the first that is not like a sibling joins the tree.
    /// `temperature` 0 means greedy; `toEnd` asks for the whole rest of the answer instead of one line;
    /// `earlier` draws were spent on the same child before and rejected.
    case propose(draws: Int, temperature: Double, toEnd: Bool, earlier: Int)
    /// Score the state that ends in `node` with these critics.
    case score(critics: [String])
    /// Complete the answer `count` times from `node` with the fast rollout policy and score each with the ORM;
    /// `lines` asks for each completion's lines as options, too.
    case rollOut(count: Int, temperature: Double, lines: Bool? = nil)
    /// Judge for each of these children of `node` whether it says the same as `option`, in [0, 1]. Rare, and the one
    /// that would make every request and event larger: it lies apart.
    indirect case compare(option: SearchOption, with: [NodeID])
  }

  /// Who answers a kind of request: what fails for one may work for another.
  public enum Role: String, Codable, Hashable, Sendable, CaseIterable {
    /// The policy draws options.
    case propose
    /// Critics score a state.
    case score
    /// The rollout policy completes a state.
    case rollOut
    /// A model compares options.
    case compare
  }

  /// The request's number.
  public var id: RequestID
  /// The node it is about.
  public var node: NodeID
  /// What is wanted.
  public var kind: Kind
  /// Seed for whatever is random in the answer; a function of the run's seed and the request's number.
  public var seed: UInt64
  /// The intervention (its number in ``SearchTree/interventions``) that caused it, if a person did.
  public var cause: Int?

  /// Who answers it.
  public var role: Role {
    switch kind {
    case .propose: .propose
    case .score: .score
    case .rollOut: .rollOut
    case .compare: .compare
    }
  }

  /// A request with its fields as given.
  public init(id: RequestID, node: NodeID, kind: Kind, seed: UInt64, cause: Int? = nil) {
    self.id = id
    self.node = node
    self.kind = kind
    self.seed = seed
    self.cause = cause
  }
}
