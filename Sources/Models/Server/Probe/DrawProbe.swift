import Foundation

/// Draws a few tokens to see what a server tells of them.
struct DrawProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
  }

  /// What came.
  struct Drawn {
    /// One text for each continuation, without thinking.
    var texts: [String] = []
    var ends: [ServerEnd?] = []
    /// Every token came with a log-probability, and not all were 0: some servers say 0 where they know nothing.
    var hasLogProbabilities = false
    /// Log-probabilities came, some of which are none.
    var hasBadLogProbabilities = false
    /// Where thinking stood.
    var thinking = ServerAbilities.Thinking.none
  }

  /// Short draws are neither greedy nor from the whole distribution: a server that fixes either says so.
  static let (temperature, topP) = (0.9, 0.95)

  /// What continuing a list of numbers brings, in as many continuations as `can` says.
  func draw(_ can: ServerAbilities, tokens: Int = 4, stops: [String] = []) async throws -> Drawn {
    try await draw(
      Draw(
        prompt: "1\n2\n3\n4\n5\n6\n", written: "", count: can.draws, temperature: Self.temperature, topP: Self.topP,
        maximumTokens: tokens, stops: stops, seed: 7, alternatives: 1), can)
  }

  /// What `draw` brings. A model that thinks and then writes on is read no further than its text may be long: what thinking left
  /// of the request's limit is not for that.
  func draw(_ draw: Draw, _ can: ServerAbilities) async throws -> Drawn {
    var lengths = Array(repeating: 0, count: draw.count)
    var tokens = Array(repeating: [ServerToken](), count: draw.count)
    var filters = Array(repeating: ThinkingFilter(), count: draw.count)
    var texts = Array(repeating: [UInt8](), count: draw.count)
    var drawn = Drawn(ends: Array(repeating: nil, count: draw.count))
    let dialect = can.dialect
    // A few words with all that is told of them, and what a model thinks before.
    try await endpoint.read(try dialect.request(draw), idle: settings.idleSeconds, longest: 16 << 20) { object in
      for event in try dialect.events(object) {
        switch event {
        case .token(let index, let token) where tokens.indices.contains(index):
          tokens[index].append(token)
          let found = filters[index].feed(token)
          if found.isUnopened {
            (texts[index], drawn.thinking) = ([], .unopened)
          }
          texts[index] += found.text.flatMap(\.bytes)
          lengths[index] = (found.isUnopened ? 0 : lengths[index]) + found.text.count
          let thinks = drawn.thinking != .none || filters[index].hasThought
          if thinks, lengths[index] > draw.maximumTokens { drawn.ends[index] = drawn.ends[index] ?? .length }
        case .thought(let index, _) where tokens.indices.contains(index): drawn.thinking = .apart
        case .end(let index, let end) where tokens.indices.contains(index): drawn.ends[index] = end
        case .token(let index, _), .thought(let index, _), .end(let index, _):
          throw endpoint.error(.shape, "index: expected 0…\(draw.count - 1), got \(index)")
        case .prompt, .generated: break
        }
      }
      return zip(lengths, drawn.ends).contains { $0 <= draw.maximumTokens || $1 == nil }
    }
    for index in filters.indices {
      texts[index] += filters[index].finish(isEnd: true).flatMap(\.bytes)
      if drawn.thinking == .none, filters[index].hasThought { drawn.thinking = .marked }
    }
    // Some servers name no end; but each continuation has to have come.
    let isWhole = zip(tokens, drawn.ends).allSatisfy { $1 != nil || !$0.isEmpty }
    guard isWhole, drawn.ends.allSatisfy({ $0 != nil }) || drawn.ends.allSatisfy({ $0 == nil }) else {
      throw endpoint.error(.empty, "expected \(draw.count) continuations with an end, got fewer")
    }
    drawn.texts = texts.map { String(decoding: $0, as: UTF8.self) }
    // The token that ends a text has no bytes.
    let all = tokens.flatMap { $0 }
    let areTold = all.allSatisfy { $0.bytes.isEmpty || $0.logProbability != nil }
    drawn.hasLogProbabilities = areTold && all.contains { ($0.logProbability ?? 0) != 0 }
    drawn.hasBadLogProbabilities = !areTold && all.contains { $0.logProbability != nil }
    return drawn
  }

  /// Whether the model writes anything to the prompt that it will be shown; what it was shown is said where it does not.
  func lookAtPrompt(_ can: inout ServerAbilities) async throws {
    let prompt = settings.prompt(for: can.interface)
    let asked = Draw(
      prompt: prompt.filled(Self.question), written: "", count: 1, temperature: 0, topP: 1, maximumTokens: 8, stops: [],
      seed: 7, alternatives: 1)
    guard let drawn = try? await self.draw(asked, can), drawn.texts.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) else {
      return try Task.checkCancellation()
    }
    guard drawn.thinking == .none else { return }
    can.observe(
      "first step", "nothing is written to the prompt", "it does not suit the model: choose another with --prompt",
      isLimit: true)
  }

  /// A short problem.
  static let question =
    "Ben has 4 kites. Ben buys 3 boxes of 5 kites. Ben then loses 2 kites. How many kites does Ben have now?"
}
