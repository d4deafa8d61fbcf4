import Foundation

/// Programs that want a processor each, all the time, beside what is measured.
final class BusyNeighbours {
  private let loops: [Process]

  /// Starts so many. Throws where the system's shell cannot be started.
  init(_ count: Int) throws {
    loops = try (0..<count).map { _ in
      let loop = Process()
      loop.executableURL = URL(filePath: "/bin/sh")
      // Ends with this program, whatever becomes of it.
      loop.arguments = [
        "-c", "while kill -0 \(getpid()) 2>/dev/null; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done",
      ]
      loop.standardInput = FileHandle.nullDevice
      try loop.run()
      return loop
    }
  }

  /// Ends them. A program that takes care of its own signals hands on that they are ignored: nothing less ends these.
  func stop() {
    for loop in loops where loop.isRunning { kill(loop.processIdentifier, SIGKILL) }
    for loop in loops { loop.waitUntilExit() }
  }
}
