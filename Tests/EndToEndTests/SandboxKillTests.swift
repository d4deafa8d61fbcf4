import Foundation
import ServerFixture
import Testing

/// Programs that a model wrote end with etascope, however that ends.
@Suite(.ownThread)
struct SandboxKillTests {
  /// Every process below `pid`, however far, as `PID STARTED`: numbers are used again.
  private func descendants(of pid: pid_t) -> Set<String> {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
    let parents = Dictionary(all.map { ($0, Self.fields($0)) }, uniquingKeysWith: { first, _ in first })
    var found: Set<pid_t> = [pid]
    while true {
      let more = parents.filter {
        !found.contains($0.key) && $0.value.count > 19 && found.contains(pid_t($0.value[1]) ?? 0)
      }
      if more.isEmpty { break }
      found.formUnion(more.keys)
    }
    found.remove(pid)
    return Set(found.map { "\($0) \(parents[$0]?[19] ?? "")" })
  }

  /// What stands behind a process's name in its `stat`: state, parent, …, start time.
  private static func fields(_ pid: pid_t) -> [Substring] {
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return stat.split(separator: ")").last?.split(separator: " ") ?? []
  }

  private func isGone(_ process: String) -> Bool {
    let parts = process.split(separator: " ")
    let fields = Self.fields(pid_t(parts[0]) ?? 0)
    return fields.count < 20 || fields[19] != parts[1]
  }

  @Test func aKillEndsThem() throws {
    var script = OddServerScript()
    script.solution = "```python\nimport time\ntime.sleep(1000)\n```\n#### 4\n"
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    let scratch = try Scratch()
    let problems = try scratch.file("p.jsonl", #"{"id": "p", "question": "How many?", "answer": "4"}"# + "\n")
    let program = try Program.start([
      "search", problems, "--simulations", "50", "--model", server.url, "--critics", "python=1", "--workspace",
      scratch.path("w.sqlite"), "--prompt", "plain",
    ])
    var cage: Set<String> = []
    let isInside = Waiting.until {
      cage = descendants(of: program.pid)
      return cage.contains { process in
        let words = FileManager.default.contents(atPath: "/proc/\(process.prefix { $0 != " " })/cmdline") ?? Data()
        return words.starts(with: Array("/usr/bin/python3\0-I".utf8))
      }
    }
    #expect(isInside, "\(program.errors)")
    // Its guard, bubblewrap twice, the interpreter.
    #expect(cage.count >= 4)
    // They would end by themselves at the limit of ten seconds: they have to be gone before a shorter time is over.
    let clock = try Child("/bin/sleep", ["7"], environment: [:])
    program.signal(SIGKILL)
    program.wait()
    _ = Waiting.until { cage.allSatisfy(isGone) || Self.fields(clock.pid).first == "Z" }
    #expect(Self.fields(clock.pid).first != "Z")
    for process in cage { #expect(isGone(process), "\(process) lives on") }
  }
}
