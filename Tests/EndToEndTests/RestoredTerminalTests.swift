import Foundation
import Testing

/// The terminal is as it was, whatever ended the explorer.
@Suite(.ownThread)
struct RestoredTerminalTests {
  /// Opens the explorer between two `stty -g` in a shell that does not put the terminal right by itself.
  private func opened(_ line: String = ExplorerSession.story, _ options: String = "") throws -> ExplorerSession {
    let session = try ExplorerSession(line)
    let script = try session.scratch.file(
      "run.sh",
      """
      stty -g > \(session.scratch.path("before"))
      \(session.line(options))
      code=$?
      stty -g > \(session.scratch.path("after"))
      echo "ended with $code."
      """)
    try session.terminal.command("sh \(script)")
    try session.wait("the explorer") { $0.isQuiet }
    return session
  }

  private func expectRestored(_ session: ExplorerSession, code: Int32) throws {
    try session.terminal.wait("the end with \(code)") { $0.contains("ended with \(code).") && !$0.contains("sims ") }
    #expect(try session.terminal.modes() == "001", "alternate screen and mouse off, cursor on")
    let before = try #require(FileManager.default.contents(atPath: session.scratch.path("before")))
    #expect(!before.isEmpty)
    #expect(FileManager.default.contents(atPath: session.scratch.path("after")) == before)
  }

  @Test func onQuit() throws {
    let session = try opened()
    try session.step(2)
    try session.terminal.press("q")
    try expectRestored(session, code: 0)
  }

  @Test(arguments: [SIGTERM: 3, SIGHUP: 3, SIGINT: 3, SIGSEGV: 139, SIGABRT: 134] as [Int32: Int32])
  func onSignal(_ number: Int32, _ code: Int32) throws {
    let session = try opened()
    try session.step(2)
    #expect(kill(try session.terminal.program(), number) == 0)
    try expectRestored(session, code: code)
    #expect(try session.program("run", "verify").code == 0)
  }

  @Test func onQuitWhileASimulationIsUnderWay() throws {
    let session = try opened(ExplorerSession.babble, "--simulations 1000000 --set width.root.maximum=1000")
    try session.terminal.press("Space")
    try session.wait("a running search") { $0.state == "running" && ($0.simulations ?? 0) > 1 }
    try session.terminal.press("q")
    try expectRestored(session, code: 0)
    #expect(try session.program("run", "verify").code == 0)
  }

  @Test func onTerminationWhileASimulationIsUnderWay() throws {
    let session = try opened(ExplorerSession.babble, "--simulations 1000000 --set width.root.maximum=1000")
    try session.terminal.press("Space")
    try session.wait("a running search") { $0.state == "running" && ($0.simulations ?? 0) > 1 }
    #expect(kill(try session.terminal.program(), SIGTERM) == 0)
    try expectRestored(session, code: 3)
    #expect(try session.program("run", "verify").code == 0)
  }

  /// The window is closed: nothing is left to restore, and nothing may be left running.
  @Test func whenTheWindowIsClosed() throws {
    let session = try opened()
    try session.step(2)
    let program = try session.terminal.program()
    try session.terminal.close()
    try session.terminal.waitForEnd(of: program)
    #expect(try session.program("run", "verify").code == 0)
  }

  /// The shell of the terminal is killed: the terminal goes with it.
  @Test func whenTheShellIsKilled() throws {
    let session = try opened()
    let chain = try session.terminal.processes()
    #expect(kill(chain[0], SIGKILL) == 0)
    try session.terminal.waitForEnd(of: chain[chain.count - 1])
    #expect(try session.program("run", "verify").code == 0)
  }

  /// A shell in the shell is killed: the outer one takes the terminal back while the explorer is still on it.
  @Test func whenAParentIsKilledAndTheTerminalStays() throws {
    let session = try ExplorerSession()
    try session.terminal.command("stty -g > \(session.scratch.path("before"))")
    let script = try session.scratch.file("run.sh", session.line() + "\necho never\n")
    try session.terminal.command("sh \(script)")
    try session.wait("the explorer") { $0.isQuiet }
    let chain = try session.terminal.processes()
    try #require(chain.count == 3)
    #expect(kill(chain[1], SIGKILL) == 0)
    try session.terminal.waitForEnd(of: chain[2])
    try session.terminal.command("stty -g > \(session.scratch.path("after")); echo writ''ten")
    try session.terminal.wait("the shell") { $0.contains("\nwritten") && !$0.contains("sims ") }
    #expect(try session.terminal.modes() == "001")
    #expect(
      FileManager.default.contents(atPath: session.scratch.path("before"))
        == FileManager.default.contents(atPath: session.scratch.path("after")))
    #expect(try session.program("run", "verify").code == 0)
  }

  @Test func whileSuspended() throws {
    let session = try ExplorerSession()
    try session.terminal.command("stty -g > \(session.scratch.path("before"))")
    try session.open()
    try session.step(2)
    try session.terminal.press("C-z")
    try session.terminal.wait("the shell") { $0.contains("Stopped") && !$0.contains("sims ") }
    #expect(try session.terminal.modes() == "001")
    // Typed in two halves: where the command line wraps, its own echo must not look like what it prints.
    try session.terminal.command("stty -g > \(session.scratch.path("after")); echo writ''ten")
    try session.terminal.wait("stty") { $0.contains("\nwritten") }
    #expect(
      FileManager.default.contents(atPath: session.scratch.path("before"))
        == FileManager.default.contents(atPath: session.scratch.path("after")))
    try session.terminal.command("fg")
    try session.wait("the explorer again") { $0.simulations == 2 && $0.isQuiet }
    try session.step(1)
    try session.quit()
  }
}
