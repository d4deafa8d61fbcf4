import ServerFixture

@testable import Models

/// A server with oddities on real sockets, and the model behind it.
struct OddServer {
  let server: LoopbackServer
  let model: ServerModel

  init(
    url suffix: String = "", settings: (inout ServerSettings) -> Void = { _ in }, key: ServerKey? = nil,
    _ change: (inout OddServerScript) -> Void
  ) throws {
    var script = OddServerScript()
    change(&script)
    server = try LoopbackServer { [script] in script.reply(to: $0) }
    var spoken = ServerSettings()
    (spoken.firstDelay, spoken.longestDelay, spoken.attempts) = (0.001, 0.01, 2)
    settings(&spoken)
    model = try ServerModel(urls: [server.url + suffix], settings: spoken, key: key)
  }

  /// One continuation behind `steps`.
  func sample(
    after steps: [String] = [], end: SampleRequest.End = .line, tokens: Int = 64, count: Int = 1
  ) async throws -> Sample {
    let prefix = model.prompt(for: "How many?") + steps.flatMap { model.tokenize($0) }
    let result = try await model.sample([
      SampleRequest(prefix: prefix, count: count, maximumTokens: tokens, end: end, seed: 3)
    ])
    return result[0].samples[0]
  }

  /// What was seen of `subject`.
  func seen(_ subject: String) -> [ServerObservation] {
    (model.abilities?.observations ?? []).filter { $0.subject == subject }
  }

  /// Requests that drew something.
  var drawn: [LoopbackServer.Request] { server.requests.filter { $0.path.hasSuffix("completions") } }

  static let lines = [
    "3 * 5 = 15 kites are bought.\n", "4 + 15 = 19 kites are there.\n", "19 - 2 = 17 are left.\n", "#### 17\n",
  ]
}
