/// What a prefix cache holds.
public struct CacheState: Sendable, Hashable {
  /// Bytes of keys, values and hidden states.
  public let bytes: Int
  /// Segments.
  public let segments: Int
  /// Segments dropped so far.
  public let evictions: Int
}
