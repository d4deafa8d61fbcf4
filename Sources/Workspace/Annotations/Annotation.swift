/// Something noted of a run: it stays with the run, changes nothing in the search, and is no part of the journal.
public struct Annotation: Hashable, Encodable, Sendable {
  /// What is noted.
  public enum Kind: String, CaseIterable, Encodable, Sendable {
    /// A node that a person wants to find again; the text is a remark, possibly empty.
    case bookmark
    /// A person's judgement of a step, for the next commit through it; the text is `good`, `bad` or `neutral`.
    case label
    /// A moment at which a breakpoint or a watchdog spoke; the text is what it said.
    case breakpoint
    /// A moment at which a trajectory was committed; the text is the entry's id.
    case commit
  }

  /// What is noted.
  public let kind: Kind
  /// Where: a node's number for bookmarks and labels, else how many events had happened.
  public let place: Int
  /// The words.
  public let text: String

  /// A note with its fields as given.
  public init(_ kind: Kind, at place: Int, _ text: String = "") {
    self.kind = kind
    self.place = place
    self.text = text
  }
}

extension Annotation.Kind {
  /// True where ``Annotation/place`` is a node's number.
  public var isOfNode: Bool { self == .bookmark || self == .label }
}
