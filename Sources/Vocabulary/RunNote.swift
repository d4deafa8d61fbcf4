/// Something that a person or a breakpoint noted of a run: it stays with the run, changes nothing in the search, and is no part
/// of the journal. Of a kind and a place there is one note; a later one takes its place.
public struct RunNote: Hashable, Encodable, Sendable {
  /// What is noted.
  public enum Kind: String, CaseIterable, Encodable, Sendable {
    /// A node that a person wants to find again; the text is a remark, possibly empty.
    case bookmark
    /// A person's judgement of a step, for the next commit through it; the text is a ``StepLabel/word``.
    case label
    /// A moment at which a breakpoint or a watchdog spoke; the text is what it said.
    case breakpoint
    /// A moment at which a trajectory was committed; the text is the entry's id.
    case commit
    /// A line of a label file that the run was made of: the text is what tree and labels do not say of it, in JSON.
    case line
    /// The file that the run was imported from, without its folder.
    case source
    /// Something that was not as it should be in the file that the run was imported from; the text says where and what.
    case finding

    /// True where ``RunNote/place`` is a node's number.
    public var isOfNode: Bool { self == .bookmark || self == .label }
  }

  /// What is noted.
  public let kind: Kind
  /// Where: a node's number for bookmarks and labels, a line's among those of the run, else how many events had happened.
  public let place: Int
  /// The words; nil where what was noted is taken away.
  public let text: String?

  /// A note with its fields as given.
  public init(_ kind: Kind, at place: Int, _ text: String? = "") {
    self.kind = kind
    self.place = place
    self.text = text
  }
}
