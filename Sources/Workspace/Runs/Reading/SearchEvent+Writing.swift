import Foundation
import TreeSearch
import Vocabulary

extension SearchEvent {
  /// The event as canonical JSON: the very bytes of ``CanonicalJSON/data(_:)``.
  ///
  /// `encoder` writes what is rare. Complexity: O(bytes).
  func canonical(_ encoder: JSONEncoder) throws -> Data {
    var writer = CanonicalWriter()
    try writer.rewrite(self, encoder)
    return Data(writer.bytes)
  }
}

extension CanonicalWriter {
  /// Writes `event` in the place of what was written before, in the same memory; `encoder` writes what is rare. Complexity: O(bytes).
  mutating func rewrite(_ event: SearchEvent, _ encoder: JSONEncoder) throws {
    clear()
    if !isCommon(event) || !isPlain { clear(try encoder.encode(event)) }
  }
}

/// What the parts of events look like; members stand in the order of their keys.
extension CanonicalWriter {
  /// Writes an event of those that a journal has many of; false for others.
  fileprivate mutating func isCommon(_ event: SearchEvent) -> Bool {
    put("{")
    switch event {
    case .selected(let id, let widen, let children, let silent, let from):
      key("selected")
      object {
        if let children { $0.member("children", children) }
        if let from { $0.member("from", from.index) }
        $0.member("node", id.index)
        if let silent { $0.member("silent", silent) }
        $0.member("widen", widen)
      }
    case .asked(let request):
      if case .compare = request.kind { return false }
      key("asked")
      object {
        $0.key("request")
        $0.request(request)
      }
    case .answered(let request, let answer):
      if case .similarities = answer.content { return false }
      key("answered")
      object {
        $0.key("answer")
        $0.answer(answer)
        $0.member("request", request)
      }
    case .added(let id, let parent, let request, let draw, let spent, let distance, let terminal, let answer):
      key("added")
      object {
        if let answer { $0.member("answer", answer) }
        if let distance { $0.member("distance", distance) }
        $0.member("draw", draw)
        $0.member("node", id.index)
        $0.member("parent", parent.index)
        $0.member("request", request)
        $0.member("spent", spent)
        if let terminal { $0.member("terminal", terminal.rawValue) }
      }
    case .rejected(let request, let draw, let distance):
      key("rejected")
      object {
        $0.member("distance", distance)
        $0.member("draw", draw)
        $0.member("request", request)
      }
    case .merged(let id, let request, let draw, let distance):
      key("merged")
      object {
        if let distance { $0.member("distance", distance) }
        $0.member("draw", draw)
        $0.member("node", id.index)
        $0.member("request", request)
      }
    case .evaluated(let id, let reward):
      key("evaluated")
      rewarded(id, reward)
    case .backedUp(let id, let reward):
      key("backedUp")
      rewarded(id, reward)
    case .imported(let id, let parent, let facts):
      // The order of several keys is the general encoder's affair.
      guard facts.origin?.scales.count ?? 0 < 2 else { return false }
      key("imported")
      object {
        $0.key("facts")
        $0.imported(facts)
        $0.member("node", id.index)
        $0.member("parent", parent.index)
      }
    case .stopped(let reason):
      key("stopped")
      object { $0.member("reason", reason.rawValue) }
    case .failed, .ignored, .grafted, .followed, .inserted, .widthFrozen, .intervened, .undone, .redone, .forecast,
      .picked:
      return false
    }
    put("}")
    return true
  }

  private mutating func rewarded(_ id: NodeID, _ reward: Double) {
    object {
      $0.member("node", id.index)
      $0.member("reward", reward)
    }
  }

  // MARK: - Requests and answers

  private mutating func request(_ request: Request) {
    object {
      if let cause = request.cause { $0.member("cause", cause) }
      $0.member("id", request.id)
      $0.key("kind")
      $0.object { $0.kind(request.kind) }
      $0.member("node", request.node.index)
      $0.member("seed", request.seed)
    }
  }

  private mutating func kind(_ kind: Request.Kind) {
    switch kind {
    case .score(let critics):
      key("score")
      object {
        $0.key("critics")
        $0.list(critics) { $0.string($1) }
      }
    case .propose(let draws, let temperature, let toEnd, let earlier):
      key("propose")
      object {
        $0.member("draws", draws)
        $0.member("earlier", earlier)
        $0.member("temperature", temperature)
        $0.member("toEnd", toEnd)
      }
    case .rollOut(let count, let temperature, let lines):
      key("rollOut")
      object {
        $0.member("count", count)
        if let lines { $0.member("lines", lines) }
        $0.member("temperature", temperature)
      }
    case .compare: break
    }
  }

