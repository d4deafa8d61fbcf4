import Synchronization

/// Something that an answer shows of its server after the probe; thrown where the request has to be sent again otherwise.
enum ServerLesson: Error, Sendable, Hashable {
  /// A field of requests is refused that was taken before.
  case refuses(RequestField)
  /// A log-probability is missing or none: what `found` says.
  case noLogProbabilities(found: String)
  /// The model thinks.
  case thinks(ServerAbilities.Thinking)
  /// The model thought for longer than it may.
  case thoughtTooLong(limit: Int)
  /// No more than so many tokens of a longer prompt were read.
  case cutsPrompts(at: Int)
  /// An answer ended with this word, which means `meaning`.
  case ending(word: String, meaning: String)

  /// Changes `can` by what was learned.
  func apply(to can: inout ServerAbilities) {
    switch self {
    case .refuses(let field):
      if can.sends(field) { can.drop(field) }
    case .noLogProbabilities(let found):
      guard can.logProbabilities else { return }
      can.logProbabilities = false
      can.observe("log-probabilities", found, "the search goes on without log-probabilities", isLimit: true)
    case .thinks(let thinking):
      guard can.thinking == .none || (thinking == .unopened && can.thinking == .marked) else { return }
      can.learn(thinking)
    case .thoughtTooLong(let limit):
      can.observe(
        "thinking", "went on for more than \(limit) tokens", "it was cut and nothing was written; see thinking-tokens",
        isLimit: true)
    case .cutsPrompts(let length):
      guard !can.cutsPrompts else { return }
      (can.cutsPrompts, can.contextLength) = (true, length)
      can.observe(
        "prompt", "cut to \(length) tokens without a word", "that is taken for the context's length", isLimit: true)
    case .ending(let word, let meaning): can.observe("finish_reason", word, meaning)
    }
  }

  /// What is said where the lesson was learned before and changes nothing.
  var words: String {
    switch self {
    case .refuses(let field): "\(field.rawValue): refused, though it is not sent"
    case .thinks: "expected a step, got thinking again"
    case .noLogProbabilities, .thoughtTooLong, .cutsPrompts, .ending: "expected another answer"
    }
  }
}

extension ServerEnd {
  /// What an unusual ending teaches; nil for the usual ones.
  var lesson: ServerLesson? {
    switch self {
    case .unknown(let word): .ending(word: word, meaning: "not known; taken for the end of the text")
    case .filtered(let word): .ending(word: word, meaning: "a filter ended the text")
    case .brokenOff(let word): .ending(word: word, meaning: "what had come was kept")
    case .endOfText, .stop, .length: nil
    }
  }
}

extension ServerAbilities {
  /// Takes note of where thinking stands.
  mutating func learn(_ thinking: Thinking) {
    self.thinking = thinking
    let place =
      switch thinking {
      case .none: "none"
      case .marked: "between marks in the text"
      case .unopened: "in the text, up to a closing mark"
      case .apart: "in a field of its own"
      }
    if thinking != .none {
      observe("thinking", place, "it is kept apart, counted and limited; stops are cut here")
    }
  }
}

/// What is known of a server while it is spoken to.
final class ServerFacts: Sendable {
  private let state: Mutex<ServerAbilities>
  private let prompts = Mutex(PromptGrowth())

  init(_ abilities: ServerAbilities) { state = Mutex(abilities) }

  /// What it can do, as far as is known now.
  var abilities: ServerAbilities { state.withLock { $0 } }

  /// Takes note of a lesson; true where it changes what is known.
  @discardableResult
  func learn(_ lesson: ServerLesson) -> Bool {
    state.withLock { can in
      let before = can
      lesson.apply(to: &can)
      return can != before
    }
  }

  /// Takes note of how many tokens the server read of `text`; the number where it cannot have read all of it.
  func read(_ text: String, tokens: Int) -> Int? { prompts.withLock { $0.read(text, tokens: tokens) } }

  /// Whether prompts of `length` bytes have to be counted: each time they have grown by a half since the last time.
  func isCountDue(_ length: Int) -> Bool { prompts.withLock { $0.isDue(length) } }
}
