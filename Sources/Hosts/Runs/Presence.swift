import Dispatch
import Explorer
import Foundation
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Tells those who follow where the presenter stands, at most five times a second, and counts their votes once a second.
///
/// However many they are, the presenter pays for one small file and one look at a folder's date.
@MainActor
package final class Presence {
  private static let interval = Duration.milliseconds(200)

  private let workspace: String
  private let isOpen: Bool
  private let who: String
  private var run: String?
  private var stage: Stage?
  private var told: PresenterPlace?
  private var waiting: PresenterPlace?
  private var teller: Task<Void, Never>?
  private var counter: Task<Void, Never>?
  private var onProblem: (@MainActor (String) -> Void)?
  /// A disk that is slow must not hold up a frame, and what is written must come in order.
  private let files = DispatchQueue(label: "stage")

  /// - Parameters:
  ///   - who: The name that others see.
  ///   - isOpen: Whether every user of the machine may vote.
  package init(workspace: String, who: String, isOpen: Bool) {
    self.workspace = workspace
    self.who = who
    self.isOpen = isOpen
  }

  /// Counts votes from now on; `onVotes` is called when they change, `onProblem` where nobody can follow the cursor.
  package func start(
    onVotes: @escaping @MainActor ([NodeID: Int]) -> Void, onProblem: @escaping @MainActor (String) -> Void
  ) {
    self.onProblem = onProblem
    counter = Task {
      var known: Int?
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(1))
        guard let stage, let (version, votes) = await count(stage, unless: known) else { continue }
        known = version
        onVotes(Dictionary(uniqueKeysWithValues: votes.map { (NodeID($0.key), $0.value) }))
      }
    }
  }

  /// The votes, where they are others than at `version`. Whoever floods the folder holds up nobody but who counts.
  private func count(_ stage: Stage, unless version: Int?) async -> (version: Int, votes: [Int: Int])? {
    await withCheckedContinuation { done in
      files.async {
        guard let now = stage.votesVersion, now != version else { return done.resume(returning: nil) }
        done.resume(returning: (now, stage.tally()))
      }
    }
  }

  /// Notes where the person stands now; it is told when the last time was long enough ago.
  package func note(_ state: ExplorerState) {
    // Another's run has its own presenter.
    let own = state.run?.readOnlyReason == nil ? state.run?.id : nil
    if own != run { enter(own) }
    guard stage != nil, let run = state.run, let place = state.place else { return }
    let shows = state.shown
    let now = PresenterPlace(
      node: place.node.offset, moment: place.moment, state: run.status.word, who: who,
      shows: shows == StageShow() ? nil : shows.bounded)
    guard now != waiting ?? told else { return }
    waiting = now
    if teller == nil { tell() }
  }

  /// Takes all votes away: a new vote begins.
  package func clearVotes() {
    guard let stage else { return }
    files.async { stage.clearVotes() }
  }

  /// Takes everything away that followers saw; returns when it is gone.
  package func close() {
    counter?.cancel()
    enter(nil)
    files.sync {}
  }

  private func enter(_ id: String?) {
    teller?.cancel()
    (teller, told, waiting) = (nil, nil, nil)
    let (old, new) = (stage, id.map { Stage(workspace: workspace, run: $0) })
    (run, stage) = (id, new)
    files.async { [isOpen] in
      old?.end()
      // Then nobody follows the cursor; the run itself can still be followed.
      guard let problem = new?.begin(isOpen: isOpen) else { return }
      Task { @MainActor [self] in onProblem?("nobody can follow your cursor: \(problem)") }
    }
  }

  private func tell() {
    guard let now = waiting, let stage else { return }
    (told, waiting) = (now, nil)
    files.async { stage.publish(now) }
    teller = Task {
      try? await Task.sleep(for: Self.interval)
      guard !Task.isCancelled else { return }
      teller = nil
      tell()
    }
  }
}
