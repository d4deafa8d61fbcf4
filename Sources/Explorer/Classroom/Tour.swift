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
struct TourPlace: Equatable, Sendable {
  /// The tour.
  let tour: Tour
  /// The page shown, from 0.
  private(set) var page = 0
  /// Keys of the page that have been pressed.
  private(set) var pressed = 0

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

/// What is wrong with a tour's file: `FILE:LINE: FIELD: what was expected`.
public struct TourError: Error, Hashable, CustomStringConvertible {
  /// One line.
  public let description: String
}

extension Tour {
  /// Reads a tour: fields (`title: …`), then pages that begin with `== HEADING`. A line `> press KEY …` in a page asks for
  /// keys, `> type TEXT` for a text and Enter, `> lesson` shows the lesson below the text; lines that begin with `#` are remarks.
  /// Throws ``TourError``.
  public init(_ text: String, file: String) throws(TourError) {
    var reader = TourReader(file: file)
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      try reader.read(Self.trimmed(line), number: index + 1)
    }
    self = try reader.finished()
  }

  fileprivate static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return String(
      start[..<(start.lastIndex { $0 != " " && $0 != "\t" }.map { start.index(after: $0) } ?? start.startIndex)])
  }
}

/// A tour as far as it has been read.
private struct TourReader {
  let file: String
  private var tour = Tour()
  private var lines = 0
  private var isNewParagraph = true
  private var seen: Set<String> = []
  private var (question, answer, id) = ("", String?.none, "tour")

  init(file: String) { self.file = file }

  mutating func read(_ line: String, number: Int) throws(TourError) {
    lines = number
    if line.hasPrefix("#") { return }
    if line.hasPrefix("==") {
      let title = Tour.trimmed(line.drop { $0 == "=" })
      if title.isEmpty { throw wrong("==", "expected the heading of a page") }
      tour.pages.append(Tour.Page(title: title))
      isNewParagraph = true
    } else if tour.pages.isEmpty {
      try readField(line)
    } else if line.hasPrefix(">") {
      try readWish(Tour.trimmed(line.dropFirst()))
    } else if line.isEmpty {
      isNewParagraph = true
    } else {
      add(line)
    }
  }

  consuming func finished() throws(TourError) -> Tour {
    for field in ["title", "question"] where !seen.contains(field) {
      throw wrong(field, "expected this field before the pages")
    }
    if tour.pages.isEmpty { throw wrong("==", "expected at least one page, which begins with == and a heading") }
    tour.problem = Problem(id: id, question: question, answer: answer)
    return tour
  }

  private mutating func add(_ line: String) {
    let page = tour.pages.count - 1
    if isNewParagraph {
      tour.pages[page].text.append(line)
    } else {
      tour.pages[page].text[tour.pages[page].text.count - 1] += " " + line
    }
    isNewParagraph = false
  }

  private mutating func readField(_ line: String) throws(TourError) {
    if line.isEmpty { return }
    guard let colon = line.firstIndex(of: ":") else {
      throw wrong("field", "expected 'NAME: VALUE' or the first page ('== HEADING')")
    }
    let name = String(line[..<colon])
    let value = Tour.trimmed(line[line.index(after: colon)...])
    if name != "set", !seen.insert(name).inserted { throw wrong(name, "expected once") }
    if value.isEmpty { throw wrong(name, "expected a value") }
    switch name {
    case "title": tour.title = value
    case "problem": id = value
    case "question": question = value
    case "answer": answer = value
    case "seed":
      guard let seed = UInt64(value) else { throw wrong(name, "expected a whole number, found '\(value)'") }
      tour.seed = seed
    case "set":
      do {
        try tour.settings.set(value)
      } catch {
        throw wrong(name, "\(error)")
      }
    default: throw wrong(name, "expected title, problem, question, answer, seed or set")
    }
  }

  private mutating func readWish(_ wish: String) throws(TourError) {
    let words = wish.split(separator: " ").map(String.init)
    let page = tour.pages.count - 1
    switch words.first {
    case "press" where words.count > 1:
      for word in words.dropFirst() {
        guard let key = Key(name: word) else { throw wrong("press", "no key is called '\(word)'") }
        tour.pages[page].keys.append(key)
      }
    case "type" where words.count > 1:
      guard tour.pages[page].typed.isEmpty else { throw wrong("type", "expected one text a page") }
      let text = Tour.trimmed(wish.dropFirst(4))
      guard text.utf8.count <= 200, text.allSatisfy({ $0.unicodeScalars.count == 1 }) else {
        throw wrong("type", "expected a line of at most 200 bytes")
      }
      let first = tour.pages[page].keys.count
      tour.pages[page].keys += text.map { .character($0) } + [.enter]
      tour.pages[page].typed = first..<tour.pages[page].keys.count
    case "lesson" where words.count == 1: tour.pages[page].showsLesson = true
    default: throw wrong(">", "expected 'press KEY …', 'type TEXT' or 'lesson'")
    }
  }

  private func wrong(_ field: String, _ expected: String) -> TourError {
    TourError(description: OptionText.line("\(file):\(lines): \(field): \(expected)", glyphs: .ascii))
  }
}
