/// What ``Workspace/verify(run:)`` found.
public struct JournalReport: Codable, Equatable, Sendable {
  /// The run.
  public let run: String
  /// Events in its journal.
  public let events: Int
  /// Nodes shown after them.
  public let nodes: Int
  /// Simulations after them.
  public let simulations: Int
  /// What does not agree; empty where all is well.
  public let problems: [String]

  /// True where nothing was found.
  public var ok: Bool { problems.isEmpty }

  private enum CodingKeys: String, CodingKey { case run, events, nodes, simulations, problems, ok }

  /// Writes the fields and `ok`.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(run, forKey: .run)
    try c.encode(events, forKey: .events)
    try c.encode(nodes, forKey: .nodes)
    try c.encode(simulations, forKey: .simulations)
    try c.encode(problems, forKey: .problems)
    try c.encode(ok, forKey: .ok)
  }

  /// Reads the fields; `ok` follows from them.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    run = try c.decode(String.self, forKey: .run)
    events = try c.decode(Int.self, forKey: .events)
    nodes = try c.decode(Int.self, forKey: .nodes)
    simulations = try c.decode(Int.self, forKey: .simulations)
    problems = try c.decode([String].self, forKey: .problems)
  }

  init(run: String, events: Int, nodes: Int, simulations: Int, problems: [String]) {
    self.run = run
    self.events = events
    self.nodes = nodes
    self.simulations = simulations
    self.problems = problems
  }
}
