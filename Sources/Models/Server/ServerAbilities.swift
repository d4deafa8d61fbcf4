/// What a server was found to do when it was probed.
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
  /// Whether it takes fields that OpenAI's interface does not have.
  public var extraFields = false
  /// Tokens besides the drawn one whose log-probabilities may be asked for.
  public var alternatives = 1

  /// Nothing but names.
  init(server: String, interface: ServerSettings.Interface, model: String) {
    self.server = server
    self.interface = interface
    self.model = model
  }

  /// True where a server that tells `other` of itself tells the same as this one did: nothing need be tried out again.
  func isTold(_ other: ServerAbilities) -> Bool {
    (server, interface, model, weights) == (other.server, other.interface, other.model, other.weights)
      && (contextLength, slots) == (other.contextLength, other.slots)
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
    return [
      "\(server) \(interface.rawValue)", logProbabilities ? "log-probabilities" : "no log-probabilities",
      draws > 1 ? "several draws a request" : "one draw a request", stop,
      honoursSeed ? "seed" : "seed ignored", score, context,
    ].joined(separator: ", ")
  }
}
