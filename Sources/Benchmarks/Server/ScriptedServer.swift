import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A completions server on the loopback interface that writes one token a sequence and tick, for as many sequences at once as
/// it has slots, as servers with continuous batching do; further ones wait. It counts what a client makes of it.
package final class ScriptedServer: Sendable {
  /// How it behaves.
  package struct Behaviour: Sendable {
    /// Sequences at once.
    package var slots = 32
    /// Milliseconds a token.
    package var latency = 10.0
    /// Whether the model goes on behind its answers.
    package var isChatty = false
    /// Whether it tells log-probabilities, from which labels are read.
    package var tellsLogProbabilities = true

    /// The defaults.
    package init() {}
  }

  /// What was counted.
  package struct Figures: Sendable {
    /// Requests that draw texts, and those that read labels.
    package var (draws, readings) = (0, 0)
    /// Tokens written.
    package var tokens = 0
    /// Tokens written behind a stated answer.
    package var tokensAfterAnswer = 0
    /// Sum over all ticks of the slots in use, and the ticks.
    package var (busy, ticks) = (0, 0)
    /// Processor time of the server's own thread, in seconds.
    package var processorSeconds = 0.0
  }

  /// The base URL.
  package let url: String
  private let state = Mutex((figures: Figures(), isStopped: false))
  private let listener: Int32

  /// Starts to listen at a free port.
  package init(_ behaviour: Behaviour) throws {
    (listener, url) = try Self.listen()
    // Unlike a task's, the thread's time is its own: it can be told apart from the client's.
    let thread = Thread { [self] in
      var loop = ServerLoop(listener: listener, behaviour: behaviour)
      while !state.withLock({ $0.isStopped }) {
        loop.turn()
        let figures = loop.figures
        state.withLock { $0.figures = figures }
      }
      loop.close()
    }
    thread.name = "scripted server"
    thread.start()
  }

  /// What was counted so far.
  package var figures: Figures { state.withLock { $0.figures } }

  /// Ends the server soon.
  package func stop() { state.withLock { $0.isStopped = true } }

  private static func listen() throws -> (Int32, String) {
    #if canImport(Glibc)
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #else
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isBound, Foundation.listen(listener, 1024) == 0 else {
      throw BenchmarkError("no port of the loopback interface is free")
    }
    return (listener, "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1")
  }
}
