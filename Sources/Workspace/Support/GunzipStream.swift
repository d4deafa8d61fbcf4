import CGzip

/// Unpacks gzip portion by portion.
final class GunzipStream {
  private let stream: OpaquePointer
  /// False between two members.
  private var isOpen = false
  private var chunk = [UInt8](repeating: 0, count: room)
  /// Bytes that a step may make.
  private static let room = 1 << 18

  init() throws(Gunzip.Failure) {
    if let problem = cgzip_load() { throw .unavailable(String(cString: problem)) }
    guard let stream = cgzip_open() else { throw .unavailable("zlib has no memory") }
    self.stream = stream
  }

  deinit { cgzip_close(stream) }

  /// One step of the library from place `at` of `packed` on: how it ended, bytes taken, and what they hold, until the next step.
  func step(_ packed: [UInt8], from at: Int) -> (state: Int, taken: Int, made: ArraySlice<UInt8>) {
    var (taken, made) = (0, 0)
    let state = packed.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { output in
        cgzip_read(
          stream, input.baseAddress.map { $0 + at }, input.count - at, &taken, output.baseAddress, output.count, &made)
      }
    }
    return (Int(state), taken, chunk[..<made])
  }

  /// What `packed`, the next bytes of the file, hold. Complexity: O(bytes unpacked).
  func unpacked(_ packed: [UInt8]) throws(Gunzip.Failure) -> [UInt8] {
    var (unpacked, at): ([UInt8], Int) = ([], 0)
    // The library may hold back what had no room.
    var isFull = false
    while at < packed.count || isFull {
      // Behind a member stands another one, or the zeros that tapes fill up with.
      if !isOpen, at < packed.count, packed[at] == 0 {
        at += 1
        continue
      }
      isOpen = true
      let (state, taken, made) = step(packed, from: at)
      at += taken
      unpacked += made
      isFull = made.count == Self.room
      switch state {
      case cgzip_member_ended: isOpen = false
      case cgzip_more: if taken == 0, made.isEmpty, at < packed.count { throw .damaged }
      default: throw .damaged
      }
    }
    return unpacked
  }

  /// Says that the file has ended.
  func finish() throws(Gunzip.Failure) { if isOpen { throw .truncated } }
}
