import Foundation
import Synchronization

/// A `llama-server` of our own for one GGUF file: started on a loopback port, watched, started once more if it dies, and gone
/// when this object or this process is, however that ends.
public final class LlamaServer: Sendable {
  /// Where it answers.
  public let url: URL
  /// The file it serves.
  public let file: GGUFFile
  /// What it wants to hear.
  let key: ServerKey?
  private let shared: Shared

  /// How long to wait for what.
  struct Patience: Sendable {
    /// For the first sign of life on the port.
    var answer = Duration.seconds(60)
    /// For the model to be loaded, once the server answers.
    var loading = Duration.seconds(1800)
  }

  /// Starts a server of `file` for `slots` requests at once (nil: as many as suit the file) and returns at once; ``ready()`` waits
  /// for it.
  ///
  /// - Parameter folder: where its messages go, to a file that is kept only where the server failed.
  /// - Throws: ``ModelError`` where there is no free port or no place for the messages.
  public convenience init(_ file: GGUFFile, command: LlamaCommand, slots: Int? = nil, logs folder: URL) throws {
    try self.init(file, command: command, slots: slots ?? file.slots, logs: folder, patience: Patience())
  }

  init(_ file: GGUFFile, command: LlamaCommand, slots: Int, logs folder: URL, patience: Patience) throws {
    guard let port = LoopbackPort() else { throw ModelError(file.path, "there is no free port for its server") }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw ModelError(folder.path(percentEncoded: false), "cannot be made: \(error.localizedDescription)")
    }
    guard let url = URL(string: "http://127.0.0.1:\(port.number)") else { throw ModelError(file.path, "port") }
    self.file = file
    self.url = url
    // Whoever else is on this machine reaches the port as well. In a variable, for everybody sees the words of a command.
    let named = command.key ?? (0..<4).map { _ in String(UInt64.random(in: 0 ... .max), radix: 16) }.joined()
    key = try ServerKey.read(named, place: "--api-key")
    let environment = file.environment.merging(command.environment) { _, own in own }.merging(
      command.key == nil ? [LlamaCommand.keyVariable: named] : [:]
    ) { _, new in new }
    let shared = Shared(
      file: file, words: command.words(serving: file, port: port.number, slots: slots),
      environment: environment, secrets: ServerSecrets([named]), port: port,
      log: folder.appending(path: "llama-server-\(getpid())-\(port.number).log").path(percentEncoded: false),
      patience: patience)
    self.shared = shared
    // A thread of its own, because the kernel ties the process to the thread that starts it.
    let thread = Thread { shared.supervise() }
    thread.name = "llama-server"
    thread.start()
  }

  deinit { stop() }

  /// Returns as soon as the server takes requests, also after it had to be started again.
  ///
  /// Throws ``ModelError`` where it never will; `CancellationError`.
  public func ready() async throws {
    while true {
      switch shared.state.withLock({ $0 }) {
      case .ready where !shared.process.isStopped: return
      case .failed(let error): throw error
      // One that was ended is about to say so.
      case .starting, .ready: try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  /// True while it takes requests.
  public var isReady: Bool { if case .ready = shared.state.withLock({ $0 }) { true } else { false } }

  /// Why it will never answer again; nil while it may.
  public var failure: ModelError? {
    if case .failed(let error) = shared.state.withLock({ $0 }) { error } else { nil }
  }

  /// The server's process, while it runs.
  var pid: pid_t? { shared.process.pid }

  /// Ends the server; ``ready()`` throws from now on.
  public func stop() {
    if failure == nil { shared.forgetMessages() }
    shared.process.stop()
  }

  // MARK: - Watching

  private enum State: Sendable {
    case starting
    case ready
    case failed(ModelError)
  }

  /// What the supervising thread shares with the object, which it does not keep alive.
  private final class Shared: Sendable {
    let state = Mutex(State.starting)
    let process = TiedProcess()
    private let file: GGUFFile
    private let words: [String]
    private let environment: [String: String]
    private let secrets: ServerSecrets
    private let port: LoopbackPort
    private let log: String
    private let patience: Patience

    init(
      file: GGUFFile, words: [String], environment: [String: String], secrets: ServerSecrets, port: LoopbackPort,
      log: String, patience: Patience
    ) {
      self.file = file
      self.words = words
      self.environment = environment
      self.secrets = secrets
      self.port = port
      self.log = log
      self.patience = patience
    }

    /// Starts the server, and once more if it dies; returns when it is gone for good.
    func supervise() {
      var failure = run()
      // One that never came up would not come up now either.
      if failure.wasReady, !process.isStopped {
        set(.starting)
        failure = run()
      }
      set(.failed(process.isStopped ? ModelError(file.path, "its server was ended") : failure.error))
    }

    func forgetMessages() { unlink(log) }

    private func set(_ new: State) { state.withLock { $0 = new } }

    /// One life of the server, and what ended it.
    private func run() -> (error: ModelError, wasReady: Bool) {
      do {
        try process.start(words, environment: environment, log: log)
        try waitForHealth()
      } catch {
        return (error as? ModelError ?? ModelError(file.path, "\(error)"), false)
      }
      set(.ready)
      let ending = process.wait()
      return (ended(ending, "after it had been started again"), true)
    }

    private func waitForHealth() throws {
      let clock = ContinuousClock()
      let start = clock.now
      var answered = false
      while true {
        if let ending = process.wait(nowait: true) { throw ended(ending, "while it started") }
        if process.isStopped { return }
        let status = port.status(of: "/health")
        if status == 200 { return }
        answered = answered || status != nil
        let waited = clock.now - start
        if waited > (answered ? patience.loading : patience.answer) {
          giveUp()
          throw ModelError(
            file.path,
            answered
              ? "its server answers, but has not loaded the model in \(patience.loading); its messages are in \(log)"
              : "its server does not answer on its port after \(patience.answer); its messages are in \(log)")
        }
        usleep(waited < .seconds(2) ? 10_000 : 200_000)
      }
    }

    private func giveUp() {
      guard let pid = process.pid else { return }
      kill(-pid, SIGKILL)
      _ = process.wait()
    }

    private func ended(_ ending: TiedProcess.Ending?, _ moment: String) -> ModelError {
      let program = URL(filePath: words[0]).lastPathComponent
      let said = lastLine.map { ": \($0)" } ?? "; it said nothing"
      return ModelError(
        file.path, "\(program) ended with \(ending?.words ?? "no trace") \(moment)\(said) (all messages: \(log))")
    }

    /// The last line of the server's messages that is not empty.
    private var lastLine: String? {
      guard let file = FileHandle(forReadingAtPath: log) else { return nil }
      defer { try? file.close() }
      let size = (try? file.seekToEnd()) ?? 0
      try? file.seek(toOffset: size > 4096 ? size - 4096 : 0)
      let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
      let lines = secrets.message(text).split(whereSeparator: \.isNewline).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return lines.last { !$0.isEmpty }.map { String($0.prefix(200)) }
    }
  }
}
