/// A row-major block of floats, freed with its owner.
final class FloatMatrix {
  let rows: Int
  let columns: Int
  let base: UnsafeMutablePointer<Float>

  /// All zero.
  init(_ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    base = .allocate(capacity: max(1, rows * columns))
    base.initialize(repeating: 0, count: max(1, rows * columns))
  }

  deinit { base.deallocate() }

  func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * columns }
}
