import Foundation

/// A field of OpenAI's requests that not every server takes: the table of what can be left out, in the order in which it is
/// tried where a server does not say what it objects to.
enum RequestField: String, CaseIterable, Sendable, Hashable {
  case keepsStop = "include_stop_str_in_output"
  case keepsStopToo = "no_stop_trim"
  case topK = "top_k"
  case minP = "min_p"
  case repetitionPenalty = "repetition_penalty"
  case streamOptions = "stream_options"
  case presencePenalty = "presence_penalty"
  case frequencyPenalty = "frequency_penalty"
  case topLogProbabilities = "top_logprobs"
  case logProbabilities = "logprobs"
  case seed = "seed"
  case count = "n"
  case topP = "top_p"
  case temperature = "temperature"
  case stop = "stop"
  case maximumTokens = "max_tokens"
  case maximumCompletionTokens = "max_completion_tokens"
  case stream = "stream"

  /// Those that OpenAI's interface does not have.
  static let extras: [RequestField] = [.keepsStop, .keepsStopToo, .topK, .minP, .repetitionPenalty]

  /// What follows where the field is left out.
  var follows: String {
    switch self {
    case .keepsStop, .keepsStopToo: "stop texts are put back or cut here"
    case .topK, .minP, .repetitionPenalty: "the server's own default may bend what is drawn"
    case .presencePenalty, .frequencyPenalty: "the server's own penalty, if any, bends what is drawn"
    case .streamOptions: "the server may not tell what its prompts cost"
    case .topLogProbabilities: "no labels are read and no uncertainty is known"
    case .logProbabilities: "no log-probabilities: no priors, no labels, no ends by uncertainty"
    case .seed: "runs cannot be repeated draw by draw"
    case .count: "one draw a request"
    case .topP: "the whole distribution is drawn from"
    case .temperature: "the server's own temperature is drawn at, whatever is asked for"
    case .stop: "stops are cut here"
    case .maximumTokens: "max_completion_tokens is sent instead"
    case .maximumCompletionTokens: "nothing limits an answer but this side"
    case .stream: "an answer is read when it is whole"
    }
  }

  /// The field that a refusal is about: `parameter` where the server names it, else the one that its message names.
  static func named(_ parameter: String, _ message: String) -> RequestField? {
    let last = parameter.split(whereSeparator: { ".[]/ ".contains($0) }).last.map(String.init) ?? ""
    var found: RequestField?
    if let field = RequestField(rawValue: last) {
      found = field
    } else {
      var first = message.endIndex
      for field in allCases {
        if let at = field.place(in: message), at < first { (found, first) = (field, at) }
      }
    }
    // Where both are refused together, the temperature matters more.
    if found == .temperature, topP.place(in: message) != nil { found = .topP }
    guard found == .maximumTokens || found == .maximumCompletionTokens else { return found }
    return isRefusal(message) ? found : nil
  }

  /// A limit may be refused for its value, which another field would not change.
  private static func isRefusal(_ message: String) -> Bool {
    let text = message.lowercased()
    let words = [
      "max_completion_tokens", "unsupported", "not supported", "unrecognized", "unrecognised", "unknown", "unexpected",
      "deprecated", "extra", "not permitted", "not allowed", "forbidden", "instead", "invalid field",
    ]
    return words.contains(where: text.contains)
  }

  /// Where `message` names the field: as a whole word, and one that is also plain English only where it is marked.
  private func place(in message: String) -> String.Index? {
    var rest = message[...]
    while let range = rest.range(of: rawValue) {
      let before = message[..<range.lowerBound]
      let after = message[range.upperBound...]
      func joins(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
      }
      if !joins(before.last), !joins(after.first), !isPlainWord || Self.marks(before, after) {
        return range.lowerBound
      }
      rest = after
    }
    return nil
  }

  private var isPlainWord: Bool { [.seed, .count, .stop, .stream].contains(self) }

  private static func marks(_ before: Substring, _ after: Substring) -> Bool {
    if let quote = before.last, "'\"`([.".contains(quote) { return true }
    let said = before.lowercased()
    let names =
      ["field ", "field: ", "fields: ", "parameter ", "parameter: ", "parameters: ", "parameter(s): "]
      + [
        "argument ", "argument: ", "arguments: ", "argument(s): ", "property ", "key ", "option ", "inputs: ", "keys: ",
      ]
    return names.contains(where: said.hasSuffix)
      || (said.hasSuffix(": ") && (after.isEmpty || ",.".contains(after.first ?? "x")))
      || (before.isEmpty && (after.first == " " || after.first == ":"))
      || (after.first == "=" || after.hasPrefix(" > 1") || after.hasPrefix(" must"))
  }
}

extension ServerAbilities {
  /// `fields` as this server takes them.
  func taken(_ fields: [String: Any]) -> [String: Any] {
    var taken = fields.filter { !refused.contains($0.key) }
    let most = RequestField.maximumCompletionTokens.rawValue
    if refused.contains(RequestField.maximumTokens.rawValue), !refused.contains(most) {
      taken[most] = fields[RequestField.maximumTokens.rawValue]
    }
    if taken["logprobs"] == nil { taken["top_logprobs"] = nil }
    if taken["stream"] as? Bool != true { taken["stream_options"] = nil }
    return taken
  }

  /// Whether `field` is still sent.
  func sends(_ field: RequestField) -> Bool {
    if field == .maximumCompletionTokens, !refused.contains(RequestField.maximumTokens.rawValue) { return false }
    return !refused.contains(field.rawValue)
  }

  /// Leaves `field` out from now on, and takes note of what follows.
  mutating func drop(_ field: RequestField) {
    refused.append(field.rawValue)
    switch field {
    case .logProbabilities: (logProbabilities, labelTokens) = (false, 0)
    case .topLogProbabilities: labelTokens = 0
    case .seed: honoursSeed = false
    case .count: draws = 1
    case .stop: stops = .silent
    default: break
    }
    observe(field.rawValue, "refused", field.follows, isLimit: !RequestField.extras.contains(field))
  }

  /// Sends `field` again.
  mutating func restore(_ field: RequestField) {
    refused.removeAll { $0 == field.rawValue }
    observations.removeAll { $0.subject == field.rawValue }
    switch field {
    case .logProbabilities: logProbabilities = true
    case .seed: honoursSeed = true
    default: break
    }
  }
}
