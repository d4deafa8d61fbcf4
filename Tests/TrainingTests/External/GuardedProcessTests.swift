import Foundation
import Synchronization
import Testing

@testable import Training

/// A program and everything it started end together.
struct GuardedProcessTests {
  private func run(
    _ script: String, environment: [String: String] = ["PATH": "/usr/bin:/bin"],
    process: GuardedProcess = GuardedProcess()
  ) async throws -> (ending: GuardedProcess.Ending, output: [String], errors: [String]) {
    let lines = Mutex<[GuardedProcess.Output: [String]]>([:])
    let ending = try await process.run(["/bin/sh", "-c", script], environment: environment) { kind, line in
      lines.withLock { $0[kind, default: []].append(line) }
    }
    return lines.withLock { (ending, $0[.standard] ?? [], $0[.errors] ?? []) }
  }

  @Test func linesAndEndingsAreTold() async throws {
    let done = try await run("echo one; echo two >&2; printf 'bar\\rbaz\\n\\nno end'; exit 3", environment: ["A": "b"])
    #expect(done.output == ["one", "bar", "baz", "no end"] && done.errors == ["two"])
    #expect(done.ending.words == "exit code 3" && !done.ending.isSuccess)
    #expect(try await run("true").ending.isSuccess)
    #expect(try await run("kill -11 $$").ending.words == "signal 11")
    #expect(try await run("cat; env", environment: ["A": "b"]).output.contains("A=b"), "the input is empty")
  }

  @Test func whatCannotBeStartedIsSaid() async throws {
    for (program, reason) in [("/no/such/program", "No such file or directory"), ("/tmp", "Permission denied")] {
      await #expect {
        _ = try await GuardedProcess().run([program], environment: [:]) { _, _ in }
      } throws: {
        "\($0)" == reason
      }
    }
  }

  /// As where another thread starts a process while a script is written: it inherits the descriptor until it is its own program.
  @Test func aProgramThatIsStillBeingWrittenIsWaitedFor() async throws {
    let stub = try Stub()
    let script = try stub.script("late", "echo ran")
    let writer = open(script, O_WRONLY | O_CLOEXEC)
    try #require(writer >= 0)
    await #expect {
      _ = try await GuardedProcess().run([script], environment: [:]) { _, _ in }
    } throws: {
      "\($0)" == "Text file busy"
    }
    async let ending = GuardedProcess().run([script], environment: [:]) { _, _ in }
    close(writer)
    #expect(try await ending.isSuccess)
  }

  @Test func itInheritsNothing() async throws {
    let done = try await run("ls -l /proc/self/fd | grep -c ' -> '")
    // Its three, and the folder that ls reads.
    #expect(done.output == ["4"])
    #expect(try await run("ps -o pgid= -p $$ | tr -d ' '; echo $$").output.count == 2)
  }

  @Test func aLineWithoutEndIsCut() async throws {
    let done = try await run("head -c 3000000 /dev/zero | tr '\\0' 'x'; echo; echo after; head -c 99 /dev/urandom")
    #expect(done.output.first?.utf8.count == GuardedProcess.longestLine && done.output.dropFirst().first == "after")
  }

  /// A background child that keeps the outputs open, one in a session of its own, one that ignores being asked.
  private static let family = """
    sleep 600 & echo $! > $D/child
    setsid sh -c 'sleep 600 & echo $! > $D/daemon; exec sleep 601' > /dev/null 2>&1 < /dev/null &
    (trap '' TERM; echo $(sh -c 'echo $PPID') > $D/deaf; while true; do sleep 1; done) &
    echo $$ > $D/self
    while [ ! -s $D/daemon ] || [ ! -s $D/deaf ]; do sleep 0.01; done
    """

  private func family(of stub: Stub) async throws -> [pid_t] {
    var pids: [pid_t] = []
    for name in ["self", "child", "daemon", "deaf"] { pids.append(try #require(await stub.number(name))) }
    return pids
  }

  private func environment(_ stub: Stub) -> [String: String] {
    ["PATH": "/usr/bin:/bin", "D": stub.folder.path]
  }

  @Test func nothingOfItOutlivesTheProgram() async throws {
    let stub = try Stub()
    let done = try await run(Self.family + "; exit 0", environment: environment(stub))
    #expect(done.ending.isSuccess)
    for pid in try await family(of: stub) { #expect(await isGone(pid)) }
  }

  @Test func cancellingEndsAllOfIt() async throws {
    let stub = try Stub()
    let environment = environment(stub)
    let task = Task {
      try await run(Self.family + "; trap '' TERM; while true; do sleep 1; done", environment: environment)
    }
    let pids = try await family(of: stub)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    for pid in pids { #expect(await isGone(pid)) }
    // One that was stopped before it began never begins.
    let stopped = GuardedProcess()
    stopped.stop()
    await #expect(throws: CancellationError.self) {
      try await run("touch $D/begun", environment: environment, process: stopped)
    }
    #expect(!stub.names("").contains("begun"))
  }

  /// The guard is not one of us: what ends it ends the program.
  @Test func aKilledGuardTakesTheProgramAlong() async throws {
    let stub = try Stub()
    let environment = environment(stub)
    let task = Task {
      try await run("echo $PPID > $D/guard; echo $$ > $D/self; exec sleep 600", environment: environment)
    }
    let (guardian, program) = (try #require(await stub.number("guard")), try #require(await stub.number("self")))
    #expect(guardian != getpid() && getpgid(guardian) == guardian)
    kill(guardian, SIGKILL)
    #expect(try await task.value.ending.words == "no trace")
    #expect(await isGone(program))
  }
}
