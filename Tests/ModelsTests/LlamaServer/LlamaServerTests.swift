import Foundation
import Testing

@testable import Models

/// The life of a server that etascope starts for a GGUF file.
struct LlamaServerTests {
  private func message(_ server: LlamaServer) async -> String {
    do {
      try await server.ready()
      return "ready"
    } catch {
      return "\(error)"
    }
  }

  /// 503 means that the model is being loaded.
  @Test func itIsReadyWhenTheModelIsLoaded() async throws {
    let fake = try FakeServer("serve([503, 503, 200])")
    let server = try fake.start()
    try await server.ready()
    #expect(server.failure == nil)
    let pid = try #require(server.pid)
    server.stop()
    #expect(await eventually { kill(pid, 0) != 0 })
    #expect(await message(server) == "\(fake.file.path): its server was ended")
    #expect(fake.logs == [], "messages of a server that did not fail are not kept")
  }

  @Test func itIsStartedOnceMoreAtTheSamePlace() async throws {
    let fake = try FakeServer("print('listening', flush=True)\nserve([200])")
    let server = try fake.start()
    try await server.ready()
    let first = try #require(server.pid)
    kill(first, SIGKILL)
    #expect(await eventually { server.pid.map { $0 != first } ?? false })
    try await server.ready()
    kill(try #require(server.pid), SIGKILL)
    #expect(await eventually { server.failure != nil })
    let said = await message(server)
    #expect(
      said.hasPrefix(
        "\(fake.file.path): llama-server ended with signal 9 after it had been started again: listening (all messages: "
      ), "\(said)")
    #expect(fake.logs.count == 1)
  }

  /// What it says last is shown, without what would drive a terminal.
  @Test func aDeathAtTheStartIsExplained() async throws {
    let fake = try FakeServer(
      "print('out of the way')\nsys.stderr.write('loading\\nerror: \\x1b[2Jno such tensor\\n\\n')\nsys.exit(7)")
    let server = try fake.start()
    let said = await message(server)
    #expect(
      said.hasPrefix(
        "\(fake.file.path): llama-server ended with exit code 7 while it started: error: \u{FFFD}[2Jno such tensor"),
      "\(said)")
    #expect(server.pid == nil)
  }

  @Test func oneThatNeverAnswersIsEnded() async throws {
    let fake = try FakeServer("time.sleep(600)")
    let server = try fake.start(answer: .milliseconds(400))
    let said = await message(server)
    #expect(said.hasPrefix("\(fake.file.path): its server does not answer on its port after 0.4 seconds"), "\(said)")
    #expect(server.pid == nil)
    #expect(fake.processes.isEmpty)
  }

  /// A wrapper's own children go as well, and so does one that does not listen to a polite request.
  @Test func whatItStartedGoesWithIt() async throws {
    let fake = try FakeServer(
      """
      import signal
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      child = subprocess.Popen(["sleep", "600"], preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN))
      open(folder + "/child", "w").write(str(child.pid))
      serve([200])
      """)
    var server: LlamaServer? = try fake.start()
    try await server?.ready()
    let pids = [try #require(server?.pid), try #require(fake.number(in: "child"))]
    server = nil
    for pid in pids { #expect(await eventually { kill(pid, 0) != 0 }, "the object is gone, and \(pid) lives on") }
  }

  @Test func theThreadThatStartsItHoldsIt() async throws {
    let fake = try FakeServer("serve([200])")
    let process = TiedProcess()
    let port = try #require(LoopbackPort())
    let words = try fake.command.words(serving: fake.file, port: port.number, slots: 1)
    let log = fake.folder.appending(path: "log").path(percentEncoded: false)
    let thread = Thread { try? process.start(words, environment: [:], log: log) }
    thread.start()
    #expect(await eventually { process.wait(nowait: true)?.words == "signal 9" }, "the kernel kills it with its thread")
  }

  /// Writes down what it was started with, and answers only who knows its key.
  private static let locked = """
    key = os.environ["LLAMA_API_KEY"]
    with open(folder + "/key", "a") as file: file.write(key + "\\n")
    with open(folder + "/words", "a") as file: file.write(" ".join(sys.argv))
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            isKnown = self.path == "/health" or self.headers.get("Authorization") == "Bearer " + key
            self.send_response(200 if isKnown else 401)
            self.end_headers()
            self.wfile.write(b'{"data": [{"id": "locked"}], "total_slots": 1}' if isKnown else b'{"error": "locked"}')
        def log_message(self, *_):
            pass
    http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
    """

  @Test func eachServerHasARandomKeyOfItsOwnThatNoCommandLineShows() async throws {
    let fake = try FakeServer(Self.locked)
    for _ in 0..<2 {
      let server = try fake.start()
      try await server.ready()
      let endpoint = ServerEndpoint(
        try ServerAddress(server.url.absoluteString), key: server.key, http: HTTPTransport())
      #expect(try await endpoint.object(ServerRequest(get: "/v1/models"), idle: 60).has("data"))
      let stranger = ServerEndpoint(try ServerAddress(server.url.absoluteString), key: nil, http: HTTPTransport())
      let error = await #expect(throws: ServerError.self) {
        try await stranger.object(ServerRequest(get: "/v1/models"), idle: 60)
      }
      #expect(error?.reason == .forbidden)
      server.stop()
    }
    let text = try String(contentsOf: fake.folder.appending(path: "key"), encoding: .utf8)
    let keys = text.split(separator: "\n")
    #expect(keys.count == 2 && keys[0] != keys[1] && keys.allSatisfy { $0.count > 40 })
    let words = try String(contentsOf: fake.folder.appending(path: "words"), encoding: .utf8)
    #expect(!keys.contains { words.contains($0) })
  }

  @Test func aServerThatSaysItsKeyAtItsEndIsNotQuoted() async throws {
    let fake = try FakeServer("sys.exit('bad key ' + os.environ['LLAMA_API_KEY'])")
    let server = try fake.start()
    let words = await message(server)
    #expect(words.contains(": bad key [secret] ("), "\(words)")
  }

  @Test func aKeyThatTheCommandNamesIsTheOneThatIsSent() throws {
    let fake = try FakeServer("serve([200])")
    let program = fake.folder.appending(path: "llama-server").path(percentEncoded: false)
    let file = fake.folder.appending(path: "keys").path(percentEncoded: false)
    try Data("of-a-file\nanother\n".utf8).write(to: URL(filePath: file))
    for (words, key) in [("", nil), (" --api-key one,two", "one"), (" --api-key-file \(file)", "of-a-file")] {
      let command = try LlamaCommand(program + words, environment: ["LLAMA_API_KEY": "of somebody else"])
      #expect(command.key == key && command.environment["LLAMA_API_KEY"] == nil)
    }
    #expect(throws: ModelError.self) { try LlamaCommand(program + " --api-key-file /no/such/file") }
  }

  @Test func aProgramThatCannotBeStartedIsNamed() async throws {
    let fake = try FakeServer("")
    let program = fake.folder.appending(path: "broken")
    try Data("#!/no/such/interpreter\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path(percentEncoded: false))
    let server = try LlamaServer(
      fake.file, command: LlamaCommand(program.path(percentEncoded: false)), logs: fake.folder)
    #expect(
      await message(server) == "\(program.path(percentEncoded: false)): cannot be started: No such file or directory")
  }
}

