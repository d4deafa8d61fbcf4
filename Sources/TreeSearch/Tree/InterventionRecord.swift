/// One intervention and what is needed to take it back.
public struct InterventionRecord: Sendable, Equatable {
  /// What was done.
  public let intervention: Intervention
  /// For an override: the override that stood before.
  public internal(set) var previousScore: Double?
  /// True where it froze the width of its node: what undo has to thaw.
  var frozeWidth = false
  /// What a changed parameter was before.
  var previousParameter: ParameterValue?
  /// True where a separated member took one of its group's backups along.
  var tookBackup = false
  /// True after undo, until redo.
  public internal(set) var isUndone = false
}
