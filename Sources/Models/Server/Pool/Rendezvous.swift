/// Rendezvous hashing (Thaler, Ravishankar 1998): every key ranks all servers by a hash of both.
enum Rendezvous {
  /// The weight of a server for `key`; the greatest wins. Complexity: O(length).
  static func weight(of server: String, for key: some Sequence<UInt8>) -> UInt64 {
    var bytes = ByteHash()
    bytes.take(server.utf8)
    bytes.take(CollectionOfOne(0xFF))  // no byte of UTF-8
    bytes.take(key)
    // Mixed: a hash's high bits alone hardly depend on the last bytes.
    var hash = bytes.value
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
