import Canvas
import TreeInsight
import TreeSearch

/// Everything the explorer shows, and nothing else: a value that only ``reduce(_:)`` changes.
public struct ExplorerState: Sendable {
  /// The terminal's size as last reported.
  public internal(set) var size: Size
  /// The problems to choose from; empty where the program was started on one problem or run.
  public internal(set) var problems: ProblemList
  /// The rounds of self-improvement; nil while they are not on the screen, nor below the run that is.
  public internal(set) var rounds: RoundsScreen?
  /// Where a run that is being opened is to be looked at; nil at its root.
  var wantedPlace: TreePlace?
  /// The run on the screen; nil while the list of problems or the rounds are.
  public internal(set) var run: OpenRun?
  /// The fork that is searched beside that run, as it was without a person's last act; nil where nobody asked for it.
  var worlds: Worlds?
  /// The run that was on the screen before.
  private var left: OpenRun?
  /// What lies over the screen and has the keyboard.
  var overlay: (any Overlay)?
  /// The task that is labelled; nil while the list, a run or the rounds are on the screen.
  var labelling: LabelScreen?
  /// What this sitting has decided.
  var curation = Curation()
  /// Breakpoints by the id of their run.
  var breakpointsByRun: [String: BreakpointList] = [:]
  /// What is taught.
  var classroom: Classroom
  /// Who else looks at the run.
  var company: Company
  /// What just happened.
  public internal(set) var message: Message? {
    didSet { if let message, message.isLogged { log.note(message, run, at: time) } }
  }
  /// What the clock showed when something last happened; nil where nobody tells.
  var time: TimeOfDay?
  /// Every message so far.
  private(set) var log = Log()
  /// What is being looked for.
  var finder = Finder()
  /// Which parts of the screen a person wants, whatever the run.
  var arrangement = Arrangement()
  /// True where it is read from afar this time, whatever was arranged.
  var projectsNow: Bool
  /// True until somebody who is here for the first time has been told what can be done.
  var greets = false
  /// True for somebody who is here for the first time: the signs are explained beside the keys.
  var showsLegend = false
  /// What could not be used when the program began; said once more when a run is there, which takes messages away.
  var firstFailure: String?
  /// What the left button of the mouse holds.
  var grip: Grip?
  /// What has been read of texts.
  let reading = Reading()
  /// The signs that views draw with: how far a text can be scrolled depends on them.
  public var glyphs = GlyphSet.unicode
  /// The name of the theme in force.
  public internal(set) var theme: String
  /// The themes to choose from.
  public let themes: [String]
  /// True while the explorer takes the mouse.
  public internal(set) var usesMouse: Bool
  /// The command line that opens the explorer on these problems, without what a run's header says.
  public let program: [String]
  /// The critics that the program knows: those that a run has not are switched off where it is made again.
  public let critics: [String]
  /// Which key does what.
  public let keys: KeyMap

  /// The state before the first key: the list of problems, until ``Action/opened(_:)`` shows a run.
  public init(
    size: Size, problems: [ProblemEntry] = [], theme: String = "", themes: [String] = [], keys: KeyMap = .standard,
    usesMouse: Bool = true, teaches: Bool = false, projects: Bool = false, following: Following? = nil,
    program: [String] = ["etascope", "explore"],
    critics: [String] = []
  ) {
    self.size = size
    self.problems = ProblemList(problems)
    self.theme = theme
    self.themes = themes
    self.keys = keys
    self.usesMouse = usesMouse
    projectsNow = projects
    classroom = Classroom(teaches: teaches)
    company = Company(following: following)
    self.program = program
    self.critics = critics
  }

  /// Puts a run on the screen, or (nil) the list of problems.
  mutating func show(_ run: OpenRun?) {
    left = self.run
    worlds = nil
    self.run = run
  }

  /// The run that has left the screen, once: to free a long one takes half a second, which is better spent elsewhere.
  public mutating func releaseLeft() -> OpenRun? { left.take() }

  /// Where keys are looked up, in this order.
  var contexts: [Context] {
    if size.isTooSmall { return [.tooSmall] }
    return overlay?.contexts ?? screenContexts
  }

  /// Where keys are looked up when no overlay lies over the screen.
  var screenContexts: [Context] {
    if labelling != nil { return [.labelling, .anywhere, .always] }
    guard let run else {
      return rounds.map { [$0.page == nil ? .rounds : .stage, .round, .anywhere, .always] }
        ?? [.problems, .anywhere, .always]
    }
    return [Context(run.focus), .run, .anywhere, .always]
  }

  /// True where the screen is read from afar.
  var isProjecting: Bool { projectsNow || arrangement.projects }

  /// Where the panels lie.
  var layout: Layout {
    guard let run else { return Layout(size: stage, focus: .tree) }
    return Layout(size: stage, focus: run.focus, arrangement: arrangement, isProjecting: isProjecting)
  }
}
