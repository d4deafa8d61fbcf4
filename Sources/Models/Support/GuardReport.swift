import Foundation

/// What a guard (`guarded_spawn`) says of the program below it, in pairs of numbers.
package struct GuardReport: Sendable {
  /// The program's process, once it was started.
  package let program: pid_t?
  /// How it ended, as `waitpid` gives it; nil where the guard itself was killed before it could say so.
  package let status: Int32?
  /// Seconds of processor time that it and all it started took.
  package let processorSeconds: Double
  /// Why it could not be started: an errno.
  package let failure: Int32?

  /// Reads all that a guard has said.
  package init(_ bytes: [UInt8]) {
    let numbers = bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count / 8 * 8, by: 4).map { raw.loadUnaligned(fromByteOffset: $0, as: Int32.self) }
    }
    var told: [Int32: Int32] = [:]
    for at in stride(from: 0, to: numbers.count, by: 2) { told[numbers[at]] = numbers[at + 1] }
    (program, failure, status) = (told[0], told[1], told[2])
    processorSeconds = Double(told[3] ?? 0) / 1000
  }

  /// Ends what a guard left behind that was killed: it took the program along, but not the program's group.
  package func sweep() {
    if status == nil, failure == nil, let program { kill(-program, SIGKILL) }
  }
}
