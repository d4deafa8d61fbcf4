#if TESTABLE
  import Foundation
  import Synchronization
  import Vocabulary

  @testable import Models

  /// What servers answer.
  extension FuzzTarget {
    /// Bodies in every form and dialect; the first byte says which. What comes in pieces has to say the same as what comes at once.
    static let streams = FuzzTarget(
      "streams",
      words: [
        "data: ", "data: [DONE]\n\n", "event: error\n", "\n\n", "\r\n", ": ping\n", "\"choices\":", "\"delta\":",
        "\"content\":", "\"logprobs\":", "\"finish_reason\":", "\"stop\"", "\"length\"", "\"index\":", "\"usage\":",
        "\"completion_probabilities\":", "\"bytes\":", "\"id\":", "\"logprob\":", "\"stop_type\":", "\"timings\":",
        "\"reasoning_content\":", "<think>", "</think>", "\"error\":", "\"top_logprobs\":", "\"prompt_tokens\":",
      ], longest: 1 << 12, quick: 500
    ) { bytes in
      guard let first = bytes.first else { return }
      let interface: ServerSettings.Interface =
        switch first {
        case UInt8(ascii: "l"): .llama
        case UInt8(ascii: "c"): .chat
        default: .completions
        }
      let body = Data(bytes.dropFirst())
      let whole = Result { try AnswerReading(interface, body, piece: .max) }
      let pieces = Result { try AnswerReading(interface, body, piece: 1 + Int(first) % 7) }
      switch (whole, pieces) {
      case (.success(let a), .success(let b)):
        try FuzzFinding.require(a == b, "in pieces the answer says \(b), at once \(a)")
      case (.failure(let a), .failure(let b)):
        for error in [a, b] { try FuzzFinding.require("\(error)".count < 4_000, "a message without end") }
      case (.success(let a), .failure(let b)): throw FuzzFinding("in pieces it fails (\(b)), at once it says \(a)")
      case (.failure(let a), .success(let b)): throw FuzzFinding("at once it fails (\(a)), in pieces it says \(b)")
      }
    }

    /// URLs of servers, and keys.
    static let addresses = FuzzTarget(
      "addresses",
      words: ["http://", "https://", "@", ":", "#", "?", "/v1", "/v1/chat/completions", "[::1]", "%00", "%2F", "key="],
      longest: 1 << 9, quick: 500
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      _ = ServerModel.shown(text)
      if let key = try? ServerKey.read(text, place: "KEY") { try FuzzFinding.requireSafe(key.value) }
      let address = try ServerAddress(text)
      let url = address.url("/v1/models").absoluteString
      try FuzzFinding.requireSafe(url + address.shown + (address.authorization(nil) ?? ""))
      let call = HTTPTransport.Call(url: url, headers: [], idle: 1)
      _ = call.isOnThisMachine
      _ = address.secrets(nil).message("the key is \(text)")
    }
  }

  /// An answer's body, read as the model reads it.
  private struct AnswerReading: Equatable, CustomStringConvertible {
    var events: [DrawEvent] = []
    var samples: [String] = []

    var description: String { SafeText.quotation("\(events) \(samples)", limit: 1_000) }

    init(_ interface: ServerSettings.Interface, _ data: Data, piece: Int) throws {
      let endpoint = try Self.endpoint.made()
      var abilities = ServerAbilities(server: "s", interface: interface, model: "m")
      abilities.logProbabilities = true
      abilities.thinking = .marked
      abilities.draws = 2
      let connection = ServerConnection(endpoint: endpoint, abilities: abilities)
      var draw = Draw(
        prompt: "1 + 1?", written: "", count: 2, temperature: 1, topP: 1, maximumTokens: 64, stops: ["\n"], seed: 1,
        alternatives: 2)
      draw.thinkingTokens = 64
      let request = SampleRequest(prefix: [], maximumTokens: 64)
      var reader = SampleReader(
        draw, for: request, ModelPrompt(text: "{question}"), thinkingLimit: 64, from: connection)
      var body = AnswerBody(endpoint: "http://h", path: "/v1/completions", endpoint.secrets)
      _ = try body.feed(.head(status: 200, headers: ["content-type": "text/event-stream"]))
      var wantsMore = true
      var start = 0
      while start < data.count, wantsMore, !body.isDone {
        let end = piece < data.count - start ? start + piece : data.count
        for object in try body.feed(.data(data[start..<end])) where wantsMore {
          wantsMore = try take(object, connection, &reader)
        }
        start = end
      }
      if wantsMore, !body.isDone {
        for object in try body.finish() where wantsMore { wantsMore = try take(object, connection, &reader) }
      }
      _ = reader.line
      let found = waited { [reader] in
        var reader = reader
        return try await reader.finish { token in Array("\(token)".utf8) }
      }
      samples = try found.get().0.map { "\($0.assembler.ending.map { "\($0)" } ?? "-") \($0.assembler.bytes)" }
    }

    private mutating func take(
      _ object: JSONObject, _ connection: ServerConnection, _ reader: inout SampleReader
    ) throws -> Bool {
      events += try connection.dialect.events(object)
      return try reader.feed(object)
    }

    private static let endpoint = Result {
      ServerEndpoint(
        try ServerAddress("http://127.0.0.1:9"), key: try ServerKey.read("a-secret-key", place: "KEY"),
        http: HTTPTransport())
    }
  }
#endif
