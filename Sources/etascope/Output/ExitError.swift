import Lab

/// A failure with the exit code that the contract gives it.
struct ExitError: Error, CustomStringConvertible {
  /// The contract's exit codes.
  enum Code: Int32 {
    case failed = 1
    case usage = 2
    case stopped = 3

    /// The code of a laboratory's failure.
    init(_ kind: LabError.Kind) {
      switch kind {
      case .settings: self = .usage
      case .failed: self = .failed
      case .stopped: self = .stopped
      }
    }
  }

  let code: Code
  let description: String

  /// The work failed.
  static func failed(_ message: String) -> ExitError { ExitError(code: .failed, description: message) }
  /// The arguments cannot be used, or a terminal is missing.
  static func usage(_ message: String) -> ExitError { ExitError(code: .usage, description: message) }
  /// A limit or a signal stopped the work; what was done is saved.
  static func stopped(_ message: String) -> ExitError { ExitError(code: .stopped, description: message) }
}
