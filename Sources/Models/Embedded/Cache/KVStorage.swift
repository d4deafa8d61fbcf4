import CKernels

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

/// One sequence being computed: the shared segments of its prefix and a growing segment of its own.
final class LlamaSequence {
  /// Tokens before the own segment.
  let start: Int
  /// The own segment; `count` of its rows are computed.
  private(set) var own: KVStorage
  var count = 0

  private let chain: [(storage: KVStorage, count: Int)]
  // [layer][shared segments, then the own one]
  private let segments: UnsafeMutablePointer<ck_segment>

  /// - Parameter capacity: rows the own segment has at first; it doubles when they are used up.
  init(chain: [(storage: KVStorage, count: Int)], shape: KVStorage.Shape, capacity: Int) {
    self.chain = chain
    start = chain.reduce(0) { $0 + $1.count }
    own = KVStorage(shape: shape, capacity: capacity)
    segments = .allocate(capacity: shape.layers * (chain.count + 1))
    for layer in 0..<shape.layers {
      for (i, part) in chain.enumerated() {
        (segments + layer * segmentCount + i).initialize(
          to: ck_segment(
            keys: part.storage.keys(layer: layer), values: part.storage.values(layer: layer), count: part.count))
      }
    }
    pointToOwn()
  }

  deinit { segments.deallocate() }

  var segmentCount: Int { chain.count + 1 }

  private func pointToOwn() {
    for layer in 0..<own.shape.layers {
      (segments + layer * segmentCount + chain.count).initialize(
        to: ck_segment(keys: own.keys(layer: layer), values: own.values(layer: layer), count: 0))
    }
  }

  /// Makes room for `rows` rows of its own.
  func reserve(_ rows: Int) {
    guard rows > own.capacity else { return }
    own = own.copy(0..<count, capacity: max(rows, 2 * own.capacity))
    pointToOwn()
  }

  /// The segments of `layer` up to and including row `slot` of the own one.
  func segments(layer: Int, through slot: Int) -> UnsafePointer<ck_segment> {
    let first = segments + layer * segmentCount
    first[chain.count].count = slot + 1
    return UnsafePointer(first)
  }
}
