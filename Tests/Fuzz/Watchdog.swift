import Foundation
import Synchronization

/// Ends the process where one input takes too long. It counts the reading thread's own time: how busy a machine is says nothing of a
/// reader.
final class Watchdog: Sendable {
  /// Seconds of a processor that one input may take; no input is longer than some kilobytes.
  static let limit = 20.0

  private let clock: clockid_t
  private let started = Mutex(0.0)
  private let isDone = Mutex(false)

  /// Watches the thread that makes it. `words` say which input is being read.
  init(words: @escaping @Sendable () -> String) {
    var clock = clockid_t()
    pthread_getcpuclockid(pthread_self(), &clock)
    self.clock = clock
    started.withLock { $0 = Self.seconds(clock) }
    let thread = Thread { [self] in
      while !isDone.withLock({ $0 }) {
        usleep(250_000)
        guard !isDone.withLock({ $0 }) else { break }
        let used = Self.seconds(self.clock) - started.withLock { $0 }
        if used > Self.limit {
          FileHandle.standardError.write(Data("an input takes longer than \(Self.limit) s: \(words())\n".utf8))
          abort()
        }
      }
    }
    thread.start()
  }

  /// The next input begins.
  func next() { started.withLock { $0 = Self.seconds(clock) } }

  /// Watches no longer; to be called on the thread that is watched.
  func finish() { isDone.withLock { $0 = true } }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
