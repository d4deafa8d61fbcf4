import Canvas
import TreeSearch

extension ExplorerState {
  /// The problem of the run on the screen, or the one that is selected in their list.
  fileprivate var problemOnScreen: String? {
    if let run { return run.tree.header.problem.id }
    return rounds == nil && labelling == nil ? problems.selected?.id : nil
  }

  /// Why there is no problem to be explained.
  fileprivate var reasonOfNoTourHere: String? {
    if let reason = reasonOfFollowing { return reason }
    return problemOnScreen == nil ? "no problem is selected" : nil
  }
}

extension CommandTable {
  /// Lessons and tours.
  static let teachingCommands: [Command] = [
    Command(
      "teach.toggle", "Teaching mode",
      "Explains every phase with its numbers and what comes next; S and > go on, < goes back.", .run, [.character("T")]
    ) { state in
      guard let run = state.run else { return [] }
      state.classroom.reduce(.toggle(run))
      state.message = .notice(
        state.classroom.teaching == nil ? "teaching mode is off" : "teaching mode: S or > goes on, < goes back")
      state.showFrame()
      return []
    },
    Command(
      "tour.next", "Next page of the tour", "Presses the keys that the page asks for, one at a time, then turns it.",
      .run,
      [.character(".")], unless: { $0.reasonOfNoTour }
    ) { $0.goOnWithTour() },
    Command(
      "tour.back", "Previous page of the tour", "Turns the tour back by a page.", .run, [.backspace],
      unless: { $0.reasonOfNoTour }
    ) { state in
      state.classroom.reduce(.turnBack)
      return []
    },
    Command(
      "tour.end", "End the tour", "Puts the tour away; the run stays.", .run, [.control("e")],
      unless: { $0.reasonOfNoTour }
    ) {
      state in
      state.classroom.reduce(.endTour)
      state.message = .notice("the tour is over; the run stays as it is")
      return []
    },
    Command(
      "tour.start", "Guided tour",
      "Begins a run on a small problem and explains the explorer and the search, page by page.",
      .anywhere, [.control("t")], unless: { $0.reasonOfFollowing }
    ) { _ in [.run(.startTour)] },
    Command(
      "tour.here", "Tour of this problem",
      "Begins a run of the problem on the screen and explains its search page by page, with what comes of it.",
      .anywhere, [.control("g")], unless: { $0.reasonOfNoTourHere }
    ) { state in state.problemOnScreen.map { [.run(.startTourOf($0))] } ?? [] },
  ]
}
