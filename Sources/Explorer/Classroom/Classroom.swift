import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

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

  /// Shows this frame, or the last one before it that there is; true where it was not shown yet.
  mutating func show(frame: Int) -> Bool {
    let before = at
    at = max(0, min(frame, lesson.frames.count - 1))
    return at != before
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

/// What the text of a page depends on.
private struct PageKey: Hashable {
  let page: Int
  let run: String
  let moment: Int
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
  /// The page of a tour on the screen, as it stands there: one's own, or the presenter's.
  private(set) var page: StageShow.Page?
  /// Of what page of one's own tour, of which run at which moment, that was made.
  private var pageKey: PageKey?
  /// The lesson is on the screen because the presenter has one.
  private var isShared = false
  /// Whoever follows has put the presenter's lesson away.
  private var declines = false

  init(teaches: Bool) { self.teaches = teaches }

  mutating func reduce(_ change: Change) {
    switch change {
    case .opened(let run):
      teaching = teaches ? run.map { Teaching($0) } : nil
      tour = nil
      (page, pageKey, isShared, declines) = (nil, nil, false, false)
    case .toggle(let run):
      teaches = teaching == nil
      (isShared, declines) = (false, isShared)
      teaching = teaches ? Teaching(run) : nil
    case .tour(let tour, let run):
      self.tour = TourPlace(tour)
      (page, pageKey) = (nil, nil)
      teaches = true
      teaching = run.map { Teaching($0) }
    case .steps(let whole): teaching?.isWhole = whole
    case .key(let key): tour?.note(key)
    case .turnBack: tour?.turnBack()
    case .endTour: (tour, page, pageKey) = (nil, nil, nil)
    }
  }

  /// Shows the next page that has something to say of the run; false on the last one.
  mutating func turnPage(_ run: OpenRun) -> Bool { tour?.turn(in: run) == true }

  /// Goes a frame further within the lesson, or back; false where it has no more frames that way, and the next lesson then
  /// begins with its last frame where the person goes backwards.
  mutating func moveFrame(by steps: Int) -> Bool {
    if teaching?.move(by: steps) == true { return true }
    teaching?.entersAtEnd = steps < 0
    return false
  }

  /// Shows what the presenter shows; true where another frame of a lesson is shown now. Whoever has a cursor of their own has lessons
  /// of their own, too, and turning pages is the presenter's in any case.
  mutating func follow(_ show: StageShow, in run: OpenRun, isLocked: Bool) -> Bool {
    page = show.page
    guard isLocked else { return false }
    guard let frame = show.lesson else {
      if isShared { (teaching, isShared) = (nil, false) }
      declines = false
      return false
    }
    guard !declines else { return false }
    if teaching == nil { (teaching, isShared) = (Teaching(run), true) }
    return teaching?.show(frame: frame) == true
  }

  /// Puts the page of the tour on the screen as it stands at this moment of the run.
  mutating func turnToPage(in run: OpenRun) {
    guard let tour else { return }
    let key = PageKey(page: tour.page, run: run.id, moment: run.moment)
    if key == pageKey { return }
    (pageKey, page) = (key, tour.page(in: run))
  }

  /// Brings the lesson to the moment shown; true where another one is shown now.
  mutating func follow(_ run: OpenRun) -> Bool { teaching?.follow(run) == true }

  /// True where nothing is taught.
  var isEmpty: Bool { teaching == nil && page == nil }
}
