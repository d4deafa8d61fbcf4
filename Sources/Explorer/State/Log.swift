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
