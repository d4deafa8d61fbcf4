/// Keys, values and final hidden states of consecutive tokens: one block of memory, freed with its last owner.
///
/// Layout: for each layer keys [capacity][keyValueWidth], then values of the same shape; after the last layer the hidden
/// states [capacity][width]. Hidden states are kept so that a prefix found whole in the cache needs no forward pass.
final class KVStorage {
  /// The sizes that all storages of a model share.
  struct Shape: Equatable {
    let layers: Int
    let keyValueWidth: Int
    let width: Int

    /// Floats one token takes.
    var floatsPerToken: Int { 2 * layers * keyValueWidth + width }
  }

  let shape: Shape
  let capacity: Int
  private let base: UnsafeMutablePointer<Float>

  init(shape: Shape, capacity: Int) {
    self.shape = shape
    self.capacity = capacity
    base = .allocate(capacity: max(1, capacity * shape.floatsPerToken))
  }

  deinit { base.deallocate() }

  /// Size in bytes.
  var bytes: Int { capacity * shape.floatsPerToken * 4 }

  func keys(layer: Int, at token: Int = 0) -> UnsafeMutablePointer<Float> {
    base + (2 * layer * capacity + token) * shape.keyValueWidth
  }

  func values(layer: Int, at token: Int = 0) -> UnsafeMutablePointer<Float> {
    base + ((2 * layer + 1) * capacity + token) * shape.keyValueWidth
  }

  func hidden(at token: Int) -> UnsafeMutablePointer<Float> {
    base + 2 * shape.layers * capacity * shape.keyValueWidth + token * shape.width
  }

  /// A new storage that holds the tokens of `range` and has room for `capacity`.
  func copy(_ range: Range<Int>, capacity: Int? = nil) -> KVStorage {
    let out = KVStorage(shape: shape, capacity: capacity ?? range.count)
    let floats = range.count * shape.keyValueWidth
    for layer in 0..<shape.layers {
      out.keys(layer: layer).update(from: keys(layer: layer, at: range.lowerBound), count: floats)
      out.values(layer: layer).update(from: values(layer: layer, at: range.lowerBound), count: floats)
    }
    out.hidden(at: 0).update(from: hidden(at: range.lowerBound), count: range.count * shape.width)
    return out
  }
}
