/// State merge: what happens to a draw that is like a sibling (AlphaLLM, section 4.3.2).
public enum MergeRule: String, Sendable, CaseIterable {
  /// It is drawn again, some times; if no draw differs, the least similar one joins (AlphaLLM's code).
  case resample
  /// It joins the sibling's group: the group's reward is backed up once more (AlphaLLM's paper).
  case merge
  /// It is added all the same.
  case off

  static let names = allCases.map(\.rawValue)
}
