/// What a server was found to do when it was probed, and what its answers have shown since.
public struct ServerAbilities: Sendable, Hashable {
  /// What becomes of a stop text.
  public enum Stops: String, Sendable, Hashable {
    /// It stays in the answer.
    case kept
    /// It is cut off and named.
    case named
    /// It is cut off, and the answer looks as if the model had ended its text: this side cuts instead.
    case silent
  }

  /// How the probability of a given continuation is found out.
  public enum Scoring: String, Sendable, Hashable {
    /// By a request that echoes its prompt.
    case echo
    /// By a grammar that leaves one token at each place.
    case grammar
    /// By SGLang's `/generate`, which tells the log-probabilities of its prompt.
    case generate
    /// Not at all.
    case none
  }

  /// How a solution that has begun is gone on with.
  public enum Steps: String, Sendable, Hashable {
    /// The server continues a text.
    case continues
    /// A chat goes on with the answer that it is given the beginning of.
    case prefill
    /// A chat is asked for the next step in words.
    case words
    /// Not at all: every answer is a whole one.
    case none
  }

  /// Where the model's thinking stands.
  public enum Thinking: String, Sendable, Hashable {
    /// None was seen.
    case none
    /// In the text, between marks.
    case marked
    /// In the text, up to a closing mark: the server's template opened it.
    case unopened
    /// In fields of its own.
    case apart
  }

  /// What kind of server it is.
  public var server: String
  /// The interface that is used.
  public var interface: ServerSettings.Interface
  /// The model's id.
  public var model: String
  /// What tells these weights from others, as far as the server says.
  public var weights = ""
  /// Most tokens of prompt and continuation; nil where the server does not tell.
  public var contextLength: Int?
  /// Whether the server was caught reading no more than ``contextLength`` tokens of a longer prompt, without a word.
  public var cutsPrompts = false
  /// Number of token ids; nil where the server does not tell.
  public var vocabularySize: Int?
  /// Requests that the server works on at once; nil where it does not tell.
  public var slots: Int?
  /// Whether it tells the log-probabilities of what it draws.
  public var logProbabilities = false
  /// Whether the same seed gives the same text.
  public var honoursSeed = false
  /// Continuations in one request.
  public var draws = 1
  /// What becomes of stop texts.
  public var stops = Stops.silent
  /// How a given continuation is scored.
  public var scoring = Scoring.none
  /// Tokens besides the drawn one whose log-probabilities may be asked for.
  public var alternatives = 1
  /// Most probable tokens that are told where a label is read among them; 0 where no label can be read.
  public var labelTokens = 0
  /// How a solution that has begun is gone on with.
  public var steps = Steps.continues
  /// Where the model's thinking stands.
  public var thinking = Thinking.none
  /// Fields of requests that the server refuses and that are left out.
  public var refused: [String] = []
  /// What was seen and what follows from it, in the order in which it was seen.
  public var observations: [ServerObservation] = []
  /// How a chat is made to go on.
  var continuing = ChatContinuing.plain
  /// Whether answers say how they end.
  var namesEnds = true

  /// Nothing but names.
  init(server: String, interface: ServerSettings.Interface, model: String) {
    self.server = server
    self.interface = interface
    self.model = model
  }

  /// Whether its model is given a text to go on with, rather than a chat's turns.
  public var goesOnWithTexts: Bool { interface == .llama || interface == .completions }

  /// Whether it takes fields that OpenAI's interface does not have.
  public var extraFields: Bool {
    interface != .llama && [RequestField.topK, .minP, .repetitionPenalty].contains { sends($0) }
  }

  /// Whether labels can be read: what True/False critics need.
  public var readsLabels: Bool { logProbabilities && labelTokens > 0 }

  /// True where a server that tells `other` of itself tells the same as this one did: nothing need be tried out again.
  func isTold(_ other: ServerAbilities) -> Bool {
    (server, interface, model, weights) == (other.server, other.interface, other.model, other.weights)
      && (cutsPrompts || other.cutsPrompts || contextLength == other.contextLength) && slots == other.slots
  }

  /// One line for people: the kind of server, then what it can do and what not.
  public var summary: String {
    let context = contextLength.map { "context \($0)" } ?? "context unknown"
    let stop =
      switch stops {
      case .kept: "stop texts kept"
      case .named: "stop texts named"
      case .silent: "stops cut here"
      }
    let score =
      switch scoring {
      case .echo: "scores by echo"
      case .grammar: "scores by grammar"
      case .generate: "scores by /generate"
      case .none: "no scoring of given text"
      }
    let goesOn: [String] =
      switch steps {
      case .continues: []
      case .prefill: ["goes on from a beginning"]
      case .words: ["asked for each step in words"]
      case .none: ["whole answers only"]
      }
    return [
      "\(server) \(interface.rawValue)", logProbabilities ? "log-probabilities" : "no log-probabilities",
      draws > 1 ? "several draws a request" : "one draw a request", stop,
      honoursSeed ? "seed" : "seed ignored", score, context,
    ].joined(separator: ", ") + (goesOn + (thinking == .none ? [] : ["thinks"])).map { ", " + $0 }.joined()
  }
}
