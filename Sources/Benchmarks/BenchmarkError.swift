/// Why something could not be measured.
package struct BenchmarkError: Error, CustomStringConvertible {
  /// One line.
  package let description: String

  init(_ description: String) { self.description = description }
}
