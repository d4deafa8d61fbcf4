import Foundation

/// Both ends of a pseudo-terminal: the program's side and that of the person in front of it.
@MainActor
final class PseudoTerminal {
  struct Failed: Error {}

  /// The end that the program paints on and reads from.
  let inside: Int32
  private var outside: Int32

  init(columns: UInt16, rows: UInt16) throws {
    var outside: Int32 = -1
    var inside: Int32 = -1
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&outside, &inside, nil, nil, &size) == 0 else { throw Failed() }
    self.inside = inside
    self.outside = outside
    _ = fcntl(outside, F_SETFL, O_NONBLOCK)
  }

  isolated deinit {
    close(inside)
    hangUp()
  }

  /// The modes of the terminal in a form that can be compared.
  var modes: [UInt32] {
    var state = termios()
    guard tcgetattr(inside, &state) == 0 else { return [] }
    return [state.c_iflag, state.c_oflag, state.c_cflag, state.c_lflag]
  }

  /// All that was painted since the last call. What was written is there at once; nothing is waited for.
  func received() -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(outside, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: all, as: UTF8.self) }
      all += buffer[..<count]
    }
  }

  /// Types on the person's side.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(outside, bytes, bytes.count)
  }

  /// Closes the window.
  func hangUp() {
    if outside >= 0 { close(outside) }
    outside = -1
  }
}
