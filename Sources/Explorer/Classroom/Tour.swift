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
    /// Those of ``keys`` that are a text with its Enter; empty where nothing is typed.
    public internal(set) var typed = 0..<0
    /// True where the lesson of the present phase stands below the text.
    public internal(set) var showsLesson = false
    /// When it has something to say; nil always.
    var condition: TourCondition?
  }

  /// What it is called.
  public internal(set) var title = ""
  /// The problem that is searched; nil for the one on which the tour is begun.
  public internal(set) var problem: Problem?
  /// The seed of its run.
  public internal(set) var seed: UInt64 = 1
  /// The parameters of its run.
  public internal(set) var settings = ForkSettings()
  /// The pages, at least one.
  public internal(set) var pages: [Page] = []
}

/// A tour under way.
struct TourPlace: Equatable, Sendable {
  /// The tour.
  let tour: Tour
  /// The page shown, from 0.
  private(set) var page = 0
  /// Keys of the page that have been pressed.
  private(set) var pressed = 0
  /// The pages that were shown before, from 0, the last one last.
  private var shown: [Int] = []

  /// The beginning of a tour.
  init(_ tour: Tour) { self.tour = tour }

  /// The page shown.
  var current: Tour.Page { tour.pages[page] }
  /// The keys that the page still waits for.
  var wanted: ArraySlice<Key> { current.keys.dropFirst(pressed) }

  /// True where keys count in a text field, too: the page asks for a text.
  var asksForText: Bool { !current.typed.isEmpty }

  /// True where the next key is part of a text that the page asks for.
  var isTyping: Bool { current.typed.contains(pressed) }

  /// What the page still waits for, in words: keys by name, a text as it is typed.
  var wantedWords: String {
    let words = current.keys.indices.dropFirst(pressed).compactMap { index -> String? in
      guard current.typed.contains(index), index + 1 < current.typed.upperBound else {
        return current.keys[index].description
      }
      guard index == max(pressed, current.typed.lowerBound) else { return nil }
      let text = current.keys[index..<(current.typed.upperBound - 1)].compactMap { $0.typed.map(String.init) }.joined()
      return "'\(text)'"
    }
    return words.joined(separator: " ")
  }

  /// Notes that a key was pressed.
  mutating func note(_ key: Key) { if key == wanted.first { pressed += 1 } }

  /// Shows the next page that has something to say of the run; false on the last one.
  mutating func turn(in run: OpenRun) -> Bool {
    let next = tour.pages.indices.dropFirst(page + 1).first { tour.pages[$0].condition?.holds(run) ?? true }
    guard let next else { return false }
    shown.append(page)
    (page, pressed) = (next, 0)
    return true
  }

  /// Shows the page that was shown before; what was pressed is done, so nothing is asked for again.
  mutating func turnBack() {
    guard let last = shown.popLast() else { return }
    page = last
    pressed = current.keys.count
  }

  /// The page as it is to be read: what it says of the run is reckoned.
  func page(in run: OpenRun) -> StageShow.Page {
    StageShow.Page(
      title: TourClaim.filled(current.title, run), number: page + 1, count: tour.pages.count,
      text: current.text.map { TourClaim.filled($0, run) }, showsLesson: current.showsLesson)
  }
}

/// What is wrong with a tour's file: `FILE:LINE: FIELD: what was expected`.
public struct TourError: Error, Hashable, CustomStringConvertible {
  /// One line.
  public let description: String
}
