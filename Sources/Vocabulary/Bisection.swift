extension RandomAccessCollection {
  /// The place of the first element of which `holds` is not true, where it is true of all before it and of none behind:
  /// ``Swift/Collection/endIndex`` where it is true of all. Complexity: O(log count).
  @inlinable
  public func bound(where holds: (Element) throws -> Bool) rethrows -> Index {
    var low = startIndex
    var length = count
    while length > 0 {
      let half = length / 2
      let middle = index(low, offsetBy: half)
      if try holds(self[middle]) {
        low = index(after: middle)
        length -= half + 1
      } else {
        length = half
      }
    }
    return low
  }
}
