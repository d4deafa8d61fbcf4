/// Levenshtein distance between two texts as bytes: the similarity measure of AlphaLLM's state merge.
public enum EditDistance {
  /// Insertions, deletions and replacements that turn `a` into `b`, counted up to `limit`.
  ///
  /// A distance of at least `limit` is returned as `limit`. Complexity: O(length × limit) after equal ends are dropped.
  public static func between(_ a: [UInt8], _ b: [UInt8], limit: Int = .max) -> Int {
    var low = 0
    var aEnd = a.count
    var bEnd = b.count
    while low < min(aEnd, bEnd), a[low] == b[low] { low += 1 }
    while aEnd > low, bEnd > low, a[aEnd - 1] == b[bEnd - 1] {
      aEnd -= 1
      bEnd -= 1
    }
    let (m, n) = (aEnd - low, bEnd - low)
    if abs(m - n) >= limit { return limit }
    if m == 0 || n == 0 { return min(limit, max(m, n)) }
    var row = Array(0...n)
    for i in 1...m {
      var diagonal = row[0]
      row[0] = i
      var least = i
      for j in 1...n {
        let above = row[j]
        row[j] = min(above + 1, row[j - 1] + 1, diagonal + (a[low + i - 1] == b[low + j - 1] ? 0 : 1))
        diagonal = above
        least = min(least, row[j])
      }
      if least >= limit { return limit }
    }
    return min(limit, row[n])
  }
}
