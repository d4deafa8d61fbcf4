import Foundation
import Synchronization
import TreeSearch
import Vocabulary
import Workspace

/// What somebody beside a running search asks of it, as one line of JSON.
public struct ControlRequest: Codable, Equatable, Sendable {
  /// What is to be done.
  public enum Act: String, Codable, Sendable, CaseIterable { case pause, resume, step, status, set }

  /// What is to be done.
  public var act: Act
  /// Of a step: simulations; nil for one.
  public var count: Int?
  /// Of a change: the parameter.
  public var parameter: String?
  /// Of a change: the value, as it is typed.
  public var value: String?

  /// A request with its fields as given.
  public init(_ act: Act, count: Int? = nil, parameter: String? = nil, value: String? = nil) {
    (self.act, self.count, self.parameter, self.value) = (act, count, parameter, value)
  }
}

/// What comes back: how the run stands, and why nothing was done.
public struct ControlReply: Codable, Equatable, Sendable {
  /// False where nothing was done; then ``error`` says why.
  public var ok = true
  /// Why nothing was done.
  public var error: String?
  /// The run.
  public var run: String
  /// What it is doing: `running`, `paused`, …
  public var state: String
  /// Why it stopped.
  public var stopped: String?
  /// Simulations so far.
  public var simulations: Int
  /// Nodes that are shown.
  public var nodes: Int
  /// Events of its journal.
  public var events: Int
  /// Tokens that its models wrote.
  public var tokens: Int
}

/// Steers one run for those who call on its socket, as a person at its keys would.
public final class RunControl: Sendable {
  private let run: String
  private let runner: SearchRunner
  /// A caller paused it: it is to wait for one who lets it go on.
  private let holds = Mutex(false)
  private let listener = Mutex<ControlListener?>(nil)

  /// Steers `runner`, which has `run` of `workspace` open. Where no socket can be had, nobody can call, and the run goes on.
  public init(_ runner: SearchRunner, run: String, in workspace: Workspace) {
    (self.run, self.runner) = (run, runner)
    let heard = try? ControlListener(workspace: workspace.path, run: run) { [weak self] line in
      await self?.answer(line) ?? Data()
    }
    listener.withLock { $0 = heard }
  }

  /// True while a caller's pause stands.
  public var isHeld: Bool { holds.withLock { $0 } }

  /// Hears nobody any more.
  public func close() { listener.withLock { $0?.close() } }

  /// Does what `line` asks for and says how the run stands then.
  func answer(_ line: Data) async -> Data {
    var problem: String?
    do {
      problem = try await perform(CanonicalJSON.value(ControlRequest.self, from: line))
    } catch {
      problem = "expected {\"act\": \"pause|resume|step|status|set\"}"
    }
    let tree = await runner.tree
    let state = await runner.runState
    let reply = ControlReply(
      ok: problem == nil, error: problem?.printable, run: run, state: state.word, stopped: tree.stopReason?.rawValue,
      simulations: tree.simulations, nodes: tree.nodeCount, events: tree.eventCount, tokens: tree.usage.generated)
    return (try? CanonicalJSON.data(reply)) ?? Data()
  }

  /// Why it was not done; nil where it was.
  private func perform(_ request: ControlRequest) async -> String? {
    switch request.act {
    case .status: return nil
    case .pause:
      holds.withLock { $0 = true }
      await runner.pause()
      return nil
    case .resume:
      if let problem = await stuck() { return problem }
      await runner.run()
      holds.withLock { $0 = false }
      return nil
    case .step:
      let count = request.count ?? 1
      guard 1...1_000_000 ~= count else { return "expected 1 to 1000000 simulations, found \(count)" }
      if let problem = await stuck() { return problem }
      await runner.step(count)
      return nil
    case .set:
      guard let id = request.parameter, let text = request.value else { return "expected a parameter and a value" }
      do {
        var changed = await runner.tree.parameters
        try changed.set(id, to: text)
        guard let value = changed.value(id) else { return "there is no parameter '\(id)'" }
        // Tried on a copy first: the run itself tells its objections only to whoever watches it.
        var trial = Search(tree: await runner.tree)
        try trial.intervene(.set(parameter: id, value: value))
        await runner.intervene(.set(parameter: id, value: value))
        return nil
      } catch {
        return "\(error)"
      }
    }
  }

  /// Why nothing can go on.
  private func stuck() async -> String? {
    switch await runner.runState {
    case .failed(let message): return message
    case .done(.imported): return "an imported tree is history: only a fork of it is searched"
    case .done(.exhausted): return "nothing is left to add"
    default: return nil
    }
  }
}
