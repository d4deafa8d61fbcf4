/// First-play urgency: what stands in for Q before a child's first backup.
public enum FirstPlay: String, Sendable, CaseIterable {
  /// The child's own reward (TS-LLM).
  case value
  /// The parent's Q less a reduction (Leela Chess Zero).
  case parent

  static let names = allCases.map(\.rawValue)
}
