/// Rendezvous hashing (Thaler, Ravishankar 1998): every key ranks all servers by a hash of both.
enum Rendezvous {
  /// The weight of a server for `key`; the greatest wins. Complexity: O(length).
  static func weight(of server: String, for key: some Sequence<UInt8>) -> UInt64 {
    // FNV-1a, then mixed: its high bits alone hardly depend on the last bytes.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in server.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0xFF) &* 0x100_0000_01B3  // no byte of UTF-8
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
