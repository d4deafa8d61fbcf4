import Foundation
import Workspace

/// Messages and progress, on standard error. Where that is closed or full they are lost, and nothing else is.
enum StandardError {
  /// Writes one line; what a terminal would take as a command is replaced.
  static func line(_ line: String) { text(line.printable + "\n") }

  /// Writes text as it is.
  static func text(_ text: String) { _ = Descriptor.write(Data(text.utf8), to: STDERR_FILENO) }
}
