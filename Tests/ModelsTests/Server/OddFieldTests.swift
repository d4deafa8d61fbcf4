import Foundation
import ServerFixture
import Testing

@testable import Models

/// Fields that a server does not take: left out one by one, remembered and said.
struct OddFieldTests {
  static let openAI =
    #"{"error":{"message":"Unsupported parameter: 'FIELD' is not supported with this model.","param":"FIELD"}}"#
  static let refusals: [(status: Int, body: String)] = [
    (400, openAI), (422, #"{"detail":[{"loc":["body","FIELD"],"msg":"extra fields not permitted"}]}"#),
    (400, #"{"error":"Unknown parameter: FIELD"}"#), (400, #"{"message":"property 'FIELD' is unsupported"}"#),
    (500, #"{"error":{"message":"unexpected keyword argument 'FIELD'"}}"#),
    (400, #"{"error":{"message":"Bad Request"}}"#), (422, "Unprocessable Entity"),
  ]
  static let fields: [RequestField] = [
    .topK, .presencePenalty, .frequencyPenalty, .logProbabilities, .seed, .topP, .temperature, .streamOptions, .stream,
  ]

  @Test(arguments: fields, refusals.indices)
  func aRefusedFieldIsLeftOut(_ field: RequestField, _ style: Int) async throws {
    let isChat = style % 2 == 1
    let odd = try OddServer {
      $0.hasChat = isChat
      $0.hasCompletions = !isChat
      $0.refused = [field.rawValue: Self.refusals[style]]
    }
    let can = try await odd.model.connect()
    #expect(can.refused.contains(field.rawValue))
    // What was left out for nothing is sent again.
    let extras = RequestField.extras.map(\.rawValue)
    #expect(can.refused.filter { !extras.contains($0) } == (extras.contains(field.rawValue) ? [] : [field.rawValue]))
    #expect(odd.seen(field.rawValue).count == 1)
    #expect(try await odd.sample().text == OddServer.lines[0])
    #expect(odd.drawn.last?.fields[field.rawValue] == nil)
  }

  @Test func maxCompletionTokensIsSentWhereItIsWanted() async throws {
    for isChat in [true, false] {
      let odd = try OddServer {
        $0.hasChat = isChat
        $0.hasCompletions = !isChat
        $0.refused = [
          "max_tokens": (
            400,
            #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."}}"#
          )
        ]
      }
      try await odd.model.connect()
      #expect(try await odd.sample(tokens: 50).text == OddServer.lines[0])
      let fields = try #require(odd.drawn.last?.fields)
      #expect((fields["max_tokens"] as? Int, fields["max_completion_tokens"] as? Int) == (nil, 50))
    }
  }

  @Test func severalAtOnceAsReasoningModelsHaveIt() async throws {
    let odd = try OddServer {
      $0.hasChat = true
      $0.hasCompletions = false
      for name in ["max_tokens", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "top_k", "min_p"]
      {
        $0.refused[name] = (400, Self.openAI)
      }
      $0.onlyTakes = ["temperature": "1", "top_p": "1", "n": "1"]
    }
    let can = try await odd.model.connect()
    #expect(!can.sends(.temperature) && !can.sends(.topP) && can.draws == 1)
    #expect(!can.logProbabilities)
    #expect(try await odd.sample(count: 3).text == OddServer.lines[0])
    #expect(odd.seen("temperature").count == 1)
  }

  @Test(arguments: ["stop", "n"])
  func stopsAndCountsAreDoneHereThen(_ field: String) async throws {
    let odd = try OddServer { $0.refused = [field: (400, Self.openAI)] }
    try await odd.model.connect()
    #expect(try await odd.sample(count: 2).text == OddServer.lines[0])
    #expect(odd.drawn.suffix(2).allSatisfy { $0.fields[field] == nil })
  }

  /// Taken when the server was probed, refused later.
  @Test(arguments: ["temperature", "seed", "logprobs", "top_p", "stop"])
  func aRefusalInTheMiddleOfARun(_ field: String) async throws {
    let script = OddServerScript()
    let server = try LoopbackServer { request in
      var script = script
      if request.fields["max_tokens"] as? Int == 64 { script.refused = [field: (400, Self.openAI)] }
      return script.reply(to: request)
    }
    let model = try ServerModel(urls: [server.url])
    try await model.connect()
    for _ in 0..<2 {
      let drawn = try await model.sample([SampleRequest(prefix: model.prompt(for: "?"), maximumTokens: 64)])
      #expect(drawn[0].samples[0].text == OddServer.lines[0])
    }
    let sent = server.requests.filter { $0.fields["max_tokens"] as? Int == 64 }
    #expect(sent.count(where: { $0.fields[field] != nil }) <= 1, "it is not sent twice")
    #expect(model.abilities?.refused == (sent.contains { $0.fields[field] != nil } ? [field] : []))
  }

  /// What is wrong with a value is not cured by another field, and nothing is asked for ever.
  @Test func aLimitThatIsTooGreatIsRefused() async throws {
    let odd = try OddServer { $0.onlyTakes = [:] }
    try await odd.model.connect()
    let before = odd.server.requests.count
    #expect(RequestField.named("", "max_tokens is too large: 9000 > 4096") == nil)
    #expect(RequestField.named("", "Unrecognized request argument supplied: n") == .count)
    #expect(RequestField.named("", "please stop sending n requests") == nil)
    #expect(RequestField.named("body.top_k", "extra fields not permitted") == .topK)
    #expect(RequestField.named("", "`temperature` and `top_p` cannot both be specified") == .topP)
    #expect(odd.server.requests.count == before)
  }
}
