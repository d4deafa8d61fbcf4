extension Collection where Self: Sendable, Element: Sendable, Index == Int {
  /// What `transform` makes of each element, in their order, all of them worked on at once.
  ///
  /// - Throws: the first error; the others are cancelled then. Nothing where `transform` throws nothing.
  public func mapAtOnce<Output: Sendable, Failure: Error>(
    _ transform: @escaping @Sendable (Element) async throws(Failure) -> Output
  ) async throws(Failure) -> [Output] {
    let done = await withTaskGroup(of: (Int, Result<Output, Failure>).self) { group in
      for (index, element) in enumerated() {
        group.addTask {
          do throws(Failure) {
            return (index, .success(try await transform(element)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      var outputs: [Int: Output] = [:]
      for await (index, result) in group {
        switch result {
        case .success(let output): outputs[index] = output
        case .failure(let error):
          group.cancelAll()
          return Result<[Output], Failure>.failure(error)
        }
      }
      return .success((0..<count).compactMap { outputs[$0] })
    }
    return try done.get()
  }
}
