/// How a sandboxed program ended.
public enum SandboxEnding: Sendable, Hashable {
  /// With exit status 0.
  case finished
  /// With another exit status; `reason` is the last line of its error output, may be empty.
  case failed(status: Int32, reason: String)
  /// It used up its processor time, in seconds.
  case processorLimit(Int)
  /// It ran for too long, in seconds.
  case wallLimit(Int)
  /// It wrote more than this many bytes.
  case outputLimit(Int)
  /// A signal killed it.
  case killed(signal: Int32)

  /// What stopped the program, in plain words.
  public var words: String {
    switch self {
    case .finished: "finished"
    case .failed(let status, let reason):
      reason.isEmpty ? "exit status \(status)" : reason
    case .processorLimit(let seconds): "stopped at the limit of \(seconds) s of processor time"
    case .wallLimit(let seconds): "stopped at the limit of \(seconds) s"
    case .outputLimit(let bytes): "stopped at the limit of \(bytes) bytes of output"
    case .killed(let signal): "killed by \(Self.names[signal] ?? "signal \(signal)")"
    }
  }

  private static let names: [Int32: String] = [
    4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 15: "SIGTERM", 31: "SIGSYS",
  ]
}

/// What came of one sandboxed program.
public struct SandboxResult: Sendable, Hashable {
  /// How it ended.
  public var ending: SandboxEnding
  /// What it wrote to standard output, at most ``SandboxLimits/outputBytes``; hostile text.
  public var output: String
  /// What it wrote to standard error, cut likewise; hostile text.
  public var errors: String

  /// A result with its fields as given.
  public init(ending: SandboxEnding, output: String, errors: String = "") {
    self.ending = ending
    self.output = output
    self.errors = errors
  }
}
