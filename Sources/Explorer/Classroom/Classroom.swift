import Canvas
import TreeInsight
import TreeSearch

/// Teaching mode: the lesson on the screen and how far it has come.
struct Teaching: Sendable {
  /// The lesson; made anew when the moment changes.
  private(set) var lesson: Lesson
  /// The run that it is about.
  private let run: String
  /// The moment that was looked at when it was made.
  private var looked: Int
  /// Which of its frames is shown.
  private(set) var at = 0
  /// True where the next lesson begins with its last frame: the person goes backwards.
  var entersAtEnd = false
  /// True while a person does whole simulations: their lessons are shown at their end, so that the next phase is a new one.
  var isWhole = false

  init(_ run: OpenRun) {
    self.run = run.id
    looked = run.moment
    lesson = Lesson(run.timeline, at: run.moment)
  }

  /// The frame that is shown.
  var frame: LessonFrame { lesson.frames[at] }
  /// Nodes that are lit.
  var lit: Set<NodeID> { Set(frame.lit) }
  /// True where frames follow.
  var hasNext: Bool { at + 1 < lesson.frames.count }

  /// Shows the frame `steps` further; false, and nothing changes, where there is none.
  mutating func move(by steps: Int) -> Bool {
    guard lesson.frames.indices.contains(at + steps) else { return false }
    at += steps
    return true
  }

  /// Makes the lesson anew where the run has moved on; true where another one is shown now.
  mutating func follow(_ run: OpenRun) -> Bool {
    guard run.moment != looked || run.id != self.run else { return false }
    // While phases chase each other there is nothing to be read.
    if run.status == .running, run.pastMoment == nil { return false }
    let (before, enters, whole) = (lesson, entersAtEnd, isWhole)
    self = Teaching(run)
    isWhole = whole
    if lesson == before { return false }
    if enters || whole { at = lesson.frames.count - 1 }
    return true
  }
}

/// What is taught: lessons about the run on the screen, and the tour under way.
struct Classroom: Sendable {
  /// Something that concerns what is taught.
  enum Change {
    /// A run is on the screen, or (nil) none is any more.
    case opened(OpenRun?)
    /// Teaching mode is switched on or off.
    case toggle(OpenRun)
    /// A tour begins on the run on the screen.
    case tour(Tour, OpenRun?)
    /// A whole simulation is done from here, or (false) a phase.
    case steps(whole: Bool)
    /// A key was pressed that the page may have asked for.
    case key(Key)
    /// The page before is to be shown.
    case turnBack
    /// The tour is over.
    case endTour
  }

  /// True where every run that is opened is explained.
  private var teaches: Bool
  /// The lesson below the explorer; nil outside of teaching mode.
  private(set) var teaching: Teaching?
  /// The tour under way.
  private(set) var tour: TourPlace?

  init(teaches: Bool) { self.teaches = teaches }

  mutating func reduce(_ change: Change) {
    switch change {
    case .opened(let run):
      teaching = teaches ? run.map { Teaching($0) } : nil
      tour = nil
    case .toggle(let run):
      teaches = teaching == nil
      teaching = teaches ? Teaching(run) : nil
    case .tour(let tour, let run):
      self.tour = TourPlace(tour)
      teaches = true
      teaching = run.map { Teaching($0) }
    case .steps(let whole): teaching?.isWhole = whole
    case .key(let key): tour?.note(key)
    case .turnBack: tour?.turnBack()
    case .endTour: tour = nil
    }
  }

  /// Shows the next page; false on the last one.
  mutating func turnPage() -> Bool { tour?.turn() == true }

  /// Goes a frame further within the lesson, or back; false where it has no more frames that way, and the next lesson then
  /// begins with its last frame where the person goes backwards.
  mutating func moveFrame(by steps: Int) -> Bool {
    if teaching?.move(by: steps) == true { return true }
    teaching?.entersAtEnd = steps < 0
    return false
  }

  /// Brings the lesson to the moment shown; true where another one is shown now.
  mutating func follow(_ run: OpenRun) -> Bool { teaching?.follow(run) == true }

  /// True where nothing is taught.
  var isEmpty: Bool { teaching == nil && tour == nil }
}

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
    if classroom.follow(run) { showFrame() }
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
    if run.tree.holds(frame.focus) { self.run?.select(frame.focus) }
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
    if !classroom.turnPage() {
      classroom.reduce(.endTour)
      message = .notice("the tour is over; the run is yours")
    }
    return []
  }
}
