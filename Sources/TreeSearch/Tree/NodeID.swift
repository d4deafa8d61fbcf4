/// Address of a node in the arena of a ``SearchTree``.
///
/// The root is 0; a node is added after its parent, so a parent's id is always smaller than its children's.
public struct NodeID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Index into the arena; -1 means "no node".
  public let index: Int32

  /// The node at `index` of the arena.
  public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  /// The root of every tree.
  public static let root = NodeID(0)
  /// Stands where a link leads nowhere (the root's parent, the last sibling's next).
  public static let none = NodeID(-1)

  /// False for ``none``.
  public var exists: Bool { index >= 0 }
  /// The index as an array subscript.
  public var offset: Int { Int(index) }
  /// The index in decimal, as shown on the screen and in exports.
  public var description: String { String(index) }

  /// Order of creation.
  public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }

  /// Reads the bare number.
  public init(from decoder: any Decoder) throws {
    index = try decoder.singleValueContainer().decode(Int32.self)
  }
  /// Writes the bare number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(index)
  }
}
