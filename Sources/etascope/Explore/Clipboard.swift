import Explorer
import Foundation
import Lab
import Terminal

/// Where copied text goes: to the terminal's clipboard, and into a file for terminals that refuse.
@MainActor
struct Clipboard {
  let terminal: Terminal
  /// `$XDG_STATE_HOME/etascope/copied`.
  let file: String

  init(_ terminal: Terminal, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.terminal = terminal
    file = DataFolder.state(environment).appending(path: "copied").path(percentEncoded: false)
  }

  /// Copies a text; returns what was done, in words.
  func copy(_ copied: CopiedText) -> String {
    let isSent = terminal.copyToClipboard(copied.text)
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { if descriptor >= 0 { close(descriptor) } }
    let isKept = descriptor >= 0 && Descriptor.write(Data((copied.text + "\n").utf8), to: descriptor) == nil
    switch (isSent, isKept) {
    case (true, true): return "\(copied.what) was sent to the terminal's clipboard (OSC 52); it is also in \(file)"
    case (true, false): return "\(copied.what) was sent to the terminal's clipboard (OSC 52)"
    case (false, true): return "\(copied.what) is too long for a terminal's clipboard; it is in \(file)"
    case (false, false): return "\(copied.what) is too long for a terminal's clipboard, and \(file) cannot be written"
    }
  }
}
