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

  mutating func remove(_ id: RequestID) -> Request? { index(id).map { rows.remove(at: $0) } }

  /// Drops the request at a place that ``index(_:)`` found.
  @inline(__always)
  mutating func remove(at place: Int) {
    if place == rows.count - 1 { rows.removeLast() } else { rows.remove(at: place) }
  }

  /// The request at a place that ``index(_:)`` found.
  @inline(__always)
  subscript(at place: Int) -> Request { _read { yield rows[place] } }

  // What the hot path asks of that request. By a pointer, because the compiler copies the whole request otherwise, and
  // counts references to its lists.

  @inline(__always)
  func node(at place: Int) -> NodeID { read(place) { $0.pointee.node } }

  @inline(__always)
  func isProposal(at place: Int) -> Bool {
    read(place) { if case .propose = $0.pointee.kind { true } else { false } }
  }

  /// Why `answer` does not fit what was asked; nil where it does.
  @inline(__always)
  func misfit(_ answer: borrowing Answer, at place: Int) -> String? { read(place) { answer.misfit($0.pointee.kind) } }

  @inline(__always)
  private func read<Result>(_ place: Int, _ body: (UnsafePointer<Request>) -> Result) -> Result {
    precondition(rows.indices.contains(place))
    return rows.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped + place) }
  }

  @inline(always)
  func index(_ id: RequestID) -> Int? {
    if rows.count == 1 { return rows[0].id == id ? 0 : nil }
    return rows.firstIndex { $0.id == id }
  }
}
