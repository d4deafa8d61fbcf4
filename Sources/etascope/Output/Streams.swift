import Foundation
import Vocabulary
import Workspace

/// Standard output that reports what cannot be written as an error instead of losing lines.
struct StandardOutput: Sendable {
  /// Writes `line` and a line break. Throws exit code 1 where standard output is closed.
  func line(_ line: String) throws {
    try write(Data((line + "\n").utf8))
  }

  /// Names the fields of the lines that follow, for a person at a terminal: whatever else reads them gets none.
  func heading(_ names: String...) throws {
    if isatty(STDOUT_FILENO) == 1 { try line(names.joined(separator: "\t")) }
  }

  /// Writes fields divided by tabs, each as a terminal may show it.
  func fields(_ line: String) throws {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    try self.line(fields.map { String($0).printable }.joined(separator: "\t"))
  }

  /// Writes `value` as one line of JSON with sorted keys, which a terminal shows as it is.
  func json(_ value: some Encodable) throws {
    try json(bytes: Self.encoder.encode(value))
  }

  /// Writes one value that is JSON already, as a line that a terminal shows as it is.
  func json(bytes: Data) throws { try line(SafeText.json(String(decoding: bytes, as: UTF8.self))) }

  /// Writes bytes as they are. Throws ``ReaderGone`` where whoever read has seen enough, exit code 1 where nothing can be written.
  func write(_ data: Data) throws {
    do throws(SystemError) {
      try SystemError.write(data, to: STDOUT_FILENO)
    } catch {
      throw error.isReaderGone ? ReaderGone() : ExitError.failed("standard output cannot be written: \(error)")
    }
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}

/// Whoever read standard output has closed it, as `| head` does: nothing went wrong, and there is nothing to say.
struct ReaderGone: Error {}

/// Messages and progress, on standard error. Where that is closed or full they are lost, and nothing else is.
enum StandardError {
  /// Writes one line; what a terminal would take as a command is replaced.
  static func line(_ line: String) { text(line.printable + "\n") }

  /// Writes text as it is.
  static func text(_ text: String) { _ = Descriptor.write(Data(text.utf8), to: STDERR_FILENO) }
}

/// The three descriptors that a program is started with.
enum Descriptor {
  /// Writes all of `data`; returns the system's reason where it cannot.
  static func write(_ data: Data, to descriptor: Int32) -> String? {
    do {
      try SystemError.write(data, to: descriptor)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Fills the places of descriptors that were closed at the start, so that no file opened later is taken for them: a
  /// result must not be written into a model or a workspace. Writing to a filled place still fails.
  static func fillClosedPlaces() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is given out, which is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
