import Foundation
import Testing

@testable import Critics

/// The sandbox on this machine. Where it has none, its reason is all that can be tested.
@Suite("Sandbox")
struct SandboxTests {
  /// One second of processor time; whatever else the machine does, each program gets it.
  private static let patient = provider(wallSeconds: 30)
  /// For programs that wait for nothing.
  private static let impatient = provider(wallSeconds: 2)

  private static func provider(wallSeconds: Int) -> SandboxProvider {
    var limits = SandboxLimits()
    limits.processorSeconds = 1
    limits.wallSeconds = wallSeconds
    limits.memoryBytes = 128 << 20
    return SandboxProvider(limits: limits, atOnce: 6)
  }

  private func sandbox(_ provider: SandboxProvider = patient) async throws -> Sandbox {
    switch await provider.find() {
    case .works(let sandbox): return sandbox
    case .missing(let why):
      Issue.record("this machine has no sandbox: \(why)")
      throw SandboxError(why)
    }
  }

  @Test("a harmless program runs, reads its own text only and says what it printed")
  func harmless() async throws {
    let result = try await sandbox().run("import math\nprint(math.comb(10, 3), len(input.__name__))")
    #expect(result == SandboxResult(ending: .finished, output: "120 5\n"))
  }

  @Test("every hostile program is stopped, and the verdict names what stopped it")
  func hostile() async throws {
    let (patient, impatient) = (try await sandbox(), try await sandbox(Self.impatient))
    #expect(HostileProgram.all.count >= 60)
    let verdicts = await withTaskGroup(of: (Int, String).self) { group in
      for (index, hostile) in HostileProgram.all.enumerated() {
        group.addTask {
          do {
            let result = try await (hostile.waits ? impatient : patient).run(hostile.program)
            return (index, result.ending.words)
          } catch {
            return (index, "not run: \(error)")
          }
        }
      }
      return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
    }
    for (index, hostile) in HostileProgram.all.enumerated() {
      let verdict = try #require(verdicts[index])
      #expect(
        [hostile.stop, hostile.orStop ?? hostile.stop].contains(where: verdict.contains), "\(hostile): \(verdict)")
      #expect(!verdict.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }, "\(hostile)")
    }
    for path in ["/escaped", "/tmp/escaped", "/dev/shm/escaped", "/usr/bin/escaped", "/usr/escaped"] {
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("the limits hold for the cage's first process as well")
  func wholeCage() async throws {
    let result = try await sandbox().run(
      """
      import resource as r
      for name in ("CPU", "AS", "FSIZE", "CORE", "NOFILE"):
          print(name, *r.prlimit(1, getattr(r, "RLIMIT_" + name)))
      """)
    #expect(result.output == "CPU 1 2\nAS 134217728 134217728\nFSIZE 0 0\nCORE 0 0\nNOFILE 32 32\n", "\(result)")
  }

  @Test("whatever a program does with its outputs, it is dead soon after its time is up, and nothing is left unreaped")
  func deadline() async throws {
    let sandbox = try await sandbox(Self.impatient)
    for program in [
      "import time\ntime.sleep(100)", "import os, time\nos.close(1)\nos.close(2)\ntime.sleep(100)",
      "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    ] {
      let result = try await sandbox.run(program)
      #expect(result.ending == .wallLimit(2))
    }
    let children = try String(contentsOfFile: "/proc/self/task/\(getpid())/children", encoding: .utf8)
    for child in children.split(separator: " ") {
      let stat = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
      #expect(!stat.contains(") Z "), "\(stat)")
    }
  }

  @Test("a program is refused whose guard says why it cannot be started")
  func cannotStart() throws {
    #expect {
      _ = try ChildProcess().run(["/no/such/program"], input: [], extra: [], limit: 1, seconds: 5)
    } throws: {
      "\($0)" == "/no/such/program: No such file or directory"
    }
  }

  @Test("output is cut where the limit lies, however the bytes come")
  func output() async throws {
    let result = try await sandbox().run("import sys\nsys.stdout.write('y' * 200000)")
    #expect(result.ending == .outputLimit(64 << 10))
    #expect(result.output == String(repeating: "y", count: 64 << 10))
  }

  @Test("a program is stopped when its task is cancelled, also before it began")
  func cancellation() async throws {
    let sandbox = try await sandbox()
    let task = Task { try await sandbox.run("import time\ntime.sleep(10)") }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await sandbox.run("print(1)").output == "1\n")
  }

  @Test("a program too long for the pipe is refused, and the next one runs")
  func tooLong() async throws {
    let sandbox = try await sandbox()
    await #expect(throws: SandboxError.self) { try await sandbox.run(String(repeating: "#", count: 1 << 20)) }
    #expect(try await sandbox.run("print(2)").output == "2\n")
  }

  @Test("where a part is missing there is no sandbox, and the reason names it")
  func missingPart() async throws {
    let provider = SandboxProvider(limits: SandboxLimits(), atOnce: 1, root: "/nowhere")
    guard case .missing(let why) = await provider.find() else {
      Issue.record("a sandbox without its parts")
      return
    }
    #expect(why == "/usr/bin/bwrap is missing (package bubblewrap)")
  }

  @Test("where the wall has a hole, the self-test finds it")
  func selfTest() async throws {
    // What the program says outside of any sandbox.
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", SelfTest.program]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output.contains("it sees files"))
    #expect(output.contains("it can start processes") && output.contains("it can open sockets"))
    #expect(output != SelfTest.expected)
  }
}
