/// The line that tells what just happened; the next key takes it away.
public struct Message: Hashable, Sendable {
  /// How it is to be taken.
  public enum Kind: Hashable, Sendable {
    /// Something was done.
    case notice
    /// Something could not be done.
    case failure
  }

  /// How it is to be taken.
  public let kind: Kind
  /// One line; sanitised when it is drawn.
  public let text: String
  /// False for what is only looked at, of which the log would be full.
  var isLogged = true

  /// A message about something that was done.
  public static func notice(_ text: String) -> Message { Message(kind: .notice, text: text) }
  /// What stands where a person looks; not kept in the log.
  static func glance(_ text: String) -> Message { Message(kind: .notice, text: text, isLogged: false) }
  /// A message about something that could not be done.
  public static func failure(_ text: String) -> Message { Message(kind: .failure, text: text) }
}
