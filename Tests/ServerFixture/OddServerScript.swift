import Foundation

/// Answers as servers in the field do, oddities included: each is a property, so that a test is a few values.
///
/// Its model writes one solution, word by word, and goes on with it wherever it is.
public struct OddServerScript: Sendable {
  /// What the model writes, whatever it is asked.
  public var solution = "3 * 5 = 15 kites are bought.\n4 + 15 = 19 kites are there.\n19 - 2 = 17 are left.\n#### 17\n"
  /// What paths answer that are not here; nil for 404.
  public var missing: LoopbackServer.Reply?
  /// What other paths answer, by path.
  public var others: [String: LoopbackServer.Reply] = [:]
  /// Ids of the models; nil where there is no list.
  public var models: [String]? = ["odd"]
  /// What stands before `/completions` and the others.
  public var prefix = "/v1"
  /// Whether it has `completions`, and `chat/completions`.
  public var (hasCompletions, hasChat) = (true, false)
  /// Fields that it refuses: the status and the body; `FIELD` in it becomes the field's name.
  public var refused: [String: (status: Int, body: String)] = [:]
  /// Values that it refuses, as JSON has them, by field: as `refused`.
  public var onlyTakes: [String: String] = [:]
  /// What ends an answer, as JSON: of the text, and of one that is cut at its limit.
  public var (finish, cut) = (#""stop""#, #""length""#)
  /// How an answer is sent.
  public var form = Form.events
  /// Its content type; nil for none.
  public var type: String? = "text/event-stream"
  /// Whether `[DONE]` ends a stream.
  public var saysDone = true
  /// What comes before, between and after its chunks: whole events or lines.
  public var (before, between, after) = ([String](), [String](), [String]())
  /// How a chunk says `TEXT`, a quoted string, as JSON; nil for the interface's usual way.
  public var chunk: String?
  /// The last chunk as JSON, with `FINISH` for what ends the answer; nil for the usual one.
  public var last: String?
  /// The log-probability of each word as JSON; nil where none is told.
  public var logprob: String? = "-0.5"
  /// The log-probability from the fourth word on, as JSON.
  public var laterLogprob: String?
  /// What the model thinks before it writes, and where.
  public var thinking = Thinking.none
  /// Requests with an assistant's message at their end.
  public var prefill = Going.goesOn
  /// Requests that ask for the next step in words, behind the assistant's message, and in one message.
  public var (history, inline) = (Going.goesOn, Going.goesOn)
  /// Most tokens of a prompt that are read; more are cut without a word.
  public var context: Int?
  /// Asks for this key.
  public var key: String?

  /// How an answer is sent.
  public enum Form: Sendable { case events, lines, whole }
  /// Where thinking stands.
  public enum Thinking: Sendable {
    case none
    /// In the text.
    case text(String)
    /// In a field of the message.
    case field(String, String)
    /// As JSON that `said` stands in.
    case json(String)
  }
  /// What is done with an answer that has begun.
  public enum Going: Sendable { case goesOn, anew, refused, nothing }

  /// A server without oddities that speaks OpenAI's interface.
  public init() {}

  /// The answer to `request`.
  public func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
    let path = String(request.path.prefix { $0 != "?" })
    if let key, request.headers["authorization"] != "Bearer \(key)" {
      return .answer(status: 401, body: #"{"error":{"message":"no such key"}}"#)
    }
    if let other = others[path] { return other }
    switch path {
    case prefix + "/models":
      guard let models else { break }
      let listed = models.map { #"{"id":"\#($0)","object":"model","owned_by":"library"}"# }
      return .json(#"{"object":"list","data":[\#(listed.joined(separator: ","))]}"#)
    case prefix + "/completions" where hasCompletions: return refusal(request.fields) ?? completion(request.fields, nil)
    case prefix + "/chat/completions" where hasChat:
      return refusal(request.fields) ?? chat(request.fields)
    default: break
    }
    return missing ?? .answer(status: 404, body: #"{"detail":"Not Found"}"#)
  }

  private func refusal(_ fields: [String: Any]) -> LoopbackServer.Reply? {
    for name in fields.keys.sorted() {
      var refusal = refused[name]
      if let taken = onlyTakes[name], Self.json(fields[name]) != taken {
        refusal = (400, #"{"error":{"message":"Unsupported value: 'FIELD' only takes the default","param":"FIELD"}}"#)
      }
      if let refusal {
        return .answer(status: refusal.status, body: refusal.body.replacingOccurrences(of: "FIELD", with: name))
      }
    }
    return nil
  }

  private static func json(_ value: Any?) -> String {
    (value as? Double).map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "\(value ?? "null")"
  }

  private func chat(_ fields: [String: Any]) -> LoopbackServer.Reply {
    let messages = fields["messages"] as? [[String: Any]] ?? []
    let last = messages.last?["content"] as? String ?? ""
    let written = messages.last { $0["role"] as? String == "assistant" }?["content"] as? String
    let going: Going
    if messages.last?["role"] as? String == "assistant" {
      going = prefill
    } else if written != nil {
      going = history
    } else if last.contains("The solution so far:") {
      going = inline
    } else {
      return completion(fields, "")
    }
    switch going {
    case .goesOn: return completion(fields, written ?? Self.quoted(last))
    case .anew: return completion(fields, "")
    case .refused:
      return .answer(
        status: 400, body: #"{"error":{"message":"Conversation roles must alternate user/assistant/user"}}"#)
    case .nothing: return completion(fields, solution)
    }
  }

  /// The steps that stand in one message with the question.
  private static func quoted(_ message: String) -> String {
    let steps = message.components(separatedBy: "so far:\n").last ?? ""
    return steps.components(separatedBy: "\n\n")[0] + "\n"
  }

  /// Goes on behind `written`, or behind the prompt's end where that is nil.
  private func completion(_ fields: [String: Any], _ written: String?) -> LoopbackServer.Reply {
    let prompt = fields["prompt"] as? String ?? Self.text(fields["messages"])
    let rest = Self.rest(of: solution, after: written ?? prompt)
    let isChat = written != nil
    var words = Self.words(isChat && !rest.isEmpty ? thought + rest : rest)
    let limit = fields["max_tokens"] as? Int ?? fields["max_completion_tokens"] as? Int ?? Int.max
    var isCut = words.count > limit
    words = Array(words.prefix(limit))
    for stop in fields["stop"] as? [String] ?? [] {
      if let at = words.firstIndex(where: { $0.contains(stop) }) {
        words = words[..<at] + [words[at].components(separatedBy: stop)[0]]
        isCut = false
      }
    }
    let count = fields["n"] as? Int ?? 1
    let tells = fields["logprobs"] != nil && (fields["logprobs"] as? Bool != false)
    let isStream = form != .whole && fields["stream"] as? Bool == true
    let told = (0..<count).map { choices(words, $0, isChat: isChat, isCut: isCut, tells: tells, isStream: isStream) }
    let usage =
      #"{"prompt_tokens":\#(min(Self.words(prompt).count, context ?? .max)),"completion_tokens":\#(words.count)}"#
    if !isStream {
      let all = told.map { $0[0] }.joined(separator: ",")
      return .pieces([#"{"id":"1","choices":[\#(all)],"usage":\#(usage)}"#], type: type)
    }
    var events: [String] = []
    for (at, choice) in told.joined().enumerated() {
      if at > 0 { events += between }
      events.append(#"{"id":"1","choices":[\#(choice)]}"#)
    }
    if let last { events[events.count - 1] = last.replacingOccurrences(of: "FINISH", with: isCut ? cut : finish) }
    events.append(#"{"id":"1","choices":[],"usage":\#(usage)}"#)
    let body = before + events + after + (saysDone ? ["[DONE]"] : [])
    return .pieces(body.map { form == .lines ? $0 + "\n" : Self.event($0) }, type: type)
  }

  /// Lines of an event stream stay as they are; JSON becomes an event.
  private static func event(_ text: String) -> String {
    text.hasPrefix("{") || text.hasPrefix("[") ? "data: \(text)\n\n" : text + "\n\n"
  }

  /// What a choice says: chunk by chunk, or in one.
  private func choices(
    _ words: [String], _ index: Int, isChat: Bool, isCut: Bool, tells: Bool, isStream: Bool
  ) -> [String] {
    let place = isChat ? (isStream ? "delta" : "message") : nil
    func choice(_ text: String, _ logprobs: String, _ end: String, thought: String = "") -> String {
      let quoted = LlamaServerScript.quoted(text)
      let said =
        chunk?.replacingOccurrences(of: "TEXT", with: quoted)
        ?? place.map { #""\#($0)":{"role":"assistant","content":\#(quoted)}"# } ?? #""text":\#(quoted)"#
      let all = thought.isEmpty ? said : #""\#(place ?? "delta")":\#(thought)"#
      return #"{"index":\#(index),\#(all),"logprobs":\#(logprobs),"finish_reason":\#(end)}"#
    }
    let end = isCut ? cut : finish
    var chunks: [String] = []
    switch thinking {
    case .field(let name, let text) where isChat:
      chunks = Self.words(text).map {
        choice("", "null", "null", thought: #"{"\#(name)":\#(LlamaServerScript.quoted($0)),"content":null}"#)
      }
    case .json(let json) where isChat: chunks = [choice("", "null", "null", thought: json)]
    default: break
    }
    guard isStream else {
      let logprobs = words.enumerated().map { logprob(at: $0.offset) ?? "null" }
      let told = tells && logprob != nil ? Self.told(words, logprobs, isChat) : "null"
      return [choice(words.joined(), told, end)]
    }
    for (at, word) in words.enumerated() {
      let told = (tells ? logprob(at: at) : nil).map { Self.told([word], [$0], isChat) } ?? "null"
      chunks.append(choice(word, told, "null"))
    }
    return chunks + [choice("", "null", end)]
  }

  private var thought: String { if case .text(let text) = thinking { text } else { "" } }

  private func logprob(at word: Int) -> String? { word >= 3 ? laterLogprob ?? logprob : logprob }

  private static func told(_ words: [String], _ values: [String], _ isChat: Bool) -> String {
    let quoted = words.map(LlamaServerScript.quoted)
    if isChat {
      let all = zip(quoted, values).map {
        #"{"token":\#($0),"logprob":\#($1),"top_logprobs":[{"token":\#($0),"logprob":\#($1)},{"token":"a","logprob":-3}]}"#
      }
      return #"{"content":[\#(all.joined(separator: ","))]}"#
    }
    let top = zip(quoted, values).map { #"{\#($0):\#($1),"a":-3}"# }
    return #"{"tokens":[\#(quoted.joined(separator: ","))],"token_logprobs":[\#(values.joined(separator: ","))],"#
      + #""top_logprobs":[\#(top.joined(separator: ","))]}"#
  }

  private static func text(_ messages: Any?) -> String {
    (messages as? [[String: Any]] ?? []).compactMap { $0["content"] as? String }.joined(separator: "\n")
  }

  /// What of `solution` is left where as much of it as possible stands at the end of `text`.
  private static func rest(of solution: String, after text: String) -> String {
    let end = solution.indices.reversed().first { text.hasSuffix(solution[...$0]) }
    return end.map { String(solution[solution.index(after: $0)...]) } ?? solution
  }

  /// Words with the blank before them, and line breaks.
  private static func words(_ text: String) -> [String] {
    text.reduce(into: [String]()) { words, character in
      if character == " " || character == "\n" || words.last == "\n" || words.isEmpty {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
    }
  }
}
