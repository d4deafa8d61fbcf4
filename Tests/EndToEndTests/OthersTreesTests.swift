import Foundation
import ServerFixture
import Synchronization
import Testing

/// Others' trees as a new user meets them: opened, looked at, written in other forms, sent, and gone on with.
@Suite(.ownThread)
struct OthersTreesTests {
  private let scratch: Scratch
  private let workspace: String

  init() throws {
    scratch = try Scratch()
    workspace = scratch.path("w.sqlite")
  }

  /// A small file of our own making.
  private static func sample(_ name: String) -> String {
    Program.repository.appending(path: "Tests/Fuzz/Corpus/tree-\(name)").path(percentEncoded: false)
  }

  private func imported(_ name: String, _ more: String...) throws -> String {
    let done = try Program.run(["import", Self.sample(name), "--json", "--workspace", workspace] + more)
    #expect(done.code == 0, "\(done.errors)")
    return try #require((done.object?["runs"] as? [String])?.first)
  }

  private func exported(_ run: String, _ format: String) throws -> String {
    let path = scratch.path("out.\(format).json")
    let done = try Program.run(["run", "export", run, "--format", format, "-o", path, "--workspace", workspace])
    #expect(done.code == 0, "\(done.errors)")
    return path
  }

  @Test func aLogIsOpenedLookedAtAndCommitted() throws {
    let told = try Program.run(["import", Self.sample("openr/tree.json"), "--workspace", workspace])
    #expect(told.code == 0 && told.output.contains("openr\t1 new run\t0 known\t3 nodes\tdepth 2\twidest 2"))
    #expect(told.output.contains("N is 9, that of its children together 14 (kept)"))
    let run = try imported("openr/tree.json")
    for arguments in [["run", "list"], ["run", "verify"], ["run", "show", run], ["run", "replay", run]] {
      let result = try Program.run(arguments + ["--workspace", workspace])
      #expect(result.code == 0, "\(arguments): \(result.errors)")
      #expect(result.lines.allSatisfy { Program.isHarmless($0.replacing("\t", with: " ")) }, "\(arguments)")
    }
    let said = try scratch.file("said", "children\nprune\nquit\n")
    let explorer = try Program.shell("\"$0\" explore --plain --run \(run) --workspace \(workspace) < \(said)")
    #expect(explorer.code == 0 && explorer.output.contains("2 + 3 = 5"), "\(explorer.output)\(explorer.errors)")
    let committed = try Program.run(["dataset", "commit", run, "--workspace", workspace])
    #expect(committed.code == 0, "\(committed.errors)")
    let strict = try Program.run(["import", Self.sample("openr/tree.json"), "--strict", "--workspace", workspace])
    #expect(strict.code == 1 && strict.errors.contains("--strict: 1 thing is not as expected"), "\(strict.errors)")
  }

