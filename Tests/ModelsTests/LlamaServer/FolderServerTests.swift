import Foundation
import ServerFixture
import Testing

@testable import Models

/// Trained folders behind servers: started for a command of the user's, or loaded by a server that runs.
struct FolderServerTests {
  private let folder: URL

  init() throws {
    // A name that a shell would make something else of.
    folder = FileManager.default.temporaryDirectory.appending(path: "serve $(touch oops) '\(UUID().uuidString)'")
    try FileManager.default.createDirectory(at: folder.appending(path: "v1"), withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: folder.appending(path: "v1/models"))
  }

  /// Python's file server answers `/v1/models` with the file of that name.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func aCommandServesAFolderForAsLongAsItIsHeld() async throws {
    let command = "/usr/bin/python3 -m http.server {port} --bind 127.0.0.1 --directory {model}"
    var server: FolderServer? = try FolderServer(command, serving: folder.path(percentEncoded: false), logs: folder)
    try await server?.ready()
    let url = try #require(server?.url)
    let body = try await Self.body(of: url + "/v1/models")
    #expect(body == "{}")
    server = nil
    // Gone with the object; the port is then nobody's.
    var answers = true
    for _ in 0..<600 where answers {
      answers = (try? await Self.body(of: url + "/v1/models")) != nil
      if answers { try await Task.sleep(for: .milliseconds(50)) }
    }
    #expect(!answers)
  }

  @Test func aCommandThatEndsSaysHow() async throws {
    let server = try FolderServer(
      "echo no {model} on {port} >&2; exit 3", serving: folder.path(percentEncoded: false), logs: folder)
    let error = await #expect(throws: ModelError.self) { try await server.ready() }
    #expect(error?.description.contains("its server ended with exit code 3 while it started") == true)
  }

  @Test func aCommandNeedsItsPlaces() {
    for command in ["vllm serve {model}", "vllm serve --port {port}", ""] {
      #expect(throws: ModelError.self) { try FolderServer(command, serving: "m", logs: folder) }
    }
  }

  @Test func anAdapterIsLoadedUnderItsName() async throws {
    let server = try LoopbackServer { request in
      guard request.path == "/v1/load_lora_adapter", request.fields["lora_path"] as? String == "/models/r 1" else {
        return .answer(status: 404, body: "{}")
      }
      return .answer(status: 200, body: "Success: LoRA adapter 'r-1' added successfully.")
    }
    let reached = try await RuntimeAdapter.load("r-1", from: "/models/r 1", on: server.url + "#base", key: nil)
    #expect(reached == server.url + "#r-1")
    #expect(server.requests.last?.fields["lora_name"] as? String == "r-1")
  }

  @Test(arguments: [
    (404, "{\"detail\":\"Not Found\"}", "VLLM_ALLOW_RUNTIME_LORA_UPDATING"),
    (400, "{\"message\":\"the rank 64\\u001b[31m is too large\"}", "status 400"),
  ])
  func aRefusalIsToldInItsWords(_ status: Int, _ body: String, _ expected: String) async throws {
    let server = try LoopbackServer { _ in .answer(status: status, body: body) }
    let error = await #expect(throws: ModelError.self) {
      try await RuntimeAdapter.load("r-1", from: "/m", on: server.url, key: nil)
    }
    #expect(error?.description.contains(expected) == true)
    #expect(error?.description.contains("\u{1B}") == false)
  }

  @Test func whatIsLoadedAlreadyIsTaken() async throws {
    let server = try LoopbackServer { _ in
      .answer(status: 400, body: "{\"message\":\"The lora adapter 'r-1' has already been loaded.\"}")
    }
    #expect(try await RuntimeAdapter.load("r-1", from: "/m", on: server.url, key: nil) == server.url + "#r-1")
  }

  private static func body(of url: String) async throws -> String {
    var data = Data()
    let http = HTTPTransport()
    defer { withExtendedLifetime(http) {} }
    for try await event in http.events(.init(url: url, headers: [], body: nil, idle: 5)) {
      if case .data(let more) = event { data += more }
    }
    return String(decoding: data, as: UTF8.self)
  }
}
