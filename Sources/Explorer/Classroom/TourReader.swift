import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension Tour {
  /// Reads a tour: fields (`title: …`), then pages that begin with `== HEADING`. A line `> press KEY …` in a page asks for
  /// keys, `> type TEXT` for a text and Enter, `> lesson` shows the lesson below the text, `> if CONDITION` leaves the page out where
  /// that does not hold; `{CLAIM}` in its text is reckoned when it is shown; lines that begin with `#` are remarks.
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
      try checkClaims(title)
      tour.pages.append(Tour.Page(title: title))
      isNewParagraph = true
    } else if tour.pages.isEmpty {
      try readField(line)
    } else if line.hasPrefix(">") {
      try readWish(Tour.trimmed(line.dropFirst()))
    } else if line.isEmpty {
      isNewParagraph = true
    } else {
      try checkClaims(line)
      add(line)
    }
  }

  private func checkClaims(_ line: String) throws(TourError) {
    guard let unknown = TourClaim.unknown(in: line) else { return }
    throw wrong("{\(unknown)}", "expected one of \(TourClaim.all.map(\.name).joined(separator: ", "))")
  }

  consuming func finished() throws(TourError) -> Tour {
    if !seen.contains("title") { throw wrong("title", "expected this field before the pages") }
    for field in ["problem", "answer"] where seen.contains(field) && !seen.contains("question") {
      throw wrong("question", "expected this field where there is \(field)")
    }
    if tour.pages.isEmpty { throw wrong("==", "expected at least one page, which begins with == and a heading") }
    if !question.isEmpty { tour.problem = Problem(id: id, question: question, answer: answer) }
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
    case "if" where words.count == 2:
      guard let condition = TourCondition(rawValue: words[1]) else {
        throw wrong("if", "expected one of \(TourCondition.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      if page == 0 { throw wrong("if", "expected on a page behind the first one") }
      tour.pages[page].condition = condition
    default: throw wrong(">", "expected 'press KEY …', 'type TEXT', 'lesson' or 'if CONDITION'")
    }
  }

  private func wrong(_ field: String, _ expected: String) -> TourError {
    TourError(description: OptionText.line("\(file):\(lines): \(field): \(expected)", glyphs: .ascii))
  }
}
