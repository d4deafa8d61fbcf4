import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// A guided tour: a problem, and pages about what happens when it is searched.
public struct Tour: Equatable, Sendable {
  /// A page.
  public struct Page: Equatable, Sendable {
    /// Its heading.
    public internal(set) var title: String
    /// What it says, a paragraph each.
    public internal(set) var text: [String] = []
    /// Keys that it asks for, in order.
    public internal(set) var keys: [Key] = []
    /// True where the lesson of the present phase stands below the text.
    public internal(set) var showsLesson = false
  }

  /// What it is called.
  public internal(set) var title = ""
  /// The problem that is searched.
  public internal(set) var problem = Problem(id: "", question: "")
  /// The seed of its run.
  public internal(set) var seed: UInt64 = 1
  /// The parameters of its run.
  public internal(set) var settings = ForkSettings()
  /// The pages, at least one.
  public internal(set) var pages: [Page] = []
}

/// A tour under way.
public struct TourPlace: Equatable, Sendable {
  /// The tour.
  public let tour: Tour
  /// The page shown, from 0.
  public private(set) var page = 0
  /// Keys of the page that have been pressed.
  private(set) var pressed = 0

  /// The beginning of a tour.
  public init(_ tour: Tour) { self.tour = tour }

  /// The page shown.
  var current: Tour.Page { tour.pages[page] }
  /// The keys that the page still waits for.
  var wanted: ArraySlice<Key> { current.keys.dropFirst(pressed) }

  /// Notes that a key was pressed.
  mutating func note(_ key: Key) { if key == wanted.first { pressed += 1 } }

  /// Shows the next page; false on the last one.
  mutating func turn() -> Bool {
    guard page + 1 < tour.pages.count else { return false }
    page += 1
    pressed = 0
    return true
  }

  /// Shows the page before; what was pressed is done, so nothing is asked for again.
  mutating func turnBack() {
    guard page > 0 else { return }
    page -= 1
    pressed = current.keys.count
  }
}

extension ExplorerState {
  /// Why there is no page to turn.
  var reasonOfNoTour: String? {
    func key(_ command: String) -> String { keys.keys(of: command).first?.description ?? "the palette" }
    return tour == nil ? "no tour is under way; \(key("tour.start")) begins one" : nil
  }

  /// Presses the key that the page waits for, or turns the page; after the last one the tour is over.
  mutating func goOnWithTour() -> [Effect] {
    if let key = tour?.wanted.first {
      // What was to be closed may not have opened.
      if key == .escape, popup == nil {
        tour?.note(key)
        return []
      }
      return press(key)
    }
    if tour?.turn() != true {
      tour = nil
      message = .notice("the tour is over; the run is yours")
    }
    return []
  }
}
