import Foundation
import ServerFixture
import Testing

/// The program with models behind URLs.
@Suite(.ownThread)
struct ServerTests {
  private func server(_ script: LlamaServerScript = LlamaServerScript()) throws -> LoopbackServer {
    try LoopbackServer { script.reply(to: $0) }
  }

  private static let secret = "sk-do-not-tell"

  @Test func doctorTellsWhatAServerCanDoAndWhatIsWrong() throws {
    let server = try server()
    let gone = try self.server()
    gone.stop()
    let scratch = try Scratch()
    let config = try scratch.file("c.toml", "[server]\nattempts = 1\n")
    let result = try Program.run([
      "doctor", "--json", "--config", config, "--model", server.url, "--rollout-model", gone.url, "--workspace",
      scratch.path("w.sqlite"),
    ])
    #expect(result.code == 1)
    let servers = result.objects.filter { $0["part"] as? String == "server" }
    #expect(servers.map { $0["verdict"] as? String } == ["works", "missing"])
    let details = servers.compactMap { $0["detail"] as? String }
    #expect(details[0].hasPrefix("policy: \(server.url): story: llama-server llama, log-probabilities, several draws"))
    #expect(details[1] == "rollout: \(gone.url): expected a server, the connection was refused")
  }

  /// A line for each oddity: what was seen, and what follows.
  @Test func doctorNamesEachOddity() throws {
    var script = OddServerScript()
    script.hasChat = true
    (script.hasCompletions, script.finish, script.logprob) = (false, #""because""#, "null")
    (script.prefill, script.thinking) = (.refused, .field("reasoning_content", "Let me see. 4 and 15."))
    script.refused = ["temperature": (400, #"{"error":{"message":"Unsupported parameter: 'FIELD'"}}"#)]
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    let scratch = try Scratch()
    let doctor = [
      "doctor", "--model", server.url + "/v1/chat/completions#odd", "--workspace", scratch.path("w.sqlite"),
    ]
    let told = try Program.run(doctor + ["--json"])
    let probes = told.objects.filter { $0["part"] as? String == "probe" }
    let seen = Dictionary(
      probes.map { ($0["subject"] as? String ?? "", $0["seen"] as? String ?? "") },
      uniquingKeysWith: { first, _ in first })
    #expect(seen["temperature"] == "refused")
    #expect(seen["finish_reason"] == "because")
    #expect(seen["/props"] == "not there (status 404)")
    #expect(seen["thinking"] == "in a field of its own")
    #expect(seen["log-probabilities"] == "not told")
    #expect(seen["steps"]?.hasPrefix("gone on with as history, after being refused as") == true, "\(seen)")
    #expect(probes.allSatisfy { ($0["detail"] as? String)?.hasPrefix("policy: ") == true })
    let lines = try Program.run(doctor).output
    #expect(
      lines.contains("probe       limited  policy: temperature: refused; the server's own temperature"), "\(lines)")
  }

  /// What a server lacks ends nothing, and is said once.
  @Test func aSearchSaysWhatItsServerLacks() throws {
    var script = OddServerScript()
    script.laterLogprob = "null"
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    let scratch = try Scratch()
    let result = try Program.run([
      "search", Program.problems("easy"), "--first", "2", "--simulations", "3", "--model", server.url, "--prompt",
      "plain",
      "--workspace", scratch.path("w.sqlite"),
    ])
    #expect(result.code == 0, "\(result.errors)")
    let said = result.errors.split(separator: "\n").filter { $0.contains("policy: log-probabilities: ") }
    #expect(said.count == 1 && said[0].contains("no priors, no labels"), "\(result.errors)")
    let prompts = server.requests.compactMap { $0.fields["prompt"] as? String }
    #expect(!prompts.contains { $0.hasPrefix("Question: Ben") }, "the chosen prompt is sent")
    #expect(!result.output.contains("from a cache"), "of a cache that nobody tells of nothing is known")
  }

  /// Where a prompt has answers stand is where they are read: by the engine, rollouts, critics that vote, and reports.
  @Test func anAnswerBehindThePromptsOwnWordsIsRead() throws {
    var script = OddServerScript()
    script.solution = "3 * 5 = 15 Drachen.\n4 + 15 = 19 Drachen.\n19 - 2 = 17 bleiben.\nErgebnis: 17\n"
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    let scratch = try Scratch()
    let problems = try scratch.file(
      "p.jsonl", #"{"id": "p", "question": "Wie viele Drachen bleiben?", "answer": "17"}"# + "\n")
    let plain = try scratch.file("plain.toml", "prompt = \"{question}\\n\"\n")
    let own = try scratch.file("own.toml", "prompt = \"{question}\\n\"\nanswers = [\"Ergebnis:\"]\n")
    func search(_ prompt: String, _ workspace: String) throws -> [String: Any] {
      let result = try Program.run([
        "search", problems, "--simulations", "6", "--model", server.url, "--prompt", prompt, "--json", "--workspace",
        scratch.path(workspace),
      ])
      #expect(result.code == 0, "\(result.errors)")
      return try #require(result.objects.first)
    }
    let unread = try search(plain, "plain.sqlite")
    #expect(unread["answer"] is NSNull || unread["answer"] == nil)
    let read = try search(own, "own.sqlite")
    #expect(read["answer"] as? String == "17" && read["correct"] as? Bool == true, "\(read)")
    let run = try #require(read["run"] as? String)
    let workspace = ["--workspace", scratch.path("own.sqlite")]
    let shown = try Program.run(["run", "export", run, "--format", "json"] + workspace).output
    #expect(shown.contains(#""answerMarkers":["Ergebnis:"]"#) && shown.contains(#""terminal":"answer""#), "\(shown)")
    #expect(try Program.run(["run", "verify"] + workspace).code == 0)
    let rated = try Program.run([
      "evaluate", problems, "--seeds", "1", "--methods", "greedy,majority", "--budgets", "2", "--model", server.url,
      "--prompt", own, "--json",
    ])
    #expect(rated.code == 0, "\(rated.errors)")
    #expect(rated.objects.compactMap { $0["accuracy"] as? Double } == [1, 1], "\(rated.output)")
  }

  @Test func evaluateAndTheExplorerSayWhatTheServerLacks() throws {
    var script = OddServerScript()
    script.logprob = nil
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    let lacks = "policy: log-probabilities: not told; no priors, no labels, no ends by uncertainty"
    let result = try Program.run([
      "evaluate", Program.problems("easy"), "--first", "1", "--seeds", "1", "--simulations", "2", "--model", server.url,
      "--prompt", "plain",
    ])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.split(separator: "\n").filter { $0 == lacks }.count == 1, "\(result.errors)")
    let session = try ExplorerSession()
    try session.open("--model \(server.url) --prompt plain")
    try session.wait("what the server lacks") { $0.text.contains(lacks.prefix(60)) }
    try session.quit()
  }

  @Test func aSearchOverTwoURLsIsKeptAndVerifiesAndTellsNoKey() throws {
    let script = LlamaServerScript()
    let servers = try (0..<2).map { _ in
      try LoopbackServer { request in
        request.headers["authorization"] == "Bearer \(Self.secret)"
          ? script.reply(to: request) : .answer(status: 401, body: #"{"error":{"message":"no key"}}"#)
      }
    }
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let models = servers.flatMap { ["--model", $0.url] }
    let search = ["search", Program.problems("easy"), "--first", "4", "--simulations", "6", "--json"]
    let refused = try Program.run(search + models + ["--workspace", workspace])
    #expect(refused.code == 1)
    #expect(refused.message?.hasSuffix("expected status 200, got 401: no key") == true)
    #expect(!FileManager.default.fileExists(atPath: workspace))
    let state = scratch.path("state")
    let done = try Program.run(
      search + models + ["--workspace", workspace, "--log-level", "trace"],
      environment: ["ETASCOPE_API_KEY": Self.secret, "XDG_STATE_HOME": state])
    #expect(done.code == 0, "\(done.errors)")
    #expect(done.objects.map { $0["simulations"] as? Int } == [6, 6, 6, 6])
    let runs = done.objects.compactMap { $0["run"] as? String }
    for run in runs {
      let verified = try Program.run(["run", "verify", run, "--workspace", workspace])
      #expect(verified.code == 0 && verified.output.contains("agrees"))
    }
    let shown = try Program.run(["run", "show", runs[0], "--workspace", workspace])
    #expect(shown.output.contains("| policy.server | llama-server llama, log-probabilities"))
    let export = try Program.run(["run", "export", runs[0], "--format", "json", "--workspace", workspace])
    var kept = [done.output, done.errors, shown.output, export.output].joined()
    for file in try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path(percentEncoded: false)) {
      let data = FileManager.default.contents(atPath: scratch.path(file)) ?? Data()
      kept += String(decoding: data, as: UTF8.self)
    }
    #expect(!kept.contains(Self.secret))
  }

  /// Neither the person's name, password and query, nor what a server repeats of them.
  @Test func whatAURLHoldsBesidesItsPlaceIsKeptNowhere() throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      request.headers["authorization"]?.hasPrefix("Basic ") == true && request.path.hasSuffix("?token=t0ken99")
        ? script.reply(to: request) : .answer(status: 401, body: #"{"error":{"message":"not with \#(request.path)"}}"#)
    }
    let scratch = try Scratch()
    let workspace = scratch.path("w.sqlite")
    let url = "http://ana:pa55word@127.0.0.1:\(server.port)/?token=t0ken99"
    let environment = ["XDG_STATE_HOME": scratch.path("state")]
    var told = ""
    func run(_ arguments: [String], code: Int32 = 0) throws -> Program.Outcome {
      let result = try Program.run(arguments + ["--workspace", workspace], environment: environment)
      #expect(result.code == code, "\(arguments): \(result.errors)")
      told += result.output + result.errors
      return result
    }
    let search = ["search", Program.problems("easy"), "--first", "1", "--simulations", "4"]
    let done = try run(search + ["--json", "--log-level", "trace", "--model", url])
    let id = try #require(done.objects.first?["run"] as? String)
    _ = try run(search + ["--model", url.replacing("?", with: "?x=1&")], code: 1)
    _ = try run(["doctor", "--model", url])
    _ = try run(["run", "show", id])
    for format in ["json", "otlp", "html"] {
      _ = try run(["run", "export", id, "--format", format])
    }
    for file in try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path(percentEncoded: false)) {
      told += String(decoding: FileManager.default.contents(atPath: scratch.path(file)) ?? Data(), as: UTF8.self)
    }
    for secret in ["ana:", "pa55word", "t0ken99", Data("ana:pa55word".utf8).base64EncodedString()] {
      #expect(!told.contains(secret), "\(secret)")
    }
  }

