import Vocabulary

/// Checks what a step states of dates, by the Gregorian calendar: weekdays, dates so many days apart, leap years, days of a month.
///
/// It abstains outside the years 1583 to 9999, and where no sentence has a form that it knows.
public struct CalendarTool: Tool {
  /// `calendar`.
  public let name = "calendar"
  /// Dates.
  public let summary = "weekdays, durations and leap years, by the calendar"
  /// Every node.
  public let scope = CriticScope.everyNode
  /// What it refutes is wrong; a date that holds says little about what it is for.
  public let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 0, bad: 24))
  /// True.
  public let vetoes = true

  /// Makes the tool; it has no state.
  public init() {}

  /// Problems that name a month, a weekday, a date or a leap year.
  public func isUseful(for checks: ProblemChecks) -> Bool { Self.isDated(checks.question) }

  /// Steps that do.
  public func application(to state: JudgedState) -> ToolApplication {
    Self.isDated(state.optionTexts.last ?? "") ? .applies : .rests("no date")
  }

  /// Refuted where something that the newest option states of a date is wrong.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let words = StepWords(state.optionTexts.last ?? "")
    return .read(words.pieces.indices.compactMap { Self.claim(words, at: $0) }, nothing: "nothing about a date")
  }

  private static func isDated(_ text: String) -> Bool {
    let words = StepWords(text)
    return words.pieces.indices.contains(where: { at in
      words.has(["leap"], at: at) || Day.weekday(words.word(at)) != nil || Day(words, at) != nil
        || Day.month(words.word(at)) != nil && words.number(at + 1) != nil
    })
  }

  private typealias Claim = (isRight: Bool, words: String)

  private static let copulas: Set<String> = ["is", "are", "was", "be", "falls", "fell", "equals"]

  /// What is said from `place` on; nil where it is nothing that this tool knows.
  private static func claim(_ words: StepWords, at place: Int) -> Claim? {
    if let date = Day(words, place) { return claim(about: date, words, at: place) }
    if let span = span(words, place), let step = direction(words, span.end) {
      return shift(words, span.days * step, from: span.end + 1)
    }
    if words.has(["from", "between"], at: place), let first = Day(words, place + 1),
      words.has(["to", "and", "until"], at: first.end), let second = Day(words, first.end + 1),
      let at = copula(words, second.end), let span = span(words, at), words.ends(at: span.end),
      let days = second.number.flatMap({ to in first.number.map { to - $0 } })
    {
      return (days == span.days, "\(first.text) to \(second.text) is \(days) days")
    }
    if let weekday = Day.weekday(words.word(place)), words[place + 1] == .sign(","), let date = Day(words, place + 2) {
      return date.falls(on: weekday)
    }
    return monthOrYear(words, place)
  }

  /// `March 5, 2024 is a Tuesday`; a date that does not exist is wrong by itself.
  private static func claim(about date: Day, _ words: StepWords, at place: Int) -> Claim? {
    guard date.isKnown else { return nil }
    guard date.number != nil else { return (false, "\(date.text) does not exist") }
    guard var at = copula(words, date.end) else { return nil }
    while words.has(["a", "an", "on"], at: at) { at += 1 }
    guard let weekday = Day.weekday(words.word(at)), words.ends(at: at + 1) else { return nil }
    return date.falls(on: weekday)
  }

  /// `10 days after February 25, 2024 is March 6, 2024`, and the same of weekdays.
  private static func shift(_ words: StepWords, _ days: Int, from place: Int) -> Claim? {
    if let start = Day(words, place), let at = copula(words, start.end), let end = Day(words, at),
      let from = start.number, let to = end.number
    {
      let isRight = to - from == days
      return (isRight, "\(days) days from \(start.text) is \(isRight ? "" : "not ")\(end.text)")
    }
    guard let start = Day.weekday(words.word(place)), var at = copula(words, place + 1) else { return nil }
    while words.has(["a", "an", "on"], at: at) { at += 1 }
    guard let end = Day.weekday(words.word(at)), words.ends(at: at + 1) else { return nil }
    let isRight = ((start + days) % 7 + 7) % 7 == end
    return (isRight, "\(days) days from \(Day.weekdays[start]) is \(isRight ? "" : "not ")\(Day.weekdays[end])")
  }

  /// `2024 is a leap year`, `February 2024 has 29 days`.
  private static func monthOrYear(_ words: StepWords, _ place: Int) -> Claim? {
    if let month = Day.month(words.word(place)), let year = Day.year(words.number(place + 1)),
      words.has(["has", "had"], at: place + 2), let span = span(words, place + 3)
    {
      let days = Day.days(of: month, in: year)
      return (days == span.days, "\(Day.months[month - 1]) \(year) has \(days) days")
    }
    guard let year = Day.year(words.number(place)), words.has(["is", "was", "isn't", "isn’t"], at: place + 1) else {
      return nil
    }
    var at = place + 2
    var isDenied = words.word(place + 1)?.hasPrefix("isn") == true
    if words.has(["not"], at: at) { (isDenied, at) = (true, at + 1) }
    guard words.has(["a"], at: at), words.has(["leap"], at: at + 1), words.has(["year"], at: at + 2) else { return nil }
    let isLeap = Day.isLeap(year)
    return (isLeap != isDenied, "\(year) is \(isLeap ? "a" : "no") leap year")
  }

  /// `10 days`, `2 weeks`.
  private static func span(_ words: StepWords, _ place: Int) -> (days: Int, end: Int)? {
    guard let number = words.number(place)?.whole, number < 10_000_000, let unit = words.word(place + 1) else {
      return nil
    }
    switch unit {
    case "day", "days": return (number, place + 2)
    case "week", "weeks": return (7 * number, place + 2)
    default: return nil
    }
  }

  private static func direction(_ words: StepWords, _ place: Int) -> Int? {
    words.has(["after", "from"], at: place) ? 1 : words.has(["before"], at: place) ? -1 : nil
  }

  /// Where what is said begins, behind `is`, `will be`, `falls on` or `=`.
  private static func copula(_ words: StepWords, _ place: Int) -> Int? {
    if words[place] == .sign("=") { return place + 1 }
    if words.has(["will", "there"], at: place) { return copula(words, place + 1) }
    return words.has(copulas, at: place) ? place + 1 : nil
  }
}

extension Day {
  /// What it comes to that it falls on a weekday.
  fileprivate func falls(on weekday: Int) -> (isRight: Bool, words: String)? {
    guard let number else { return isKnown ? (false, "\(text) does not exist") : nil }
    let own = (number - 1) % 7
    return (own == weekday, "\(text) is a \(Self.weekdays[own])")
  }
}
