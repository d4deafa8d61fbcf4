import Foundation
import Models

/// Runs programs that a model wrote, where they can do no harm: a process without network, files to write, environment,
/// children or the sight of other processes, and with limits on time, memory and output.
///
/// It is built of what Debian and most others ship: `bwrap` (namespaces, a read-only view of `/usr` alone), `setpriv`
/// (root's own programs run as nobody), `prlimit`, and a ``SystemCallFilter``; ``ChildProcess`` keeps the time, and ends all of it.
/// There is no weaker way: where one part is missing or the self-test fails, there is no sandbox, and tools that need one are off.
public struct Sandbox: Sendable {
  /// Limits of each program.
  public let limits: SandboxLimits
  private let turns: TaskLimiter

  /// A sandbox with these limits, in which at most `atOnce` programs run at a time. It has not been tried yet: see
  /// ``SandboxProvider``.
  init(limits: SandboxLimits, atOnce: Int) {
    self.limits = limits
    turns = TaskLimiter(atOnce)
  }

  /// The interpreter of ``run(_:)``.
  static let interpreter = "/usr/bin/python3"

  /// Runs a Python program (the standard library; packages of the system's `dist-packages` if it adds that path).
  ///
  /// - Throws: ``SandboxError`` where it cannot be started; `CancellationError` when the task is cancelled, also while
  ///   other programs have all turns.
  public func run(_ program: String) async throws -> SandboxResult {
    guard let filter = SystemCallFilter.current else { throw SandboxError("no system call filter for this processor") }
    let report: Result<ChildProcess.Report, any Error> = try await turns.run {
      let child = ChildProcess()
      return await withTaskCancellationHandler {
        await withCheckedContinuation { done in
          // The process is waited for on a thread of its own: the ones that run tasks must not block.
          Thread.detachNewThread {
            done.resume(
              returning: Result {
                try child.run(
                  command, input: Array(program.utf8), extra: filter.bytes, limit: limits.outputBytes,
                  seconds: Double(limits.wallSeconds))
              })
          }
        }
      } onCancel: {
        child.cancel()
      }
    }
    do {
      return result(try report.get())
    } catch let failure as ChildProcess.Failure {
      throw SandboxError(failure.description)
    }
  }

  /// Every part of the wall, outermost first.
  ///
  /// Limits hold for all in it, not for the program alone: bubblewrap's first process has the program's user, and is as good as the
  /// program where somebody finds a way to write into it. With an empty `/proc` there is none that is known.
  var command: [String] {
    let asNobody =
      getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
    return asNobody + [
      "/usr/bin/prlimit", "--cpu=\(limits.processorSeconds):\(limits.processorSeconds + 1)",
      "--as=\(limits.memoryBytes)", "--fsize=0", "--nofile=\(limits.files)", "--core=0",
      "/usr/bin/bwrap", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
      "--symlink", "usr/bin", "/bin", "--dir", "/proc", "--dev", "/dev",
      "--remount-ro", "/dev", "--remount-ro", "/",
      "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
      "--hostname", "sandbox", "--clearenv", "--setenv", "PATH", "/usr/bin", "--chdir", "/", "--cap-drop", "ALL",
      "--seccomp", "3",
      // Outside, all that the user runs would be counted.
      "/usr/bin/prlimit", "--nproc=\(limits.threads)",
      Self.interpreter, "-I", "-S", "-B", "-",
    ]
  }

  private func result(_ report: ChildProcess.Report) -> SandboxResult {
    let errors = String(decoding: report.errors.suffix(limits.outputBytes), as: UTF8.self)
    return SandboxResult(
      ending: ending(report, errors), output: String(decoding: report.output, as: UTF8.self), errors: errors)
  }

  private func ending(_ report: ChildProcess.Report, _ errors: String) -> SandboxEnding {
    if report.wroteTooMuch { return .outputLimit(limits.outputBytes) }
    if report.tookTooLong { return .wallLimit(limits.wallSeconds) }
    guard let code = report.status else { return .killed(signal: SIGKILL) }
    let signal = code & 0x7F
    // The command's parts report a signal of the program as 128 more than its number.
    let status = signal == 0 ? code >> 8 & 0xFF : 128 + signal
    switch status {
    case 0: return .finished
    case 128 + SIGXCPU: return .processorLimit(limits.processorSeconds)
    // Beyond the hard limit of processor time, which a program that ignores the soft one reaches.
    case 128 + SIGKILL where report.seconds >= Double(limits.processorSeconds):
      return .processorLimit(limits.processorSeconds)
    case 129...(128 + 64): return .killed(signal: status - 128)
    default: return .failed(status: status, reason: Self.lastLine(errors))
    }
  }

  /// The last line that says something, cut, without control characters.
  private static func lastLine(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
    return ToolFinding.safe(String(line))
  }
}

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

/// The sandbox could not run a program.
public struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line for people.
  public let description: String

  init(_ description: String) { self.description = description }
}
