import Canvas
import TreeInsight
import TreeSearch

extension ExplorerState {
  /// Rows below the explorer that a lesson or a page of a tour takes; none on small screens.
  var bandRows: Int {
    guard !classroom.isEmpty, run != nil, !size.isTooSmall, size.rows >= 20 else { return 0 }
    return min(10, size.rows / 2 - 2)
  }

  /// The part of the screen that is left to the explorer.
  var stage: Size { Size(columns: size.columns, rows: size.rows - bandRows) }

  /// Brings the lesson to the moment shown, and the cursor to what it speaks of.
  mutating func followLesson() {
    guard let run else { return leaveClassroom() }
    classroom.turnToPage(in: run)
    if classroom.follow(run) { showFrame() }
    followShown()
  }

  /// Where no run is on the screen, nothing is taught.
  private mutating func leaveClassroom() { if !classroom.isEmpty { classroom.reduce(.opened(nil)) } }

  /// Goes a frame further within the lesson, or back; nil where the lesson has no more frames that way.
  mutating func stepLesson(_ steps: Int) -> [Effect]? {
    guard classroom.teaching != nil else { return nil }
    classroom.reduce(.steps(whole: false))
    if classroom.moveFrame(by: steps) {
      showFrame()
      return []
    }
    guard steps > 0, let run, run.pastMoment == nil else { return nil }
    if let reason = reasonNotToStep {
      message = .failure(reason)
      return []
    }
    return withRun { $0.awaitsPhase = true } + [.run(.phase)]
  }

  /// Selects the node that the frame speaks of; on screens without a band, says what it says in the last line.
  mutating func showFrame() {
    guard let frame = classroom.teaching?.frame, let run else { return }
    if company.wanted == nil, run.tree.holds(frame.focus) { self.run?.select(frame.focus) }
    if bandRows == 0 { message = .notice(([frame.title] + frame.formulas).joined(separator: "; ")) }
  }

  /// Why there is no page to turn.
  var reasonOfNoTour: String? {
    classroom.tour == nil ? "no tour is under way; \(key("tour.start")) begins one" : nil
  }

  /// In an overlay the tour's own key would be text: it leaves the overlay where the page waits for that, and types the text that the
  /// page asks for. Nil where the key is meant as it is.
  mutating func goOnWithTour(by key: Key) -> [Effect]? {
    guard let tour = classroom.tour, let wanted = tour.wanted.first, wanted != key,
      keys.command(for: key, in: [.run])?.id == "tour.next"
    else { return nil }
    if wanted == .escape || !tour.isTyping && keys.command(for: wanted, in: contexts) != nil { return press(wanted) }
    guard tour.isTyping else { return nil }
    var effects: [Effect] = []
    let page = tour.page
    while let next = classroom.tour, next.page == page, next.isTyping, let key = next.wanted.first {
      effects += press(key)
    }
    return effects
  }

  /// Presses the key that the page waits for, or turns the page; after the last one the tour is over.
  mutating func goOnWithTour() -> [Effect] {
    if let key = classroom.tour?.wanted.first {
      // What was to be closed may not have opened.
      if key == .escape, overlay == nil {
        classroom.reduce(.key(key))
        return []
      }
      return press(key)
    }
    if let run, !classroom.turnPage(run) {
      classroom.reduce(.endTour)
      message = .notice("the tour is over; the run is yours")
    }
    return []
  }
}
