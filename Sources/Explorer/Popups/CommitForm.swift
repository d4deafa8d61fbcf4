import TreeInsight
import TreeSearch

/// A trajectory about to be committed, with what a person says of it.
public struct CommitForm: Hashable, Sendable {
  /// A field of the form.
  public enum Field: Hashable, Sendable {
    /// One word for the trajectory.
    case label
    /// A remark.
    case note
  }

  /// Last node of the trajectory.
  let node: NodeID
  /// The field that has the keyboard.
  private(set) var focus = Field.note
  private var label: TextField
  private var note = TextField()

  init(node: NodeID, label: String) {
    self.node = node
    self.label = TextField(label, isSuggestion: true)
  }

  /// One of the fields.
  subscript(field: Field) -> TextField {
    get { field == .label ? label : note }
    set { if field == .label { label = newValue } else { note = newValue } }
  }

  /// Gives the keyboard to the other field.
  mutating func switchField() { focus = focus == .label ? .note : .label }
}
