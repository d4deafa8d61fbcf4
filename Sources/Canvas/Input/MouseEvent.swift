/// What the mouse did, in cells from the top left corner.
public struct MouseEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// A button went up.
    case release(Button)
    /// The pointer moved with the left button held.
    case drag
    /// The wheel turned away from the person: show what is above.
    case wheelUp
    /// The wheel turned towards the person: show what is below.
    case wheelDown
  }

  /// A button.
  public enum Button: Hashable, Sendable {
    /// The left button.
    case left
    /// The middle button.
    case middle
    /// The right button.
    case right
  }

  /// What happened.
  public let kind: Kind
  /// The column, from 0.
  public let x: Int
  /// The row, from 0.
  public let y: Int

  /// What the mouse did at a place.
  public init(kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}
