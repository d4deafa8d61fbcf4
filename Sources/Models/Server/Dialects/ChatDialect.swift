/// OpenAI's `/v1/chat/completions`: the prompt is the user's message, what was written so far the assistant's, which it goes
/// on with.
struct ChatDialect: ServerDialect {
  let model: String
  /// What the server was found to do.
  let can: ServerAbilities

  func request(_ draw: Draw) throws -> ServerRequest {
    var messages = [["role": "user", "content": draw.prompt]]
    if !draw.written.isEmpty { messages.append(["role": "assistant", "content": draw.written]) }
    var fields: [String: Any] = [
      "model": model, "max_tokens": draw.maximumTokens, "temperature": draw.temperature, "top_p": draw.topP,
      "stream": true, "presence_penalty": 0, "frequency_penalty": 0,
    ]
    if can.extraFields {
      fields.merge(CompletionsDialect.extraFields(stops: draw.stops)) { $1 }
      if !draw.written.isEmpty {
        (fields["continue_final_message"], fields["add_generation_prompt"]) = (true, false)
      }
    } else if !draw.written.isEmpty {
      messages.append(["role": "user", "content": ServerPrompt.goOn])
    }
    fields["messages"] = messages
    if can.honoursSeed { fields["seed"] = Int(draw.seed) }
    if draw.count > 1 { fields["n"] = draw.count }
    if can.logProbabilities { (fields["logprobs"], fields["top_logprobs"]) = (true, draw.alternatives) }
    if !draw.stops.isEmpty { fields["stop"] = draw.stops }
    return try ServerRequest(post: "/v1/chat/completions", fields)
  }

  func events(_ object: JSONObject) throws -> [DrawEvent] {
    guard object.has("choices") else { throw object.error("choices", "expected an array") }
    var events: [DrawEvent] = []
    for choice in try object.objects("choices") {
      let index = try choice.integer("index", in: 0...1023, default: 0)
      let said = choice.has("delta") ? try choice.object("delta") : try choice.object("message")
      let text = said.has("content") ? try said.string("content") : ""
      events += try CompletionTokens.read(choice, text: text).map { .token(index: index, $0) }
      if choice.has("finish_reason") { events.append(.end(index: index, try CompletionTokens.end(choice))) }
    }
    return events + (try CompletionTokens.usage(object))
  }
}