  /// From a pipe, packed or not, and several lines of which only the first megabyte comes at once.
  @Test func standardInputIsRead() throws {
    let file = Self.sample("index-paths/trees.jsonl")
    let line = try String(contentsOfFile: file, encoding: .utf8)
    let long = try scratch.file("long.jsonl", String(repeating: line, count: 2_000))
    for (number, command) in ["cat \(file)", "gzip -c \(file)", "cat \(long)", "gzip -c \(long)"].enumerated() {
      let path = scratch.path("in\(number).sqlite")
      let done = try Program.shell("\(command) | \"$0\" import - --json --workspace \(path)")
      #expect(done.code == 0 && done.object?["format"] as? String == "index-paths", "\(command): \(done.errors)")
      #expect(done.object?["read"] as? Int == (number < 2 ? 1 : 2_000) && done.object?["newRuns"] as? Int == 1)
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium"), "needs chromium"))
  func aBrowserFoldsAndFiltersThePage() throws {
    let run = try imported("openr/tree.json")
    let page = scratch.path("page.html")
    let done = try Program.run(["run", "export", run, "--format", "html", "-o", page, "--workspace", workspace])
    #expect(done.code == 0, "\(done.errors)")
    let child = try Child(
      "/usr/bin/python3", [PythonPackages.script("open_page.py"), "/usr/bin/chromium", page],
      environment: Program.environment([:]))
    #expect(child.wait() == 0, "\(child.errors.suffix(3000))")
    let found = try #require(JSONSerialization.jsonObject(with: Data(child.output.utf8)) as? [String: Any])
    #expect(found["complaints"] as? [String] == [], "\(found)")
    #expect(found["rows"] as? Int == 4 && found["folded"] as? Int == 3 && found["filtered"] as? Int == 3)
    #expect(found["all folded"] as? Int == 3 && found["count"] as? String == "1 of 4 steps")
    #expect((found["detail"] as? String)?.contains("What is 2 + 3?\n2 + 3 = 5") == true)
  }

  @Test func aForkGoesOnFromIt() throws {
    let run = try imported("openr/tree.json")
    let done = try Program.run(["run", "fork", run, "--simulations", "12", "--json", "--workspace", workspace])
    #expect(done.code == 0 && done.object?["simulations"] as? Int == 12, "\(done.errors)")
    let fork = try #require(done.object?["run"] as? String)
    #expect(try Program.run(["run", "verify", fork, "--workspace", workspace]).code == 0)
    let again = try Program.run(["run", "show", run, "--json", "--workspace", workspace])
    #expect(again.object?["simulations"] as? Int == 9, "the imported tree is as it was")
  }

  @Test func spansReachACollector() throws {
    let run = try imported("openr/tree.json")
    let bodies = Mutex<[[UInt8]]>([])
    let server = try LoopbackServer { request in
      bodies.withLock { $0.append(request.body) }
      return request.path == "/v1/traces" && request.headers["content-type"] == "application/json"
        ? .json("{}") : .answer(status: 404, body: "")
    }
    defer { server.stop() }
    let address = "http://127.0.0.1:\(server.port)/v1"
    let sent = try Program.run(["run", "export", run, "--otlp", "\(address)/traces", "--workspace", workspace])
    #expect(sent.code == 0 && sent.errors.contains("4 spans sent"), "\(sent.errors)")
    let body = Data(try #require(bodies.withLock { $0.first }))
    let spans = try #require(JSONSerialization.jsonObject(with: body) as? [String: Any])
    #expect((spans["resourceSpans"] as? [Any])?.count == 1)
    let refused = try Program.run(["run", "export", run, "--otlp", "\(address)/other", "--workspace", workspace])
    #expect(refused.code == 1 && refused.errors.contains("it was refused with status 404"), "\(refused.errors)")
    let odd = try Program.run(["run", "export", run, "--otlp", "file:///etc/passwd", "--workspace", workspace])
    #expect(odd.code == 1 && odd.errors.contains("expected an address"), "\(odd.errors)")
  }

  @Test(.enabled(if: PythonPackages.has("inspect_ai"), "needs inspect_ai: .ci/install tests"))
  func inspectReadsWhatIsWritten() throws {
    let run = try imported("openr/tree.json")
    let child = try Child(
      PythonPackages.interpreter, [PythonPackages.script("read_inspect.py"), exported(run, "inspect")],
      environment: Program.environment([:]))
    #expect(child.wait() == 0, "\(child.errors.suffix(3000))")
    let line = try #require(child.output.split(separator: "\n").last { $0.hasPrefix("{") })
    let found = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(found["status"] as? String == "success" && found["input"] as? String == "What is 2 + 3?")
    #expect(found["events"] as? [String: Int] == ["span_begin": 4, "span_end": 4, "info": 4, "anchor": 4, "branch": 1])
    #expect(found["branches"] as? [String] == ["n2"] && found["nodes"] as? [Int] == [0, 1, 3, 2])
  }

  @Test func aSearchIsSteeredFromBeside() throws {
    let problems = try scratch.file("p.jsonl", #"{"id": "p", "question": "What is 2 + 3?"}"# + "\n")
    let search = try Program.start(["search", problems, "--simulations", "100000", "--workspace", workspace])
    defer { search.signal(SIGKILL) }
    var run: String?
    let isBegun = Waiting.until {
      let list = try? Program.run(["run", "list", "--json", "--workspace", workspace])
      run = list?.object?["run"] as? String
      return run != nil
    }
    try #require(isBegun)
    let id = try #require(run)
    func control(_ words: String...) throws -> [String: Any] {
      let done = try Program.run(["control", id] + words + ["--json", "--workspace", workspace])
      return try #require(done.object, "\(done.errors)")
    }
    #expect(
      Waiting.until {
        (try? Program.run(["control", id, "status", "--workspace", workspace]))?.code == 0
      }, "it can be called")
    #expect(try control("pause")["ok"] as? Bool == true)
    #expect(Waiting.until { (try? control("status")["state"] as? String) == "paused" }, "it rests")
    let made = try #require(try control("status")["simulations"] as? Int)
    _ = try control("step", "2")
    #expect(Waiting.until { (try? control("status")["simulations"] as? Int) == made + 2 }, "two more are made")
    #expect(try control("set", "selection.exploration=2")["ok"] as? Bool == true)
    _ = try control("resume")
    #expect(Waiting.until { (try? control("status")["simulations"] as? Int) ?? 0 > made + 2 }, "it goes on")
  }
}
