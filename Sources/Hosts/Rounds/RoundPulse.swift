import Explorer
import Lab
import Synchronization
import Vocabulary

/// How fast a stage comes on, told at most ten times a second.
final class RoundPulse: Sendable {
  private struct Stretch {
    var stage: RoundStageName
    var began: ContinuousClock.Instant
    var first: Int
    var told: ContinuousClock.Instant
  }

  private let stretch = Mutex<Stretch?>(nil)

  /// What is to be told of a progress; nil where something was told just now.
  func note(_ progress: RoundProgress) -> StageProgress? {
    let now = ContinuousClock.now
    let rate = stretch.withLock { stretch -> Double?? in
      guard let known = stretch, known.stage == progress.stage, known.first <= progress.done else {
        stretch = Stretch(stage: progress.stage, began: now, first: progress.done, told: now)
        return .some(nil)
      }
      guard now - known.told >= .milliseconds(100) || progress.done == progress.all else { return nil }
      stretch?.told = now
      let seconds = (now - known.began) / .seconds(1)
      return .some(seconds > 0.5 ? Double(progress.done - known.first) / seconds : nil)
    }
    guard let rate else { return nil }
    let left = rate.flatMap { $0 > 0 && progress.all > 0 ? Double(progress.all - progress.done) / $0 : nil }
    return StageProgress(
      done: progress.done, all: progress.all, rate: rate, secondsLeft: left, note: progress.note)
  }
}
