import TreeSearch
import Vocabulary

/// One entry of the append-only log: a committed trajectory, or the undoing of an earlier commit.
public struct CommitEntry: Equatable, Sendable, Identifiable {
  /// What the entry says.
  public enum Content: Equatable, Sendable {
    /// A person committed a trajectory.
    case commit(Trajectory)
    /// A person took the commit of this id back.
    case undo(String)
  }

  /// The first 16 hexadecimal digits of SHA-256 of the entry's canonical JSON without its id.
  public let id: String
  /// The id of the entry before it; nil for the first. With it an id stands for the whole log up to its entry.
  public let previous: String?
  /// When, ISO 8601 in UTC.
  public let at: String
  /// Who.
  public let who: String
  /// What the person said of the trajectory as a whole; nil where nothing was said, for an undo, and in entries written
  /// before verdicts were (whose notes hold them, see ``CommitLog/judgements``).
  public let verdict: Judgement.Verdict?
  /// A remark, possibly empty.
  public let note: String
  /// What the entry says.
  public let content: Content

  /// The trajectory; nil for an undo.
  public var trajectory: Trajectory? {
    if case .commit(let trajectory) = content { trajectory } else { nil }
  }

  /// An entry; its id follows from the other fields.
  public init(
    previous: String?, at: String, who: String, verdict: Judgement.Verdict? = nil, note: String, content: Content
  ) throws {
    let draft = CommitEntry(
      id: "", previous: previous, at: at, who: who, verdict: verdict, note: note, content: content)
    self = CommitEntry(
      id: try draft.contentID(), previous: previous, at: at, who: who, verdict: verdict, note: note, content: content)
  }

  private init(
    id: String, previous: String?, at: String, who: String, verdict: Judgement.Verdict?, note: String, content: Content
  ) {
    self.id = id
    self.previous = previous
    self.at = at
    self.who = who
    self.verdict = verdict
    self.note = note
    self.content = content
  }

  /// The id that the other fields call for.
  func contentID() throws -> String {
    let bare = CommitEntry(
      id: "", previous: previous, at: at, who: who, verdict: verdict, note: note, content: content)
    return String(SHA256.hex(try CanonicalJSON.data(bare)).prefix(16))
  }
}

extension CommitEntry: Codable {
  private enum CodingKeys: String, CodingKey { case id, kind, previous, at, who, verdict, note, undoes }
  private enum Kind: String, Codable { case commit, undo }

  /// Reads the flat object that ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    id = try c.decode(String.self, forKey: .id)
    previous = try c.decodeIfPresent(String.self, forKey: .previous)
    at = try c.decode(String.self, forKey: .at)
    who = try c.decode(String.self, forKey: .who)
    verdict = try c.decodeIfPresent(Judgement.Verdict.self, forKey: .verdict)
    note = try c.decode(String.self, forKey: .note)
    switch try c.decode(Kind.self, forKey: .kind) {
    case .commit: content = .commit(try Trajectory(from: decoder))
    case .undo: content = .undo(try c.decode(String.self, forKey: .undoes))
    }
  }

  /// Writes one flat object: `id`, `kind`, `previous`, `at`, `who`, `verdict`, `note`, and the trajectory's fields or
  /// `undoes`. A verdict that is not there is not written, so that entries without one keep the ids they have always had.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(id, forKey: .id)
    try c.encodeIfPresent(previous, forKey: .previous)
    try c.encode(at, forKey: .at)
    try c.encode(who, forKey: .who)
    try c.encodeIfPresent(verdict, forKey: .verdict)
    try c.encode(note, forKey: .note)
    switch content {
    case .commit(let trajectory):
      try c.encode(Kind.commit, forKey: .kind)
      try trajectory.encode(to: encoder)
    case .undo(let id):
      try c.encode(Kind.undo, forKey: .kind)
      try c.encode(id, forKey: .undoes)
    }
  }
}
