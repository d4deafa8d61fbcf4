import CGzip

/// Unpacks gzip, of one or more members as `gzip`, `pigz` and `cat a.gz b.gz` write them.
enum Gunzip {
  /// Why data cannot be unpacked.
  enum Failure: Error, Equatable {
    /// It ends before its end.
    case truncated
    /// It is no gzip, or its checksum is another.
    case damaged
    /// What is in it is longer than allowed.
    case tooLong
    /// The library is missing.
    case unavailable(String)
  }

  /// True where `bytes` begin as gzip does.
  static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 0x08]) }

  /// What is in `packed`, at most `limit` bytes of it. Complexity: O(bytes unpacked). Throws ``Failure``.
  static func unpack(_ packed: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
    let stream = try GunzipStream()
    var unpacked: [UInt8] = []
    var at = 0
    // What stands behind a member is another one, or the zeros that tapes and block devices fill up with.
    while at < packed.count, at == 0 || packed[at...].contains(where: { $0 != 0 }) {
      var isOpen = true
      while isOpen {
        let (state, taken, made) = stream.step(packed, from: at)
        at += taken
        if unpacked.count + made.count > limit { throw .tooLong }
        unpacked += made
        switch state {
        case cgzip_member_ended: isOpen = false
        case cgzip_more: if taken == 0, made.isEmpty { throw .truncated }
        default: throw .damaged
        }
      }
    }
    return unpacked
  }
}
