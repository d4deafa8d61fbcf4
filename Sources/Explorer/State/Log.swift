/// The line that tells what just happened; the next key takes it away, unless it tells what is waited for.
public struct Message: Hashable, Sendable {
  /// How it is to be taken.
  public enum Kind: Hashable, Sendable {
    /// Something was done.
    case notice
    /// Something could not be done.
    case failure
  }

  /// How it is to be taken.
  public let kind: Kind
  /// One line; sanitised when it is drawn.
  public let text: String
  /// False for what is only looked at, of which the log would be full.
  var isLogged = true
  /// True for what is waited for: it stays until that is there, or until something else is said.
  private(set) var isLasting = false

  /// A message about something that was done.
  public static func notice(_ text: String) -> Message { Message(kind: .notice, text: text) }
  /// A message about something that is waited for.
  static func waiting(_ text: String) -> Message {
    var message = notice("waiting for \(text)")
    message.isLasting = true
    return message
  }
  /// What stands where a person looks; not kept in the log.
  static func glance(_ text: String) -> Message { Message(kind: .notice, text: text, isLogged: false) }
  /// A message about something that could not be done.
  public static func failure(_ text: String) -> Message { Message(kind: .failure, text: text) }
}

/// What this program has said of the run and to the person, the latest first: the last line shows only one message at a time.
struct Log: Sendable {
  /// A message with its moment.
  struct Entry: Hashable, Sendable {
    let message: Message
    /// When it was said; nil where nobody told the time.
    let time: TimeOfDay?
    /// The run and the moment on the screen when it was said; nil outside of runs.
    let run: String?
    let moment: Int?
    /// Simulations at that moment.
    let simulations: Int?

    /// What can be found by typing.
    func matches(_ query: String) -> Bool {
      let text = [
        message.text, message.kind == .failure ? "failure" : "", moment.map(String.init) ?? "",
        time?.description ?? "",
      ].joined(separator: " ").lowercased()
      return query.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
    }
  }

  /// Entries kept at most.
  static let most = 500

  /// The entries, the latest first.
  var entries: some RandomAccessCollection<Entry> { kept.reversed() }
  private var kept: [Entry] = []

  /// Adds a message; one that only repeats the last is not kept twice.
  mutating func note(_ message: Message, _ run: OpenRun?, at time: TimeOfDay?) {
    if let last = kept.last, last.message == message, last.run == run?.id, last.moment == run?.moment { return }
    kept.append(
      Entry(message: message, time: time, run: run?.id, moment: run?.moment, simulations: run?.tree.simulations))
    // Dropped in heaps, so that a message costs the same whether the log is full or not.
    if kept.count >= 2 * Self.most { kept.removeFirst(kept.count - Self.most) }
  }

  /// The entries that hold every word of `query`.
  func entries(matching query: String) -> [Entry] { entries.prefix(Self.most).filter { $0.matches(query) } }
}

/// What a clock on the wall shows.
public struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
  /// 0 to 23.
  public let hour: Int
  /// 0 to 59.
  public let minute: Int
  /// 0 to 60.
  public let second: Int

  /// A time with its fields as given.
  public init(hour: Int, minute: Int, second: Int) {
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// As `09:05:00`.
  public var description: String {
    [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
