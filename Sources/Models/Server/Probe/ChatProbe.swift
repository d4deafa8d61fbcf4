import Foundation

/// Finds out how a chat goes on with a solution that has begun: what every step of a search needs.
struct ChatProbe {
  private let endpoint: ServerEndpoint
  private let settings: ServerSettings
  private let probe: DrawProbe

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
    probe = DrawProbe(endpoint, settings)
  }

  /// Tokens of the whole answer, and of what goes on with it.
  private static let (wholeTokens, partTokens) = (160, 32)

  /// Tokens of thinking that the first whole answer may begin with where no mark has opened any: enough to meet the closing mark
  /// of what a template opened, few enough for a model that never ends its answer.
  private static let unopenedTokens = 480

  /// Has a short answer written, and then its beginning gone on with in every way until one works.
  func learn(_ can: inout ServerAbilities) async throws {
    guard
      let (whole, thinking, end) = try await written(
        "", .plain, Self.wholeTokens, can, unopened: min(Self.unopenedTokens, settings.thinkingTokens))
    else {
      can.steps = .none
      return can.observe("steps", "no answer to a short problem", "whole answers only", isLimit: true)
    }
    end?.lesson?.apply(to: &can)
    if thinking != .none, can.thinking == .none || thinking == .unopened { can.learn(thinking) }
    guard let answer = Beginning(of: whole) else {
      can.steps = .none
      return can.observe("steps", "nothing written to a short problem", "whole answers only", isLimit: true)
    }
    var refusals: [String] = []
    for way in ChatContinuing.allCases where way != .named || can.extraFields {
      guard let (text, thinking, _) = try await written(answer.text, way, Self.partTokens, can) else {
        refusals.append("refused as \(way.rawValue)")
        continue
      }
      if thinking != .none, can.thinking == .none { can.learn(thinking) }
      switch answer.judge(text) {
      case .goesOn: break
      case .unclear where try await isSteady(whole, can): break
      case .unclear, .empty, .anew:
        refusals.append("begun anew as \(way.rawValue)")
        continue
      }
      can.continuing = way
      can.steps = way.isPrefill ? .prefill : .words
      let before = refusals.isEmpty ? "" : ", after being \(refusals.joined(separator: ", "))"
      return can.observe(
        "steps", "gone on with as \(way.rawValue)\(before)",
        way.isPrefill ? "a step is the continuation of the text" : "each step is asked for in words",
        isLimit: !way.isPrefill)
    }
    can.steps = .none
    can.observe(
      "steps", refusals.joined(separator: ", "),
      "the server writes whole answers only: best of N, and rollouts as nodes", isLimit: true)
  }

  /// What follows `beginning`; nil where the server refuses to go on with it. A model that was not seen to think has no more
  /// tokens for it than `unopened`.
  private func written(
    _ beginning: String, _ way: ChatContinuing, _ tokens: Int, _ can: ServerAbilities, unopened: Int = 0
  ) async throws -> (text: String, thinking: ServerAbilities.Thinking, end: ServerEnd?)? {
    let prompt = settings.prompt(for: .chat)
    var can = can
    can.continuing = way
    let draw = Draw(
      prompt: prompt.filled(DrawProbe.question), system: prompt.system, written: beginning, count: 1, temperature: 0,
      topP: 1, maximumTokens: tokens, stops: [], seed: 7, alternatives: 1,
      thinkingTokens: can.thinking == .none ? unopened : settings.thinkingTokens, request: prompt.next)
    do {
      let drawn = try await probe.draw(draw, can)
      return (drawn.texts.first ?? "", drawn.thinking, drawn.ends.first ?? nil)
    } catch let error as ServerError {
      switch error.reason {
      case .rejected where beginning.isEmpty: throw error
      case .rejected, .shape, .empty, .failed, .contextOverflow: return nil
      default: throw error
      }
    }
  }

  /// Whether the same question has the same answer, as far as it is asked for again: another text after a beginning then means
  /// that it was read.
  private func isSteady(_ whole: String, _ can: ServerAbilities) async throws -> Bool {
    guard let again = try await written("", .plain, Self.wholeTokens, can) else { return false }
    return !again.text.isEmpty && whole.hasPrefix(again.text)
  }

  /// The beginning of an answer, and what an answer that goes on with it does not begin like.
  struct Beginning {
    /// What has been written: the answer's first line, or the first half of its only one.
    let text: String
    private let rest: String

    enum Judgement { case goesOn, anew, empty, unclear }

    /// Nil for a text without words.
    init?(of answer: String) {
      let answer = answer.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !answer.isEmpty else { return nil }
      let lines = answer.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: true)
      if lines.count > 1 {
        text = lines[0] + "\n"
        rest = String(lines[1])
        return
      }
      let words = answer.split(separator: " ", omittingEmptySubsequences: false)
      let half = max(1, words.count / 2)
      text = words.prefix(half).joined(separator: " ")
      rest = words.dropFirst(half).joined(separator: " ")
    }

    /// What a server did that wrote `continuation` after the beginning.
    func judge(_ continuation: String) -> Judgement {
      let told = Self.plain(continuation)
      if told.isEmpty { return .empty }
      let (begun, after) = (Self.plain(text), Self.plain(rest))
      if !after.isEmpty, told.hasPrefix(after.prefix(8)), !begun.hasPrefix(after.prefix(8)) { return .goesOn }
      let length = min(12, begun.count)
      return told.prefix(length) == begun.prefix(length) ? .anew : .unclear
    }

    /// Letters and digits in small, one blank between words: without numbers of steps, signs of lists and emphasis.
    private static func plain(_ text: String) -> String {
      let words = text.lowercased().split { !($0.isLetter || $0.isNumber || "+-/=#.".contains($0)) }
      return words.joined(separator: " ")
    }
  }
}
