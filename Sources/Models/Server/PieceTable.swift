import Synchronization

/// Pieces of text as token ids: a server model needs no tokenizer of its own, and speaks to every server in text.
///
/// An id stands for one piece for as long as the table lives and means nothing in another process. Memory grows with the
/// number of different pieces.
final class PieceTable: Sendable {
  /// A piece, and the server's own id where it is exactly one of its tokens.
  struct Piece: Hashable, Sendable {
    var bytes: [UInt8]
    var native: Int32?
    /// The question that the piece is the prompt for: which prompt it is, the interface decides that it is sent to.
    var question: String?
  }

  private struct State {
    var pieces: [Piece] = []
    var ids: [Piece: Int32] = [:]
  }

  private let state = Mutex(State())

  /// Number of ids so far.
  var count: Int { state.withLock { $0.pieces.count } }

  /// The id of a piece, the same each time. Complexity: O(its length).
  func id(of piece: Piece) -> Int32 {
    state.withLock { state in
      if let known = state.ids[piece] { return known }
      let id = Int32(state.pieces.count)
      state.pieces.append(piece)
      state.ids[piece] = id
      return id
    }
  }

  /// The pieces of `ids`; an unknown id stands for nothing.
  func pieces(of ids: [Int32]) -> [Piece] {
    state.withLock { state in
      ids.map { state.pieces.indices.contains(Int($0)) ? state.pieces[Int($0)] : Piece(bytes: []) }
    }
  }

  /// The bytes that `ids` stand for, one after the other. Complexity: O(their length).
  func bytes(of ids: [Int32]) -> [UInt8] { pieces(of: ids).flatMap(\.bytes) }
}