  @Test func aKeyFileThatOthersMayReadIsRefused() throws {
    let scratch = try Scratch()
    let key = try scratch.file("key", Self.secret)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    let config = try scratch.file("c.toml", "[server]\nkey-file = \"\(key)\"\n")
    let result = try Program.run([
      "search", Program.problems("easy"), "--config", config, "--model", "http://127.0.0.1:1", "--workspace",
      scratch.path("w.sqlite"),
    ])
    #expect(result.code == 2)
    #expect(result.message?.contains("\(key): mode: expected 0600") == true)
  }

  @Test(arguments: [
    ("[server]\ninterface = \"soap\"\n", "server.interface: expected one of auto, llama, completions, chat"),
    ("[server]\nprompt = \"no place\"\n", "server.prompt: expected a text with {question} in it"),
    ("[server]\nattempts = 0\n", "server.attempts: expected a number from 1 to 100"),
    ("[server]\nspeed = 9\n", "server.speed: expected one of"),
    ("[rollout-server]\nends = [3]\n", "rollout-server.ends: expected a list of texts"),
    ("prompt = \"poem\"\n", "--prompt: expected a file, or one of boxed, chat, few-shot, plain; found 'poem'"),
    ("thinking-tokens = -1\n", "--thinking-tokens: expected a whole number from 0 to 1,000,000, found '-1'"),
  ])
  func aServersTableIsChecked(_ text: String, _ words: String) throws {
    let scratch = try Scratch()
    let config = try scratch.file("c.toml", text)
    let url = "http://127.0.0.1:1"
    let result = try Program.run([
      "search", Program.problems("easy"), "--config", config, "--model", url, "--rollout-model", url, "--workspace",
      scratch.path("w.sqlite"),
    ])
    #expect(result.code == 2)
    #expect(result.message?.contains(words) == true, "\(result.errors)")
  }
}
