import Synchronization

/// Pieces of text as token ids: a server model needs no tokenizer of its own, and speaks to every server in text.
///
/// An id stands for one piece and means nothing in another process. What nobody has asked about for long is forgotten, so that
/// memory does not grow with the number of problems: ids are asked about within the request that they are made for.
final class PieceTable: Sendable {
  /// A piece, and the server's own id where it is exactly one of its tokens.
  struct Piece: Hashable, Sendable {
    var bytes: [UInt8]
    var native: Int32?
    /// The question that the piece is the prompt for: which prompt it is, the interface decides that it is sent to.
    var question: String?
  }

  /// Pieces that were made at about the same time.
  private struct Generation {
    /// The id of the first.
    var first: Int32
    var pieces: [Piece] = []
    var ids: [Piece: Int32] = [:]
    var bytes = 0

    subscript(id: Int32) -> Piece? {
      let at = Int(id - first)
      return pieces.indices.contains(at) ? pieces[at] : nil
    }
  }

  private struct State {
    var young = Generation(first: 0)
    var old = Generation(first: 0)
  }

  private let state = Mutex(State())
  /// Bytes of pieces after which a generation is old; what was old before it is forgotten then.
  private let most: Int

  /// Far more than all requests in flight speak of.
  init(most: Int = 16 << 20) { self.most = most }

  /// Number of ids so far, those of forgotten pieces included.
  var count: Int { state.withLock { Int($0.young.first) + $0.young.pieces.count } }

  /// The id of a piece, the same each time while it is not forgotten. Complexity: O(its length).
  func id(of piece: Piece) -> Int32 {
    state.withLock { state in
      // One that is old is made anew: it would be forgotten while it is in use.
      if let known = state.young.ids[piece] { return known }
      if state.young.bytes > most {
        state.old = state.young
        state.young = Generation(first: state.old.first + Int32(state.old.pieces.count))
      }
      let id = state.young.first + Int32(state.young.pieces.count)
      state.young.pieces.append(piece)
      state.young.ids[piece] = id
      state.young.bytes += piece.bytes.count + 64
      return id
    }
  }

  /// The pieces of `ids`; an unknown id stands for nothing.
  func pieces(of ids: [Int32]) -> [Piece] {
    state.withLock { state in ids.map { state.young[$0] ?? state.old[$0] ?? Piece(bytes: []) } }
  }

  /// The bytes that `ids` stand for, one after the other. Complexity: O(their length).
  func bytes(of ids: [Int32]) -> [UInt8] { pieces(of: ids).flatMap(\.bytes) }
}
