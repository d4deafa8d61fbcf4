extension Collection where Self: Sendable, Element: Sendable, Index == Int {
  /// What `transform` makes of each element, in their order, all of them worked on at once.
  ///
  /// - Throws: the first error; the others are cancelled then.
  public func mapAtOnce<Result: Sendable>(
    _ transform: @escaping @Sendable (Element) async throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      for (index, element) in enumerated() { group.addTask { (index, try await transform(element)) } }
      var results: [Int: Result] = [:]
      for try await (index, result) in group { results[index] = result }
      return (0..<count).compactMap { results[$0] }
    }
  }
}
