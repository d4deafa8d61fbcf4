import Foundation
import TreeSearch
import Vocabulary

extension SearchEvent {
  /// The event that canonical JSON says, where it is one of those of which a journal has many; nil for others and for text
  /// that is written in any other way, which the general decoder is to judge.
  ///
  /// Complexity: O(bytes).
  init?(canonical data: Data) {
    let read = data.withUnsafeBytes { bytes -> SearchEvent? in
      var reader = CanonicalReader(bytes.assumingMemoryBound(to: UInt8.self))
      guard let event = try? reader.event(), reader.isAtEnd else { return nil }
      return event
    }
    guard let read else { return nil }
    self = read
  }
}

/// What the parts of events look like; members stand in the order of their keys.
extension CanonicalReader {
  fileprivate mutating func event() throws -> SearchEvent {
    try object { reader in
      if reader.key("asked") {
        return .asked(request: try reader.object { try $0.member("request") { try $0.request() } })
      }
      if reader.key("answered") { return try reader.object { try $0.answered() } }
      if reader.key("selected") { return try reader.object { try $0.selected() } }
      if reader.key("added") { return try reader.object { try $0.added() } }
      if reader.key("evaluated") {
        let (node, reward) = try reader.object { try $0.rewarded() }
        return .evaluated(node: node, reward: reward)
      }
      if reader.key("backedUp") {
        let (node, reward) = try reader.object { try $0.rewarded() }
        return .backedUp(node: node, reward: reward)
      }
      if reader.key("imported") { return try reader.object { try $0.imported() } }
      if reader.key("rejected") { return try reader.object { try $0.rejected() } }
      if reader.key("merged") { return try reader.object { try $0.merged() } }
      if reader.key("stopped") {
        return .stopped(reason: try reader.object { try $0.member("reason") { try $0.word() } })
      }
      throw NotCanonical()
    }
  }

  private mutating func node() throws -> NodeID {
    let index: Int32 = try integer()
    return NodeID(Int(index))
  }

  private mutating func rewarded() throws -> (node: NodeID, reward: Double) {
    let node = try member("node") { try $0.node() }
    return (node, try member("reward") { try $0.number() })
  }

  private mutating func selected() throws -> SearchEvent {
    let children: Int? = try optional("children") { try $0.integer() }
    let from = try optional("from") { try $0.node() }
    let node = try member("node") { try $0.node() }
    let silent = try optional("silent") { try $0.flag() }
    return .selected(
      node: node, widen: try member("widen") { try $0.flag() }, children: children, silent: silent, from: from)
  }

  private mutating func added() throws -> SearchEvent {
    let answer = try optional("answer") { try $0.string() }
    let distance: Int? = try optional("distance") { try $0.integer() }
    let draw: Int = try member("draw") { try $0.integer() }
    let node = try member("node") { try $0.node() }
    let parent = try member("parent") { try $0.node() }
    let request: RequestID = try member("request") { try $0.integer() }
    let spent: Int = try member("spent") { try $0.integer() }
    let terminal: TerminalKind? = try optional("terminal") { try $0.word() }
    return .added(
      node: node, parent: parent, request: request, draw: draw, spent: spent, distance: distance, terminal: terminal,
      answer: answer)
  }

  private mutating func rejected() throws -> SearchEvent {
    let distance: Int = try member("distance") { try $0.integer() }
    let draw: Int = try member("draw") { try $0.integer() }
    return .rejected(request: try member("request") { try $0.integer() }, draw: draw, distance: distance)
  }

  private mutating func merged() throws -> SearchEvent {
    let distance: Int? = try optional("distance") { try $0.integer() }
    let draw: Int = try member("draw") { try $0.integer() }
    let node = try member("node") { try $0.node() }
    return .merged(node: node, request: try member("request") { try $0.integer() }, draw: draw, distance: distance)
  }

  private mutating func imported() throws -> SearchEvent {
    let facts = try member("facts") { try $0.object { try $0.facts() } }
    let node = try member("node") { try $0.node() }
    return .imported(node: node, parent: try member("parent") { try $0.node() }, facts: facts)
  }

  private mutating func facts() throws -> ImportedNode {
    var facts = ImportedNode(option: nil)
    facts.answer = try optional("answer") { try $0.string() }
    facts.draws = try optional("draws") { try $0.integer() }
    facts.importance = try optional("importance") { try $0.number() }
    facts.marks = try member("marks") { try $0.list { try $0.word() } }
    facts.meanValue = try optional("meanValue") { try $0.number() }
    facts.name = try optional("name") { try $0.string() }
    facts.option = try optional("option") { try $0.option() }
    facts.origin = try optional("origin") { try $0.object { try $0.origin() } }
    facts.prior = try optional("prior") { try $0.number() }
    facts.reward = try optional("reward") { try $0.number() }
    facts.rollouts = try member("rollouts") { try $0.list { try $0.rollout() } }
    facts.scores = try member("scores") { try $0.list { try $0.score() } }
    facts.terminal = try optional("terminal") { try $0.word() }
    facts.visits = try optional("visits") { try $0.integer() }
    return facts
  }

