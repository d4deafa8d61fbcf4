import Explorer
import Lab
import Runs
import TreeInsight
import TreeSearch
import Workspace

/// The fork that is searched beside the run on the screen: that run as it was before a person's act.
struct BesideRun: Sendable {
  /// The moment of the run on the screen from which it was forked.
  let moment: Int
  private let live: LiveRun
  private let reader: Task<Void, Never>

  /// Drives `record`, a fork from `moment`, and tells what becomes of it.
  init(_ record: RunRecord, from moment: Int, in workspace: Workspace, _ responder: any Responder, _ inputs: HostInputs)
    throws
  {
    let live = try LiveRun(record, in: workspace, responder: responder)
    let box = UpdateMailbox()
    self.moment = moment
    self.live = live
    reader = Task {
      for await update in live.runner.updates where box.put(update) { inputs.yield(.beside(box, of: record.id)) }
    }
  }

  /// Searches until `goal` simulations have been made in all.
  func search(upTo goal: Int) async {
    let made = await live.runner.tree.simulations
    if made < goal { await live.runner.step(goal - made) }
  }

  /// Begins no new simulation.
  func pause() async { await live.runner.pause() }

  /// Waits until nothing is due.
  func untilIdle() async { await live.runner.untilIdle() }

  /// Stops after what is in flight; everything is in the journal.
  func close() async throws {
    await live.runner.close()
    await reader.value
    try await live.summarise()
  }
}

extension LiveRuns {
  /// Searches the run that is open and its fork from `moment` until both have made `count` simulations more than the run has now.
  func searchBeside(from moment: Int, _ count: Int) async throws {
    guard let current, let workspace = setup.workspace else { return }
    let made = await current.runner.tree.simulations
    let goal = made + count
    if let beside, beside.moment == moment {
      inputs.yield(.action(.beside(.goal(goal))))
    } else {
      try await closeBeside()
      var settings = ForkSettings()
      settings.live = setup.header(current.record.header.problem)
      let fork = try workspace.fork(run: current.record.id, at: moment, settings: settings)
      beside = try BesideRun(fork, from: moment, in: workspace, setup.models.responder(), inputs)
      let run = OpenRun(id: fork.id, timeline: try workspace.timeline(of: fork.id))
      inputs.yield(.action(.beside(.began(run, from: moment, goal: goal))))
    }
    await current.runner.step(count)
    await beside?.search(upTo: goal)
  }

  /// Lets go of the fork that is searched beside the run; it stays in the workspace.
  func closeBeside() async throws {
    let closed = beside
    beside = nil
    try await closed?.close()
  }
}
