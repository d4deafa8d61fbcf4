import Foundation
import Testing

/// A real terminal of a fixed size in tmux, with a shell in it.
final class TerminalSession {
  private let name = "etascope-\(UUID().uuidString.prefix(8))"
  private let scratch: Scratch

  init(width: Int = 80, height: Int = 24) throws {
    scratch = try Scratch()
    let configuration = try scratch.file(
      "tmux.conf", "set -g default-terminal tmux-256color\nset -sg escape-time 0\nset -g status off\n")
    try tmux([
      "-u", "-f", configuration, "new-session", "-d", "-x", "\(width)", "-y", "\(height)",
      "env LC_ALL=C.UTF-8 PS1='ready> ' bash --norc --noprofile",
    ])
    try wait("the shell's prompt") { $0.contains("ready>") }
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// Types `text` as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-t", "0", "-l", text]) }

  /// Presses keys by tmux's names (`Enter`, `Escape`, `Tab`, `C-c`, or one character).
  func press(_ keys: String...) throws {
    for key in keys { try tmux(["send-keys", "-t", "0", key]) }
  }

  /// Types a command line and Enter.
  func command(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// The screen as text.
  func screen() throws -> String { try tmux(["capture-pane", "-p", "-t", "0"]) }

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

  /// The process id of the program that runs in the shell.
  func child() throws -> pid_t? {
    let shell = try tmux(["display-message", "-p", "-t", "0", "#{pane_pid}"]).trimmingCharacters(in: .whitespacesAndNewlines)
    let text = try Shell.output("/usr/bin/env", ["pgrep", "-P", shell])
    return text.split(separator: "\n").first.flatMap { pid_t($0) }
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    try Shell.output("/usr/bin/env", ["tmux", "-L", name] + arguments)
  }
}

/// The one place where tests wait: for a condition, never for a time.
enum Waiting {
  struct Expired: Error, CustomStringConvertible {
    let what: String
    let screen: String
    var description: String { "waited in vain for \(what); the screen was:\n\(screen)" }
  }

  /// True as soon as `condition` holds, false after a minute without.
  static func until(_ condition: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: 60)
    while Date() < end {
      if try condition() { return true }
      RunLoop.current.run(until: Date(timeIntervalSinceNow: 0.02))
    }
    return false
  }
}

enum Shell {
  /// What a command writes to standard output.
  static func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
