/// What one sandboxed program may use.
public struct SandboxLimits: Sendable, Hashable {
  /// Processor seconds, ≥ 1; one more and the kernel kills it.
  public var processorSeconds = 2
  /// Seconds from start to end, ≥ 1: more than the processor's, so that a busy machine does not change a verdict.
  public var wallSeconds = 10
  /// Bytes of address space. A program is one process, so this bounds its memory.
  public var memoryBytes = 384 << 20
  /// Bytes of output read before the program is killed; of error output as many are kept.
  public var outputBytes = 64 << 10
  /// Threads.
  public var threads = 16
  /// Open files.
  public var files = 32

  /// The defaults.
  public init() {}
}
