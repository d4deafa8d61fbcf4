import Foundation
import Synchronization

/// A server that a command of the user's starts for a model folder, on a loopback port; gone when this object or this process is.
package final class FolderServer: Sendable {
  /// Where it answers.
  package let url: String
  private let shared: Shared

  /// Starts `command` by a shell and returns at once; ``ready()`` waits for it.
  ///
  /// - Parameters:
  ///   - command: holds `{model}` and `{port}`, which become the folder and the port, each one word whatever is in it.
  ///   - folder: where its messages go, to a file that is kept only where the server failed.
  /// - Throws: ``ModelError`` for a command without a port, where there is no free one or no place for the messages.
  package init(_ command: String, serving model: String, logs folder: URL, patience: Duration = .seconds(1800)) throws {
    guard command.contains("{port}"), command.contains("{model}") else {
      throw ModelError("serve", "expected a command with {model} and {port}, found '\(command)'")
    }
    guard let port = LoopbackPort() else { throw ModelError(model, "there is no free port for its server") }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw ModelError(folder.path(percentEncoded: false), "cannot be made: \(error.localizedDescription)")
    }
    url = "http://127.0.0.1:\(port.number)"
    // Words of the shell's own, so that nothing in a path is a command.
    let script = command.replacing("{model}", with: "\"$1\"").replacing("{port}", with: "\"$2\"")
    let shared = Shared(
      words: ["/bin/sh", "-c", script, "serve", model, "\(port.number)"], model: model, port: port,
      log: folder.appending(path: "serve-\(getpid())-\(port.number).log").path(percentEncoded: false),
      patience: patience)
    self.shared = shared
    // A thread of its own, because the kernel ties the process to the thread that starts it.
    let thread = Thread { shared.supervise() }
    thread.name = "serve"
    thread.start()
  }

  deinit { stop() }

  /// Returns as soon as the server takes requests. Throws ``ModelError`` where it never will; `CancellationError`.
  package func ready() async throws {
    while true {
      switch shared.state.withLock({ $0 }) {
      case .ready where !shared.process.isStopped: return
      case .ended(let error): throw error
      // One that was ended is about to say so.
      case .starting, .ready: try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  /// Ends the server and what it started.
  package func stop() { shared.process.stop() }

  private enum State: Sendable {
    case starting, ready
    case ended(ModelError)
  }

  /// What the supervising thread shares with the object, which it does not keep alive.
  private final class Shared: Sendable {
    let state = Mutex(State.starting)
    let process = TiedProcess()
    private let words: [String]
    private let model: String
    private let port: LoopbackPort
    private let log: String
    private let patience: Duration

    init(words: [String], model: String, port: LoopbackPort, log: String, patience: Duration) {
      (self.words, self.model, self.port, self.log, self.patience) = (words, model, port, log, patience)
    }

    func supervise() {
      do {
        try process.start(words, environment: ProcessInfo.processInfo.environment, log: log)
        try waitForAnswer()
        state.withLock { $0 = .ready }
        end("its server ended with \(process.wait()?.words ?? "no trace")")
      } catch {
        state.withLock { $0 = .ended(error as? ModelError ?? ModelError(model, "\(error)")) }
      }
      if process.isStopped { unlink(log) }
    }

    private func end(_ words: String) {
      state.withLock { $0 = .ended(ModelError(model, "\(words); its messages are in \(log)")) }
    }

    private func waitForAnswer() throws {
      let start = ContinuousClock.now
      while true {
        if let ending = process.wait(nowait: true) {
          throw ModelError(model, "its server ended with \(ending.words) while it started; its messages are in \(log)")
        }
        if process.isStopped { return }
        // Some have the one path, some the other.
        if ["/v1/models", "/health"].contains(where: { port.status(of: $0) == 200 }) { return }
        let waited = ContinuousClock.now - start
        if waited > patience {
          process.stop()
          throw ModelError(model, "its server does not answer after \(patience); its messages are in \(log)")
        }
        usleep(waited < .seconds(2) ? 20_000 : 200_000)
      }
    }
  }
}
