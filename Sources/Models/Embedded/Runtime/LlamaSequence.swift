import CKernels

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
