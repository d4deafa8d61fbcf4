import Foundation
import ServerFixture
import Testing

@testable import Models

/// Keys and credentials are sent, and shown nowhere.
struct ServerKeyTests {
  private static let secret = "sk-do-not-tell"

  private func file(_ mode: Int, _ text: String = "\(secret)\n") throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "etascope-key-\(UUID().uuidString)")
    try Data(text.utf8).write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path(percentEncoded: false))
    return url.path(percentEncoded: false)
  }

  @Test(arguments: [0o600, 0o400])
  func aFileOfItsOwnersIsRead(_ mode: Int) throws {
    let path = try file(mode)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try ServerKey(file: path).value == Self.secret)
  }

  @Test(arguments: [0o640, 0o604, 0o644, 0o660])
  func aFileThatOthersMayReadIsRefusedWithItsMode(_ mode: Int) throws {
    let path = try file(mode)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: ModelError.self) { try ServerKey(file: path) }
    let words = "\(path): mode: expected 0600 (others must not read the key), found 0\(String(mode, radix: 8))"
    #expect(error?.description == words)
  }

  @Test func anEmptyOrMissingFileIsNamed() throws {
    let path = try file(0o600, " \n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: ModelError.self) { try ServerKey(file: path) }
    #expect(throws: ModelError.self) { try ServerKey(file: path + "-missing") }
  }

  @Test func theKeyIsSentAndNeverShown() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      request.headers["authorization"] == "Bearer \(Self.secret)"
        ? script.reply(to: request) : .answer(status: 401, body: #"{"error":{"message":"no key"}}"#)
    }
    let key = try #require(ServerKey(Self.secret))
    try await ServerModel(urls: [server.url], key: key).connect()
    let error = await #expect(throws: ServerError.self) { try await ServerModel(urls: [server.url]).connect() }
    #expect(error?.reason == .forbidden)
    var dumped = ""
    dump(key, to: &dumped)
    #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains(Self.secret))
  }

  @Test func credentialsInAURLAreSentAndNeverShown() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { script.reply(to: $0) }
    let url = "http://me:\(Self.secret)@127.0.0.1:\(server.port)/v1/?key=\(Self.secret)"
    let model = try ServerModel(urls: [url])
    #expect(model.urls == [server.url])
    #expect(ServerModel.shown(url) == server.url)
    try await model.connect()
    let request = try #require(server.requests.last)
    #expect(request.headers["authorization"] == "Basic " + Data("me:\(Self.secret)".utf8).base64EncodedString())
    #expect(request.path == "/completion?key=\(Self.secret)")
  }

  @Test(arguments: ["ftp://a", "http://", "http:// a", "nonsense"])
  func whatIsNoURLIsRefusedWithoutQuotingIt(_ text: String) {
    let error = #expect(throws: ModelError.self) { try ServerModel(urls: [text]) }
    #expect(error?.description == "model: expected a URL such as http://127.0.0.1:8080")
  }

  // MARK: - What a server says again

  /// What a server may do with what it was told.
  private static let echoes: [(name: String, reply: LoopbackServer.Reply)] = [
    ("a message", .answer(status: 401, body: #"{"error":{"message":"bad key \#(secret), go away"}}"#)),
    ("a message with escapes", .answer(status: 401, body: #"{"error":{"message":"bad key \u0073k-do-not-tell"}}"#)),
    ("a page", .answer(status: 500, headers: ["Content-Type": "text/html"], body: "<p>Bearer \(secret)</p>")),
    ("a page, cut in the middle of it", .answer(status: 500, body: String(repeating: "x", count: 74) + secret)),
    (
      "a long message",
      .answer(status: 400, body: #"{"error":"\#(String(repeating: "y ", count: 170))\#(secret)\#(secret)\#(secret)"}"#)
    ),
    ("a type", .answer(status: 200, headers: ["Content-Type": "text/\(secret)"], body: "no JSON")),
    ("no JSON", .answer(status: 200, body: "you said \(secret)")),
    ("an event", .events([#"{"error":{"message":"\#(secret)"}}"#])),
  ]

  @Test(arguments: echoes.indices)
  func aServerThatRepeatsTheKeyIsNotQuoted(_ index: Int) async throws {
    let server = try LoopbackServer { _ in Self.echoes[index].reply }
    var settings = ServerSettings()
    settings.attempts = 1
    for (url, key) in [
      (server.url, ServerKey(Self.secret)), ("http://me:\(Self.secret)@127.0.0.1:\(server.port)", nil),
      ("\(server.url)?key=\(Self.secret)", nil),
    ] {
      let error = await #expect(throws: ServerError.self) {
        try await ServerModel(urls: [url], settings: settings, key: key).connect()
      }
      let words = "\(error.map { "\($0)" } ?? "")"
      #expect(!words.contains("sk-do") && !words.contains("not-tell"), "\(Self.echoes[index].name): \(words)")
      #expect(!words.contains(Data("me:\(Self.secret)".utf8).base64EncodedString()))
    }
  }

  @Test func aModelsNameAndTextHoldNoKey() async throws {
    var script = CompletionsServerScript()
    script.models = ["story-\(Self.secret)-v1"]
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    let model = try ServerModel(urls: [server.url], key: ServerKey(Self.secret))
    let abilities = try await model.connect()
    #expect(model.name == "story-[secret]-v1")
    #expect(!"\(abilities)".contains(Self.secret))
  }

  /// In one piece, and letter by letter.
  @Test(arguments: [[secret], secret.map(String.init), ["sk-do", "-not-", "tell and more"]])
  func aContinuationThatIsTheKeyIsNone(_ pieces: [String]) async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      guard request.path == "/completion", request.fields["n_predict"] as? Int == 500 else {
        return script.reply(to: request)
      }
      let events = pieces.map { #"{"index":0,"content":"\#($0)","stop":false}"# }
      return .events(events + [#"{"index":0,"content":"","stop":true,"stop_type":"eos"}"#])
    }
    var settings = ServerSettings()
    (settings.attempts, settings.prompt, settings.ends) = (1, "Q: {question}\nA:\n", [])
    let model = try ServerModel(urls: [server.url], settings: settings, key: ServerKey(Self.secret))
    try await model.connect()
    let request = SampleRequest(prefix: model.prompt(for: "How many?"), maximumTokens: 500, end: .text, seed: 1)
    do {
      let result = try await model.sample([request])
      // What comes in one piece is replaced where it is read.
      #expect(pieces.count == 1 && result[0].samples[0].text == "[secret]")
    } catch let error as ServerError {
      #expect(
        error.description == "\(server.url): expected a continuation, got the key that was sent, or a part of the URL")
    }
  }

  @Test func shortWordsAreReplacedInMessagesOnly() {
    let secrets = ServerSecrets(["none", "ab", "a b/c-long"])
    #expect(secrets.message("none of ab a%20b%2Fc%2Dlong") == "[secret] of ab [secret]")
    #expect(secrets.data("none of ab, a b/c-long") == "none of ab, [secret]")
  }

  // MARK: - What a key may be

  @Test(arguments: ["a\nX-Evil: 1", "a\r\nb", "a\u{0}b", "sk-\u{7F}", "schl\u{FC}ssel", "\u{FEFF}sk"])
  func aKeyThatNoHeaderHoldsIsRefusedUnquoted(_ text: String) throws {
    #expect(ServerKey(text) == nil)
    let error = #expect(throws: ModelError.self) { try ServerKey.read(text, place: "MY_KEY") }
    #expect(error?.description == "MY_KEY: expected a key of printable ASCII characters on one line, found others")
    let path = try file(0o600, text)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: ModelError.self) { try ServerKey(file: path) }
    #expect(try ServerKey.read(" \n", place: "MY_KEY") == nil)
  }

  @Test func aLinkCountsAsWhatItLeadsTo() throws {
    let (own, open) = (try file(0o600), try file(0o644))
    let (link, other) = (own + "-link", open + "-link")
    defer { for path in [own, open, link, other] { try? FileManager.default.removeItem(atPath: path) } }
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: own)
    try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: open)
    #expect(try ServerKey(file: link).value == Self.secret)
    let error = #expect(throws: ModelError.self) { try ServerKey(file: other) }
    #expect(error?.description.contains("found 0644") == true)
  }

  @Test func aPipeIsNoKeyFile() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path(
      percentEncoded: false)
    defer { unlink(path) }
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: ModelError.self) { try ServerKey(file: path) }
    #expect(error?.description == "\(path): expected the servers' key: expected a plain file, found a pipe")
  }

  @Test(arguments: [
    "ftp://me:pw1234@a", "http://me:pw1234@b c", "htp://me:pw1234@h", "x http://me:pw1234@h",
  ])
  func aURLThatIsNoneIsNotShown(_ text: String) {
    #expect(!ServerModel.shown(text).contains("pw1234"))
  }
}
