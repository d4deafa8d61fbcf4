import SearchRun

extension SearchRunner {
  /// Runs until a limit, a failure that pauses the run, or a signal. Returns the last failure's message; nil at a limit.
  func runToLimit(interruption: Interruption? = nil) async -> String? {
    run()
    var failure: String?
    for await update in updates {
      switch update {
      case .failure(let message): failure = message
      case .state(.done): return nil
      case .state(.paused), .state(.idle): return failure
      case .events where interruption?.wasRaised == true: pause()
      default: break
      }
    }
    return failure
  }
}
