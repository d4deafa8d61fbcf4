/// A key press as the explorer's key maps name it.
public enum Key: Hashable, Sendable {
  /// A printable character, the space included; upper case stands for itself.
  case character(Character)
  /// Control and a lower-case letter or one of `@ [ \ ] ^ _`.
  case control(Character)
  /// Enter or Return.
  case enter
  /// Escape on its own.
  case escape
  /// Tab.
  case tab
  /// Shift and Tab.
  case backTab
  /// Arrow up.
  case up
  /// Arrow down.
  case down
  /// Arrow left.
  case left
  /// Arrow right.
  case right
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// Home.
  case home
  /// End.
  case end
  /// Backspace.
  case backspace
  /// Delete.
  case delete
  /// Insert.
  case insert
  /// A function key, 1…63.
  case function(Int)
}
