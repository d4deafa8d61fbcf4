import CGzip

/// Unpacks gzip portion by portion.
final class GunzipStream {
  private let stream: OpaquePointer
  /// False between two members.
  private var isOpen = false
  private var chunk = [UInt8](repeating: 0, count: 1 << 18)

  init() throws(Gunzip.Failure) {
    if let problem = cgzip_load() { throw .unavailable(String(cString: problem)) }
    guard let stream = cgzip_open() else { throw .unavailable("zlib has no memory") }
    self.stream = stream
  }

  deinit { cgzip_close(stream) }

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
      var (taken, made) = (0, 0)
      let state = packed.withUnsafeBufferPointer { input in
        chunk.withUnsafeMutableBufferPointer { output in
          cgzip_read(
            stream, input.baseAddress.map { $0 + at }, input.count - at, &taken, output.baseAddress, output.count, &made
          )
        }
      }
      at += taken
      unpacked += chunk[..<made]
      isFull = made == chunk.count
      switch Int(state) {
      case cgzip_member_ended: isOpen = false
      case cgzip_more: if taken == 0, made == 0, at < packed.count { throw .damaged }
      default: throw .damaged
      }
    }
    return unpacked
  }

  /// Says that the file has ended.
  func finish() throws(Gunzip.Failure) { if isOpen { throw .truncated } }
}
