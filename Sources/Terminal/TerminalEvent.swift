import Canvas

/// What came from the person or the system.
public enum TerminalEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// Text was pasted; never keys, so that pasting triggers no command. As it came: whoever shows it sanitizes it.
  case paste(String)
  /// The screen has another size now; the next frame is painted in full.
  case resize(width: Int, height: Int)
  /// The terminal is gone (window closed, connection lost, SIGHUP): save and end.
  case hangup
  /// SIGINT from outside; ^C typed is `.key(.control("c"))`.
  case interrupt
  /// SIGTERM: save and end.
  case terminate
  /// The process was stopped and goes on; the next frame is painted in full.
  case resumed
}
