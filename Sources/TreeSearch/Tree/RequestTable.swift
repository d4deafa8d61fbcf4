/// The few requests that wait for an answer, in order of their numbers.
///
/// A sorted array: with a handful under way it beats a dictionary, which would hash on every step of the engine.
public struct RequestTable: Sendable, Equatable {
  private var rows: [Request] = []

  /// The requests, by number.
  public var values: [Request] { rows }
  /// How many there are.
  public var count: Int { rows.count }
  /// True where nothing is awaited.
  public var isEmpty: Bool { rows.isEmpty }

  /// The request numbered `id`; nil where it does not wait. Complexity: O(requests under way).
  public subscript(id: RequestID) -> Request? { index(id).map { rows[$0] } }

  mutating func insert(_ request: Request) { rows.append(request) }

  mutating func remove(_ id: RequestID) -> Request? {
    guard let at = index(id) else { return nil }
    return at == rows.count - 1 ? rows.removeLast() : rows.remove(at: at)
  }

  /// The request at a place that ``index(_:)`` found.
  @inline(always)
  subscript(at place: Int) -> Request { _read { yield rows[place] } }

  @inline(always)
  func index(_ id: RequestID) -> Int? {
    if rows.count == 1 { return rows[0].id == id ? 0 : nil }
    return rows.firstIndex { $0.id == id }
  }
}