/// What is refused before anything is started.
struct LlamaCommandTests {
  @Test(arguments: [
    ("", "expected a GGUF file"), ("GGU", "expected a GGUF file"), ("PK\u{3}\u{4}\0\0\0\0", "expected a GGUF file"),
    ("GGUF\u{1}\0\0\0", "version: expected GGUF version 2 or 3, found 1"),
    ("GGUF\0\0\0\u{3}", "version: expected GGUF version 2 or 3, found 50331648"),
  ])
  func filesOfAnotherKind(_ content: String, _ said: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gguf")
    try Data(content.utf8).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    #expect { try GGUFFile(path.path(percentEncoded: false)) } throws: {
      "\($0)".hasPrefix("\(path.path(percentEncoded: false)): \(said)")
    }
  }

  @Test func noFileAndAFolder() throws {
    #expect { try GGUFFile("/no/such.gguf") } throws: { "\($0)" == "/no/such.gguf: there is no such file" }
    #expect { try GGUFFile("/tmp") } throws: { "\($0)" == "/tmp: expected a GGUF file, found a folder" }
  }

  @Test(arguments: [nil, "no-such-llama-server -c 512", "/tmp", "/no/such/llama-server"])
  func aMissingServerSaysHowToGetOne(_ text: String?) {
    #expect {
      try LlamaCommand(text, environment: ["PATH": "/no/such/folder"])
    } throws: {
      "\($0)".hasPrefix(
        (text ?? "llama-server").split(separator: " ")[0] + ": no such program in PATH; install llama.cpp")
    }
  }

  @Test func theCommandsOwnOptionsStay() throws {
    let fake = try FakeServer("")
    let program = fake.folder.appending(path: "llama-server").path(percentEncoded: false)
    let address = ["-m", fake.file.path, "--host", "127.0.0.1", "--port", "4711"]
    let plain = try LlamaCommand(program)
    #expect(plain.words(serving: fake.file, port: 4711, slots: 3) == [program, "-np", "3", "-c", "12288"] + address)
    let chosen = try LlamaCommand("\(program) --parallel 8 -c 512")
    #expect(
      chosen.words(serving: fake.file, port: 4711, slots: 3) == [program, "--parallel", "8", "-c", "512"] + address)
  }

  @Test func aSmallFileHasMoreSlots() throws {
    let fake = try FakeServer("")
    #expect(fake.file.slots == 8)
    let large = fake.folder.appending(path: "large.gguf").path(percentEncoded: false)
    let link = fake.folder.appending(path: "link.gguf").path(percentEncoded: false)
    try Data(Array("GGUF".utf8) + [3, 0, 0, 0]).write(to: URL(filePath: large))
    // No byte of it is on the disk.
    #expect(truncate(large, 1 << 30) == 0)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: large)
    #expect(try GGUFFile(large).slots == 4)
    #expect(try GGUFFile(link).slots == 4)
  }

  @Test func settingsOfOurOwnAndKeysAreNotHandedOn() throws {
    let command = try LlamaCommand(
      "sh", environment: ["PATH": "/bin", "LLAMA_API_KEY": "secret", "ETASCOPE_SEED": "1", "HOME": "/home/ada"])
    #expect(command.environment == ["PATH": "/bin", "HOME": "/home/ada", "OMP_WAIT_POLICY": "passive"])
  }
}
