import Runs
import TreeInsight
import TreeSearch

extension SearchRunner {
  /// Runs until a limit, a failure or a notice that pauses the run, or a signal. Returns the last failure's message; nil
  /// at a limit. `notices` is called with what breakpoints and watchdogs say.
  func runToLimit(
    interruption: Interruption? = nil, notices: ([WatchNotice]) -> Void = { _ in }
  ) async -> String? {
    run()
    var failure: String?
    for await update in updates {
      switch update {
      case .failure(let message): failure = message
      case .notices(let all): notices(all)
      case .state(.done): return nil
      case .state(.paused), .state(.idle): return failure
      case .events where interruption?.wasRaised == true: pause()
      default: break
      }
    }
    return failure
  }
}
