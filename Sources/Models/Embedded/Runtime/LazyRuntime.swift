/// A model's runtime, made when it is first needed: a program that only looks at a run never widens a weight.
struct LazyRuntime {
  private let folder: ModelFolder
  private let cacheBytes: Int
  /// The runtime; nil while nobody has needed it.
  private(set) var made: LlamaRuntime?

  /// Looks whether all of the folder's weights are there.
  ///
  /// - Throws: `ModelError` naming the file, the tensor and the expected shape.
  init(_ folder: ModelFolder, cacheBytes: Int) throws {
    try LlamaWeights.check(folder.weights, folder.configuration)
    self.folder = folder
    self.cacheBytes = cacheBytes
  }

  /// The runtime. Complexity: O(weights) the first time.
  var runtime: LlamaRuntime {
    mutating get throws {
      let runtime = try made ?? LlamaRuntime(folder, cacheBytes: cacheBytes)
      made = runtime
      return runtime
    }
  }
}
