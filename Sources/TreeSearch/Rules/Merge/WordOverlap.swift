/// Jaccard similarity of two texts' words.
enum WordOverlap {
  /// Common words over all words, in [0, 1]; 1 for two texts without words. Case counts for nothing.
  static func between(_ a: [UInt8], _ b: [UInt8]) -> Double {
    let (a, b) = (words(a), words(b))
    let all = a.union(b).count
    return all == 0 ? 1 : Double(a.intersection(b).count) / Double(all)
  }

  private static func words(_ bytes: [UInt8]) -> Set<Substring> {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return Set(text.split { !$0.isLetter && !$0.isNumber })
  }
}
