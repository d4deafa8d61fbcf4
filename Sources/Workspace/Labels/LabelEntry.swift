import GRDB
import Vocabulary

/// A label as the append-only log of labels keeps it.
public struct LabelEntry: Codable, Equatable, Sendable, Identifiable {
  /// The first 16 hexadecimal digits of SHA-256 of the entry's canonical JSON without its id.
  public let id: String
  /// The id of the entry before it; nil for the first.
  public let previous: String?
  /// When, ISO 8601 in UTC.
  public let at: String
  /// What was said.
  public let label: Label

  /// An entry; its id follows from the other fields.
  public init(previous: String?, at: String, label: Label) throws {
    (self.previous, self.at, self.label) = (previous, at, label)
    id = try Self.contentID(previous: previous, at: at, label: label)
  }

  private static func contentID(previous: String?, at: String, label: Label) throws -> String {
    String(SHA256.hex(try CanonicalJSON.data(Content(previous: previous, at: at, label: label))).prefix(16))
  }

  /// True where the id is the digest of the rest.
  func isWhole() throws -> Bool { try Self.contentID(previous: previous, at: at, label: label) == id }

  /// What the id stands for.
  private struct Content: Encodable {
    let previous: String?
    let at: String
    let label: Label
  }

  /// The table's making: the fifth step of the workspace.
  static let tables = """
    CREATE TABLE labels (
      sequence INTEGER PRIMARY KEY NOT NULL,
      problem TEXT NOT NULL,
      run TEXT,
      entry BLOB NOT NULL
    );
    CREATE INDEX labels_by_problem ON labels (problem);
    CREATE INDEX labels_by_run ON labels (run) WHERE run IS NOT NULL;
    \(Schema.appendOnly("labels", "labels are append-only"))
    """
}
