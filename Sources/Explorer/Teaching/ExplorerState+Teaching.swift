import TreeSearch

extension ExplorerState {
  /// Rows below the explorer that a lesson or a page of a tour takes; none on small screens.
  var bandRows: Int {
    guard teaching != nil || tour != nil, run != nil, !size.isTooSmall, size.rows >= 20 else { return 0 }
    return min(10, size.rows / 2 - 2)
  }

  /// The part of the screen that is left to the explorer.
  var stage: Size { Size(columns: size.columns, rows: size.rows - bandRows) }

  /// Brings the lesson to the moment shown, and the cursor to what it speaks of.
  mutating func settleLesson() {
    guard let run else {
      teaching = nil
      tour = nil
      return
    }
    if teaching?.follow(run) == true { showFrame() }
  }

  /// Goes a frame further within the lesson, or back; nil where the lesson has no more frames that way.
  mutating func stepLesson(_ steps: Int) -> [Effect]? {
    guard teaching != nil else { return nil }
    if teaching?.move(by: steps) == true {
      showFrame()
      return []
    }
    teaching?.entersAtEnd = steps < 0
    guard steps > 0, let run, run.pastMoment == nil else { return nil }
    if let reason = reasonNotToStep {
      message = .failure(reason)
      return []
    }
    return withRun { $0.awaitsPhase = true } + [.run(.phase)]
  }

  /// Selects the node that the frame speaks of; on screens without a band, says what it says in the last line.
  mutating func showFrame() {
    guard let frame = teaching?.frame, let run else { return }
    if run.tree.holds(frame.focus) { self.run?.select(frame.focus) }
    if bandRows == 0 { message = .notice(([frame.title] + frame.formulas).joined(separator: "; ")) }
  }
}
