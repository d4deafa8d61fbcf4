import Glibc

/// Reads a file portion by portion, with the care of ``InputFile``: for files that are too long to be held.
package final class InputReader {
  private let file: Int32
  private let isOwn: Bool
  private let isStream: Bool
  private var hasBegun = false

  /// A reader of the file at `path`, which may be a pipe; of standard input where that is nil. Throws ``InputFile/Failure``.
  package init(_ path: String?) throws(InputFile.Failure) {
    let file = try path.map { path throws(InputFile.Failure) in try InputFile.open(path) } ?? STDIN_FILENO
    (self.file, isOwn) = (file, path != nil)
    do {
      isStream = try InputFile.bounds(of: file, .max, .stream).size == 0
    } catch {
      if path != nil { close(file) }
      throw error
    }
  }

  deinit { if isOwn { close(file) } }

  /// The next bytes, at most a megabyte; none at the end. Blocks its thread. Throws ``InputFile/Failure``.
  package func next() throws(InputFile.Failure) -> [UInt8] {
    var hasEnded = false
    while true {
      var problem: Int32 = 0
      let more = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
        let got = read(file, buffer.baseAddress, buffer.count)
        problem = got < 0 ? errno : 0
        count = max(0, got)
      }
      switch problem {
      case EINTR: continue
      case EAGAIN: _ = try InputFile.waits(for: file)
      case 0 where !more.isEmpty || !isStream || hasBegun || hasEnded:
        hasBegun = true
        return more
      // A named pipe that nobody has opened yet looks as if it had ended.
      case 0: hasEnded = try InputFile.waits(for: file)
      default: throw InputFile.Failure(errno: problem)
      }
    }
  }
}
