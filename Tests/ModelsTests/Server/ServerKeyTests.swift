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
}
