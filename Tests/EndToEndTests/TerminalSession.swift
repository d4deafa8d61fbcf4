import Foundation
import Testing

/// A real terminal of a fixed size in tmux, with a shell in it.
final class TerminalSession {
  let scratch: Scratch
  /// tmux, looked for once: it is started some fifty times a second.
  private static let program =
    Program.environment([:])["PATH", default: ""].split(separator: ":").map { "\($0)/tmux" }
    .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "/usr/bin/tmux"
  /// A home of its own for what a person arranges, in which somebody has been before.
  private static func shell(_ scratch: Scratch) throws -> String {
    try FileManager.default.createDirectory(atPath: scratch.path("state/etascope"), withIntermediateDirectories: true)
    _ = try scratch.file("state/etascope/screen.json", "{}")
    return "env LC_ALL=C.UTF-8 PS1='ready> ' XDG_STATE_HOME='\(scratch.path("state"))' bash --norc --noprofile"
  }

  init(width: Int = 80, height: Int = 24) throws {
    scratch = try Scratch()
    let configuration = try scratch.file(
      "tmux.conf",
      "set -g default-terminal tmux-256color\nset -sg escape-time 0\nset -g status off\nset -s set-clipboard on\n")
    try tmux([
      "-u", "-f", configuration, "new-session", "-d", "-x", "\(width)", "-y", "\(height)", Self.shell(scratch),
    ])
    try wait("the shell's prompt") { $0.contains("ready>") }
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// Types `text` as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-t", "0", "-l", text]) }

  /// Presses keys by tmux's names (`Enter`, `Escape`, `Tab`, `C-c`, or one character), in one burst.
  func press(_ keys: String...) throws { try press(keys) }

  /// Presses keys in one burst.
  func press(_ keys: [String]) throws { try tmux(["send-keys", "-t", "0"] + keys) }

  /// Types a command line and Enter.
  func command(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// Pastes `bytes` as a person's terminal does: bracketed where the program asks for it.
  func paste(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: scratch.url.appending(path: "pasted"))
    try tmux(["load-buffer", scratch.path("pasted")])
    try tmux(["paste-buffer", "-p", "-r", "-t", "0"])
  }

  /// The screen as text.
  func screen() throws -> String { try tmux(["capture-pane", "-p", "-t", "0"]) }

  /// Gives the window another size, which is then the test's to choose (a configured `window-size manual` ends tmux 3.3).
  func resize(_ width: Int, _ height: Int) throws {
    try tmux(["resize-window", "-t", "0", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Copies everything that the terminal receives from now on to a file.
  func record(to path: String) throws { try tmux(["pipe-pane", "-O", "-t", "0", "cat >> '\(path)'"]) }

  /// Closes the window, as a click on its cross does.
  func close() throws { try tmux(["kill-pane", "-t", "0"]) }

  /// What was copied last.
  func clipboard() throws -> String { try tmux(["show-buffer"]) }

  /// The window's title.
  func title() throws -> String {
    try tmux(["display-message", "-p", "-t", "0", "#{pane_title}"]).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Kills whatever runs and begins anew with a fresh shell.
  func restart() throws {
    try tmux(["respawn-pane", "-k", "-t", "0", Self.shell(scratch)])
    try wait("the shell's prompt") { $0.contains("ready>") }
  }

  /// Whether the alternate screen is shown, the mouse is reported and the cursor is visible.
  func modes() throws -> String {
    try tmux(["display-message", "-p", "-t", "0", "#{alternate_on}#{mouse_any_flag}#{cursor_flag}"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Reads the screen until `condition` holds; a test fails where it does not within a minute.
  @discardableResult
  func wait(_ what: String, _ condition: (String) -> Bool) throws -> String {
    var last = ""
    let found = try Waiting.until {
      last = try screen()
      return condition(last)
    }
    if !found { throw Waiting.Expired(what: what, screen: last) }
    return last
  }

  /// The process id of the program that runs in the shell, or in the shell's shell.
  func program() throws -> pid_t {
    let chain = try processes()
    try #require(chain.count > 1, "nothing runs in the shell")
    return chain[chain.count - 1]
  }

  /// The terminal's shell, the process that it started, and so on down.
  func processes() throws -> [pid_t] {
    let text = try tmux(["display-message", "-p", "-t", "0", "#{pane_pid}"])
    var chain = [try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))]
    while let child = try children(of: chain[chain.count - 1]).first { chain.append(child) }
    return chain
  }

  /// Waits until a process has ended, whoever has yet to collect it.
  func waitForEnd(of pid: pid_t) throws {
    let found = Waiting.until {
      guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
      return stat.contains(") Z ")
    }
    if !found { throw Waiting.Expired(what: "the end of process \(pid)", screen: (try? screen()) ?? "") }
  }

  private func children(of pid: pid_t) throws -> [pid_t] {
    try output("/usr/bin/env", ["pgrep", "-P", "\(pid)"]).split(separator: "\n").compactMap { pid_t($0) }
  }

  private func output(_ program: String, _ arguments: [String]) throws -> String {
    let child = try Child(program, arguments, environment: Program.environment([:]))
    child.wait()
    return child.output
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    try output(Self.program, ["-S", scratch.path("socket")] + arguments)
  }
}