  private mutating func origin() throws -> ImportOrigin {
    let events: Int? = try optional("events") { try $0.integer() }
    let fork = try optional("forkedFrom") { reader in
      try reader.object { reader in
        let event: Int = try reader.member("event") { try $0.integer() }
        return ForkOrigin(run: try reader.member("run") { try $0.string() }, event: event)
      }
    }
    let format = try member("format") { try $0.string() }
    let isOrdered = try member("isOrdered") { try $0.flag() }
    let parameters = try optional("parameters") { try $0.list { try $0.string() } }
    let scales = try member("scales") { try $0.object { try $0.scales() } }
    return ImportOrigin(
      format: format, scales: scales, isOrdered: isOrdered, events: events, forkedFrom: fork, parameters: parameters)
  }

  /// The ranges of an origin, which has few.
  private mutating func scales() throws -> [String: ImportOrigin.Scale] {
    var scales: [String: ImportOrigin.Scale] = [:]
    while let value = try nextKey(isFirst: scales.isEmpty) {
      guard scales[value] == nil else { throw NotCanonical() }
      scales[value] = try object { reader in
        let high = try reader.member("high") { try $0.number() }
        return ImportOrigin.Scale(low: try reader.member("low") { try $0.number() }, high: high)
      }
    }
    return scales
  }

  // MARK: - Requests

  private mutating func request() throws -> Request {
    try object { reader in
      let cause: Int? = try reader.optional("cause") { try $0.integer() }
      let id: RequestID = try reader.member("id") { try $0.integer() }
      let kind = try reader.member("kind") { try $0.object { try $0.kind() } }
      let node = try reader.member("node") { try $0.node() }
      return Request(id: id, node: node, kind: kind, seed: try reader.member("seed") { try $0.integer() }, cause: cause)
    }
  }

  private mutating func kind() throws -> Request.Kind {
    if key("score") {
      return .score(critics: try object { try $0.member("critics") { try $0.list { try $0.string() } } })
    }
    if key("propose") {
      return try object { reader in
        let draws: Int = try reader.member("draws") { try $0.integer() }
        let earlier: Int = try reader.member("earlier") { try $0.integer() }
        let temperature = try reader.member("temperature") { try $0.number() }
        let toEnd = try reader.member("toEnd") { try $0.flag() }
        return .propose(draws: draws, temperature: temperature, toEnd: toEnd, earlier: earlier)
      }
    }
    guard key("rollOut") else { throw NotCanonical() }
    return try object { reader in
      let count: Int = try reader.member("count") { try $0.integer() }
      let lines = try reader.optional("lines") { try $0.flag() }
      return .rollOut(count: count, temperature: try reader.member("temperature") { try $0.number() }, lines: lines)
    }
  }

  // MARK: - Answers

  private mutating func answered() throws -> SearchEvent {
    let answer = try member("answer") { reader in
      try reader.object { reader in
        let content = try reader.member("content") { try $0.object { try $0.content() } }
        return Answer(content, usage: try reader.member("usage") { try $0.object { try $0.usage() } })
      }
    }
    return .answered(request: try member("request") { try $0.integer() }, answer: answer)
  }

  private mutating func usage() throws -> TokenUsage {
    let critic: Int = try member("critic") { try $0.integer() }
    let policy: Int = try member("policy") { try $0.integer() }
    let reused: Int = try member("reused") { try $0.integer() }
    return TokenUsage(
      policy: policy, rollout: try member("rollout") { try $0.integer() }, critic: critic, reused: reused)
  }

  private mutating func content() throws -> Answer.Content {
    if key("scores") { return .scores(try object { try $0.member("_0") { try $0.list { try $0.score() } } }) }
    if key("options") { return .options(try object { try $0.member("_0") { try $0.list { try $0.option() } } }) }
    guard key("rollouts") else { throw NotCanonical() }
    return .rollouts(try object { try $0.member("_0") { try $0.list { try $0.rollout() } } })
  }

  private mutating func score() throws -> CriticScore {
    try object { reader in
      let critic = try reader.member("critic") { try $0.string() }
      let note = try reader.optional("note") { try $0.string() }
      return CriticScore(critic: critic, score: try reader.optional("score") { try $0.number() }, note: note)
    }
  }

  private mutating func option() throws -> SearchOption {
    try object { reader in
      let bytes: [UInt8]? = try reader.optional("bytes") { try $0.list { try $0.integer() } }
      let likelihood = try reader.optional("logProbabilities") { try $0.list { try $0.single() } }
      let termination: Termination = try reader.member("termination") { try $0.word() }
      let text = try bytes ?? Array(reader.member("text") { try $0.string() }.utf8)
      let thinking = try reader.optional("thinking") { try $0.string() }
      let tokens: [Int32]? = try reader.optional("tokens") { try $0.list { try $0.integer() } }
      return SearchOption(
        tokens: tokens ?? [], bytes: text, logProbabilities: likelihood ?? [], termination: termination,
        thinking: thinking)
    }
  }

  private mutating func rollout() throws -> Rollout {
    try object { reader in
      let answer = try reader.optional("answer") { try $0.string() }
      let cause: Int? = try reader.optional("cause") { try $0.integer() }
      let lines = try reader.optional("lines") { try $0.list { try $0.option() } }
      let note = try reader.optional("note") { try $0.string() }
      let ormScore = try reader.optional("ormScore") { try $0.number() }
      let score = try reader.optional("score") { try $0.number() }
      var rollout = Rollout(
        text: try reader.member("text") { try $0.string() }, score: score, lines: lines, ormScore: ormScore, note: note)
      (rollout.answer, rollout.cause) = (answer, cause)
      rollout.thinking = try reader.optional("thinking") { try $0.string() }
      return rollout
    }
  }
}
