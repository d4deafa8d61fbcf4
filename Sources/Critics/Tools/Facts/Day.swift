import Vocabulary

/// A date as a step writes it: `2024-03-05`, `March 5, 2024`, `5th of March 2024`.
struct Day {
  let year, month, day: Int
  /// The date in the order of years, for people.
  let text: String
  /// The place behind it.
  let end: Int

  static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The date that stands at `place`; nil where none does.
  init?(_ words: StepWords, _ place: Int) {
    if let year = Self.year(words.number(place)), words[place + 1] == .sign("-"),
      let month = words.number(place + 2)?.whole, words[place + 3] == .sign("-"),
      let day = words.number(place + 4)?.whole
    {
      self.init(year, month, day, end: place + 5)
    } else if let month = Self.month(words.word(place)), let day = words.number(place + 1)?.whole {
      var at = place + 2
      if words.has(Self.ordinals, at: at) { at += 1 }
      if words[at] == .sign(",") { at += 1 }
      guard let year = Self.year(words.number(at)) else { return nil }
      self.init(year, month, day, end: at + 1)
    } else if let day = words.number(place)?.whole {
      var at = place + 1
      if words.has(Self.ordinals, at: at) { at += 1 }
      if words.has(["of"], at: at) { at += 1 }
      guard let month = Self.month(words.word(at)) else { return nil }
      at += 1
      if words[at] == .sign(",") { at += 1 }
      guard let year = Self.year(words.number(at)) else { return nil }
      self.init(year, month, day, end: at + 1)
    } else {
      return nil
    }
  }

  private init(_ year: Int, _ month: Int, _ day: Int, end: Int) {
    (self.year, self.month, self.day, self.end) = (year, month, day, end)
    let name = Self.months.indices.contains(month - 1) ? Self.months[month - 1] : "month \(month)"
    text = "\(name) \(day), \(year)"
  }

  private static let ordinals: Set<String> = ["st", "nd", "rd", "th"]

  /// True within the years of which this calendar is known to have been, or to be, in use.
  var isKnown: Bool { (1583...9999).contains(year) }

  /// Days since the end of the year 0, so that January 1 of the year 1, a Monday, is 1; nil for a date that does not exist.
  var number: Int? {
    guard isKnown, (1...12).contains(month), (1...Self.days(of: month, in: year)).contains(day) else { return nil }
    let before = year - 1
    let months = (1..<month).reduce(0) { $0 + Self.days(of: $1, in: year) }
    return 365 * before + before / 4 - before / 100 + before / 400 + months + day
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Days of a month from 1 to 12.
  static func days(of month: Int, in year: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// The number of a weekday by its name, 0 for Monday.
  static func weekday(_ word: String?) -> Int? {
    word.flatMap { word in weekdays.firstIndex { $0.lowercased() == word } }
  }

  /// The number of a month by its name, 1 to 12.
  static func month(_ word: String?) -> Int? {
    word.flatMap { word in months.firstIndex { $0.lowercased() == word } }.map { $0 + 1 }
  }

  /// A number of four digits without a point as a year.
  static func year(_ number: StepWords.Number?) -> Int? {
    number.flatMap { $0.text.count == 4 && $0.decimals == 0 ? $0.whole : nil }
  }
}
