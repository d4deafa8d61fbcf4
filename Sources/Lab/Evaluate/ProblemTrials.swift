/// What the methods of an evaluation came to on one problem.
package struct ProblemTrials: Sendable, Codable {
  /// The problem's place in the file.
  package let index: Int
  /// The problem's id.
  package let id: String
  package internal(set) var trials: [Trial] = []
  /// What failed, a line each, as in `p7: search: the server …`; the same line once.
  package private(set) var failures: [String] = []

  init(index: Int, id: String) { (self.index, self.id) = (index, id) }

  /// What `work` returns; nil where it fails, which is taken note of.
  ///
  /// - Throws: `CancellationError` alone.
  mutating func keep<Result>(_ name: String, _ work: () async throws -> Result) async throws -> Result? {
    do {
      return try await work()
    } catch let error as CancellationError {
      throw error
    } catch {
      let line = "\(id): \(name): \(error)"
      if !failures.contains(line) { failures.append(line) }
      return nil
    }
  }
}