  private mutating func answer(_ answer: Answer) {
    object {
      $0.key("content")
      $0.object { writer in
        switch answer.content {
        case .options(let options): writer.only("options", options) { $0.option($1) }
        case .scores(let scores): writer.only("scores", scores) { $0.score($1) }
        case .rollouts(let rollouts): writer.only("rollouts", rollouts) { $0.rollout($1) }
        case .similarities: break
        }
      }
      $0.key("usage")
      $0.object { $0.usage(answer.usage) }
    }
  }

  mutating func usage(_ usage: TokenUsage) {
    member("critic", usage.critic)
    member("policy", usage.policy)
    member("reused", usage.reused)
    member("rollout", usage.rollout)
  }

  /// A case whose only value is a list.
  private mutating func only<Element>(
    _ name: StaticString, _ elements: [Element], _ element: (inout CanonicalWriter, Element) -> Void
  ) {
    key(name)
    object {
      $0.key("_0")
      $0.list(elements, element)
    }
  }

  private mutating func score(_ score: CriticScore) {
    object {
      $0.member("critic", score.critic)
      if let note = score.note { $0.member("note", note) }
      if let number = score.score { $0.member("score", number) }
    }
  }

  private mutating func option(_ option: SearchOption) {
    object { writer in
      let isText = option.bytes.allSatisfy { $0 < 0x80 } || String(validating: option.bytes, as: UTF8.self) != nil
      if !isText {
        writer.key("bytes")
        writer.list(option.bytes) { $0.integer($1) }
      }
      if !option.logProbabilities.isEmpty {
        writer.key("logProbabilities")
        writer.list(option.logProbabilities) { $0.number($1) }
      }
      writer.member("termination", option.termination.rawValue)
      if isText {
        writer.key("text")
        option.bytes.withUnsafeBufferPointer { text in writer.string(text) }
      }
      if let thinking = option.thinking { writer.member("thinking", thinking) }
      if !option.tokens.isEmpty {
        writer.key("tokens")
        writer.list(option.tokens) { $0.integer($1) }
      }
    }
  }

  private mutating func rollout(_ rollout: Rollout) {
    object {
      if let answer = rollout.answer { $0.member("answer", answer) }
      if let cause = rollout.cause { $0.member("cause", cause) }
      if let lines = rollout.lines {
        $0.key("lines")
        $0.list(lines) { $0.option($1) }
      }
      if let note = rollout.note { $0.member("note", note) }
      if let score = rollout.ormScore { $0.member("ormScore", score) }
      if let score = rollout.score { $0.member("score", score) }
      $0.member("text", rollout.text)
      if let thinking = rollout.thinking { $0.member("thinking", thinking) }
    }
  }

  private mutating func imported(_ facts: ImportedNode) {
    object {
      if let answer = facts.answer { $0.member("answer", answer) }
      if let draws = facts.draws { $0.member("draws", draws) }
      if let importance = facts.importance { $0.member("importance", importance) }
      $0.key("marks")
      $0.list(facts.marks) { $0.string($1.rawValue) }
      if let mean = facts.meanValue { $0.member("meanValue", mean) }
      if let name = facts.name { $0.member("name", name) }
      if let option = facts.option {
        $0.key("option")
        $0.option(option)
      }
      if let origin = facts.origin {
        $0.key("origin")
        $0.origin(origin)
      }
      if let prior = facts.prior { $0.member("prior", prior) }
      if let reward = facts.reward { $0.member("reward", reward) }
      $0.key("rollouts")
      $0.list(facts.rollouts) { $0.rollout($1) }
      $0.key("scores")
      $0.list(facts.scores) { $0.score($1) }
      if let terminal = facts.terminal { $0.member("terminal", terminal.rawValue) }
      if let visits = facts.visits { $0.member("visits", visits) }
    }
  }

  private mutating func origin(_ origin: ImportOrigin) {
    object { writer in
      if let events = origin.events { writer.member("events", events) }
      if let fork = origin.forkedFrom {
        writer.key("forkedFrom")
        writer.object {
          $0.member("event", fork.event)
          $0.member("run", fork.run)
        }
      }
      writer.member("format", origin.format)
      writer.member("isOrdered", origin.isOrdered)
      if let parameters = origin.parameters {
        writer.key("parameters")
        writer.list(parameters) { $0.string($1) }
      }
      writer.key("scales")
      writer.object { writer in
        for (value, scale) in origin.scales {
          writer.string(value)
          writer.put(":")
          writer.object {
            $0.member("high", scale.high)
            $0.member("low", scale.low)
          }
        }
      }
    }
  }
}
