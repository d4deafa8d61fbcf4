import Canvas

/// One piece of input as curses hands it over.
enum RawInput: Hashable {
  /// A scalar that was typed, or part of a sequence that curses does not know.
  case scalar(UInt32)
  /// A key that has a name.
  case key(Key)
  /// The mouse.
  case mouse(MouseEvent)
  /// Pasted text begins.
  case pasteStart
  /// Pasted text ends.
  case pasteEnd
  /// A key that the explorer has no use for.
  case unknown
}
