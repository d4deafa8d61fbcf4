import TreeSearch

/// What a fork does otherwise than the run it comes from.
public struct ForkSettings: Equatable, Sendable {
  /// The seed of what follows; nil keeps the run's own.
  public private(set) var seed: UInt64?
  /// Engine parameters, in the order they were typed.
  public private(set) var parameters: [(id: String, value: ParameterValue)] = []
  /// What a new run of the problem would begin with: a fork of an imported tree, which brings no rules, models or critics of its
  /// own to search with, goes on under these.
  public var live: RunHeader?
  /// Those that only a preset named: where one is in force already, there is nothing to set.
  private var implied: Set<String> = []

  /// What names the seed, and a preset.
  static let (seedName, presetName) = ("seed", "preset")

  /// No difference: the fork is a copy that can be treated differently by hand.
  public init() {}

  /// Reads `PARAMETER=VALUE …`, separated by spaces; `seed=N` sets the seed, `preset=NAME` a named set of parameters. Throws
  /// `ParameterError`.
  public init(_ text: String) throws {
    for word in text.split(separator: " ") { try set(String(word)) }
  }

  /// Adds `PARAMETER=VALUE`, `seed=N` or `preset=NAME`. Throws `ParameterError`.
  public mutating func set(_ assignment: String) throws {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw ParameterError(description: "expected PARAMETER=VALUE, found '\(assignment)'")
    }
    try set(parts[0], to: parts[1])
  }

  /// Sets one parameter, the seed, or every parameter that presets are about. Throws `ParameterError` for an unknown id or a value out of range.
  public mutating func set(_ id: String, to text: String) throws {
    if id == Self.presetName {
      let preset = try Preset.named(text)
      // What is named by itself is meant, before or after the preset.
      for parameter in Preset.governed
      where implied.contains(parameter.id) || !parameters.contains(where: { $0.id == parameter.id }) {
        parameters.removeAll { $0.id == parameter.id }
        parameters.append((parameter.id, preset.value(parameter.id) ?? parameter.fallback))
        implied.insert(parameter.id)
      }
      return
    }
    guard id != Self.seedName else {
      guard let number = UInt64(text) else {
        throw ParameterError(description: "seed: expected a whole number from 0 to \(UInt64.max), found '\(text)'")
      }
      return seed = number
    }
    var tried = SearchParameters()
    try tried.set(id, to: text)
    if implied.remove(id) != nil { parameters.removeAll { $0.id == id } }
    if let value = tried.value(id) { parameters.append((id, value)) }
  }

  /// The header of a fork of `parent`. The parent's parameters stay in it, so that the prefix of its journal makes the same tree;
  /// that of an imported tree, `isHistory`, does so under any.
  func header(after parent: RunHeader, origin: ForkOrigin, isHistory: Bool) -> RunHeader {
    var header = parent
    if isHistory, let live {
      (header.parameters, header.critics, header.models) = (live.parameters, live.critics, live.models)
      (header.seed, header.version) = (live.seed, live.version)
      header.problem.answerMarkers = live.problem.answerMarkers
    }
    header.forkedFrom = origin
    header.seed = seed ?? header.seed
    return header
  }

  /// What follows the prefix: the interventions that a person would make. What a preset names and `inForce` says already is left
  /// out.
  func events(after inForce: SearchParameters) -> [SearchEvent] {
    parameters.filter { !implied.contains($0.id) || inForce.value($0.id) != $0.value }
      .map { .intervened(.set(parameter: $0.id, value: $0.value)) }
  }

  /// Equal where both say the same in the same order.
  public static func == (a: ForkSettings, b: ForkSettings) -> Bool {
    a.seed == b.seed && a.implied == b.implied && a.parameters.elementsEqual(b.parameters) { $0 == $1 }
  }
}

/// The beginning of a fork: what a run's journal made of a prefix and of the settings that follow it.
public struct Fork: Sendable {
  /// What fixes the fork before its first event.
  public let header: RunHeader
  /// Events that follow the prefix.
  public let settings: [SearchEvent]
  /// The tree after prefix and settings.
  public let tree: SearchTree

  /// The fork of the run with `header` called `run`, after its first events, `prefix`.
  ///
  /// Throws `ReplayError` where the prefix is not that run's.
  /// Complexity: O(events × depth).
  public init(of run: String, header: RunHeader, prefix: [SearchEvent], settings: ForkSettings) throws {
    let origin = ForkOrigin(run: run, event: prefix.count)
    var isHistory = false
    if case .imported(_, _, let facts)? = prefix.first { isHistory = facts.origin?.forkedFrom == header.forkedFrom }
    self.header = settings.header(after: header, origin: origin, isHistory: isHistory)
    var tree = try SearchTree(header: self.header, events: prefix)
    self.settings = settings.events(after: tree.parameters)
    for event in self.settings { try tree.apply(event) }
    self.tree = tree
  }
}
