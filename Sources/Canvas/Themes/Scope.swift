/// A meaning that a theme gives a look to; the one list that themes, views, the linter and the reference read.
public struct Scope: Hashable, Sendable {
  /// The dotted name, as in theme files.
  public let id: String
  /// What it is for, in one line.
  public let help: String
  /// The scopes whose background it may be drawn on.
  public let surfaces: [String]
  /// The least WCAG contrast an RGB theme must give it: 4.5 for text (1.4.3), 3 for lines and bars (1.4.11).
  public let minimumContrast: Double

  /// Whether a name is in the list.
  public static func isDeclared(_ id: String) -> Bool {
    index[id] != nil
  }

  /// Whether a name is in the list or stands above one (`tree` above `tree.row`), so that a theme may give it a look.
  public static func canBeThemed(_ id: String) -> Bool {
    isDeclared(id) || all.contains { $0.id.hasPrefix(id + ".") }
  }

  /// Every scope by name.
  static let index: [String: Scope] = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
