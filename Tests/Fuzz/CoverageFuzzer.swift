#if LIBFUZZER
  import Foundation
  import Synchronization
  import Vocabulary

  /// libFuzzer, which comes with the compiler: it keeps what reaches new code, and half of its changes are those of ``Mutator``.
  enum CoverageFuzzer {
    fileprivate static let target = Mutex<FuzzTarget?>(nil)
    fileprivate static let others = Mutex<[[UInt8]]>([])

    /// Seconds that an input may take before it counts as one that hangs.
    private static let seconds = 20
    /// Memory that the process may take: MB.
    private static let memory = 3072

    /// Runs `runs` inputs and ends the process: 0 where nothing was found, else with the input in `corpus`.
    static func run(_ target: FuzzTarget, runs: Int, seed: UInt64, corpus: String) throws {
      let folder = URL(filePath: corpus)
      let own = folder.appending(path: target.name)
      let given = folder.appending(path: target.name + "-given")
      for folder in [own, given] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
      let inputs = try Corpus(target).inputs.map(\.bytes)
      for (index, input) in inputs.enumerated() { try Data(input).write(to: given.appending(path: "\(index)")) }
      self.target.withLock { $0 = target }
      others.withLock { $0 = inputs.isEmpty ? [[]] : inputs }
      let words = target.words.enumerated().map { "w\($0)=\"\(escaped($1))\"\n" }.joined()
      let dictionary = folder.appending(path: target.name + ".words")
      try Data(words.utf8).write(to: dictionary)
      let options = [
        CommandLine.arguments[0], path(own), path(given), "-runs=\(runs)", "-seed=\(seed)",
        "-max_len=\(target.longest)",
        "-timeout=\(seconds)", "-rss_limit_mb=\(memory)", "-dict=\(path(dictionary))", "-print_final_stats=1",
        "-artifact_prefix=\(path(folder))/\(target.name)-", "-reload=0", "-verbosity=1",
      ]
      var arguments: [UnsafeMutablePointer<CChar>?] = options.map { strdup($0) } + [nil]
      var count = CInt(arguments.count - 1)
      let code = arguments.withUnsafeMutableBufferPointer { buffer in
        var start = buffer.baseAddress
        return runDriver(&count, &start, read)
      }
      ScratchFile.remove()
      exit(code)
    }

    private static func path(_ url: URL) -> String { url.path(percentEncoded: false) }

    private static func escaped(_ word: String) -> String {
      word.utf8.map { byte in
        let hex = String(byte, radix: 16)
        return (0x23...0x5B).contains(byte) || (0x5D...0x7E).contains(byte) || byte == 0x20
          ? String(UnicodeScalar(byte)) : "\\x" + (hex.count == 1 ? "0" : "") + hex
      }.joined()
    }
  }

  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ read: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  @_silgen_name("LLVMFuzzerMutate")
  private func mutateAtRandom(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

  private func read(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: count))
    if let finding = CoverageFuzzer.target.withLock({ $0 })?.finding(input) { fatalError("finding: \(finding)") }
    return 0
  }

  /// Called by libFuzzer, which looks for this name.
  @_cdecl("LLVMFuzzerCustomMutator")
  func mutateForFuzzer(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: CUnsignedInt) -> Int {
    guard seed.isMultiple(of: 2), let target = CoverageFuzzer.target.withLock({ $0 }) else {
      return mutateAtRandom(data, count, most)
    }
    var mutator = Mutator(seed: UInt64(seed), words: target.words, longest: most)
    let other = CoverageFuzzer.others.withLock { $0[Int(seed / 2) % $0.count] }
    let input = Array(UnsafeBufferPointer(start: data, count: count))
    let mutated = mutator.mutated(input, other)
    for (index, byte) in mutated.enumerated() { data[index] = byte }
    return mutated.count
  }
#endif
