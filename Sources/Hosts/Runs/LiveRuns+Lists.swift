import Explorer
import Vocabulary
import Workspace

/// The lists of problems and of runs, which live while they are on the screen.
extension LiveRuns {
  /// Says which problems there are, behind a run that is on the screen already.
  func sendEntries() async {
    await attempt {
      let catalog = try await catalog.value
      if watching == nil { send(.problems(catalog.entries)) }
    }
  }

  /// Says which runs there are.
  func sendRuns() async throws {
    if let workspace = setup.workspace { send(.runs(try workspace.runEntries(of: try await catalog.value))) }
  }

  /// Says what has been done with each problem, and goes on saying it while others go on.
  func sendProblems() {
    guard let workspace = setup.workspace else { return }
    watching?.cancel()
    watching = Task {
      do {
        let catalog = try await catalog.value
        while !Task.isCancelled {
          if try board.hasChanged(in: workspace) {
            send(.problems(try board.entries(of: catalog, in: workspace)))
            if listsRuns { try await sendRuns() }
          }
          try await Task.sleep(for: Self.glance)
        }
      } catch is CancellationError {
      } catch {
        send(.failure("\(error)"))
      }
    }
  }

  /// How often the workspace is looked at for what others have done.
  private static let glance = Duration.seconds(1)
}
