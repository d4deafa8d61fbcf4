/// OpenAI's `/v1/completions`, as vLLM, SGLang, llama-server, Ollama and others speak it.
struct CompletionsDialect: ServerDialect {
  /// What the server was found to do.
  let can: ServerAbilities

  func request(_ draw: Draw) throws -> ServerRequest {
    var fields = OpenAIFields.common(draw, can)
    fields["prompt"] = draw.text
    if can.logProbabilities { fields["logprobs"] = draw.alternatives }
    return try ServerRequest(post: "/v1/completions", can.taken(fields))
  }

  func events(_ object: JSONObject) throws -> [DrawEvent] {
    try CompletionTokens.choices(object).flatMap { index, choice in
      var said = ChatContent.Said()
      said.take(choice)
      return try CompletionTokens.events(choice, index, said)
    } + CompletionTokens.usage(object)
  }
}

/// OpenAI's `/v1/chat/completions`: the prompt is the user's message, what was written so far the assistant's, which it goes
/// on with.
struct ChatDialect: ServerDialect {
  /// What the server was found to do.
  let can: ServerAbilities

  func request(_ draw: Draw) throws -> ServerRequest {
    var fields = OpenAIFields.common(draw, can)
    if can.logProbabilities { (fields["logprobs"], fields["top_logprobs"]) = (true, draw.alternatives) }
    var messages: [[String: Any]] = draw.system.isEmpty ? [] : [["role": "system", "content": draw.system]]
    can.continuing.add(draw, to: &messages, &fields)
    fields["messages"] = messages
    return try ServerRequest(post: "/v1/chat/completions", can.taken(fields))
  }

  func events(_ object: JSONObject) throws -> [DrawEvent] {
    try CompletionTokens.choices(object).flatMap { index, choice in
      var said = ChatContent.Said()
      // Most servers say it in one of two places, some in the choice itself.
      for place in ["delta", "message"] where choice.has(place) {
        if let fields = choice.fields[place] as? [String: Any] {
          said.take(JSONObject(file: choice.file, path: place, fields: fields))
        }
      }
      if said.isEmpty { said.take(choice) }
      return try CompletionTokens.events(choice, index, said)
    } + CompletionTokens.usage(object)
  }
}

/// How a chat is made to go on with an answer that has begun, in the order in which the ways are tried.
enum ChatContinuing: String, Sendable, Hashable, CaseIterable {
  /// The assistant's message comes last, with vLLM's and SGLang's word that it goes on.
  case named
  /// The assistant's message comes last.
  case plain
  /// The assistant's message comes last, marked as a beginning: DeepSeek's and Mistral's.
  case marked
  /// The assistant's message, and then the user's that asks for the next step.
  case history
  /// The question, the steps so far and the request in one message of the user's.
  case inline

  /// Whether the server continues the text itself.
  var isPrefill: Bool { [.named, .marked, .plain].contains(self) }

  /// Adds the messages of `draw`, and the fields that the way needs.
  func add(_ draw: Draw, to messages: inout [[String: Any]], _ fields: inout [String: Any]) {
    if draw.written.isEmpty { return messages.append(["role": "user", "content": draw.prompt]) }
    guard self != .inline else {
      let steps = draw.prompt + "\n\nThe solution so far:\n" + draw.written
      messages.append([
        "role": "user", "content": steps + (draw.written.hasSuffix("\n") ? "\n" : "\n\n") + draw.request,
      ])
      return
    }
    messages.append(["role": "user", "content": draw.prompt])
    var answer: [String: Any] = ["role": "assistant", "content": draw.written]
    if self == .marked { answer["prefix"] = true }
    messages.append(answer)
    if self == .named { (fields["continue_final_message"], fields["add_generation_prompt"]) = (true, false) }
    if self == .history { messages.append(["role": "user", "content": draw.request]) }
  }
}

/// What requests to both of OpenAI's interfaces hold.
enum OpenAIFields {
  static func common(_ draw: Draw, _ can: ServerAbilities) -> [String: Any] {
    var fields: [String: Any] = [
      "model": can.model, "max_tokens": draw.mostTokens, "temperature": draw.temperature, "top_p": draw.topP,
      "stream": true, "presence_penalty": 0, "frequency_penalty": 0, "stream_options": ["include_usage": true],
      // What vLLM and SGLang understand beyond OpenAI's interface: no default of the server's bends the distribution.
      "top_k": -1, "min_p": 0, "repetition_penalty": 1,
    ]
    if can.honoursSeed { fields["seed"] = Int(draw.seed) }
    if draw.count > 1 { fields["n"] = draw.count }
    if !draw.stops.isEmpty {
      fields["stop"] = draw.stops
      // The stop text is kept.
      if can.extraFields { (fields["include_stop_str_in_output"], fields["no_stop_trim"]) = (true, true) }
    }
    return fields
  }
}
