import Vocabulary

/// What stands in the log of labels: of each person the last word on each thing, with what adjudicators decided apart from it.
///
/// A value, made by taking the labels one after another; what they took back is gone, and what others say stays beside it.
/// Memory: some 100 bytes a standing label, and the texts of completions and notes.
public struct LabelLedger: Sendable {
  /// One standing label.
  public struct Said<Value: Sendable>: Sendable {
    /// Who says it.
    public let who: String
    /// What; nil where the person took it back, or what the person had said in a commit.
    public let value: Value?
    /// When, ISO 8601 in UTC.
    public let at: String
    /// Why it was given to the person.
    public let purpose: Label.Purpose
    /// True where the person saw nothing that could sway them.
    public let isBlind: Bool
  }

  /// A thing that labels speak of: the same path in whatever run.
  public struct Unit: Sendable {
    /// ``Label/Subject/unit``.
    public let id: String
    /// The problem's id.
    public let problem: String
    /// Steps from the root; 0 for the problem as a whole.
    public let depth: Int
    /// Where it stands in the workspace: runs and nodes, in the order in which they were labelled.
    public let places: [Place]
  }

  /// A node of a run.
  public struct Place: Hashable, Sendable {
    /// The run's id.
    public let run: String
    /// The node's number.
    public let node: Int

    /// A node of a run.
    public init(run: String, node: Int) { (self.run, self.node) = (run, node) }
  }

  /// Whom a word comes from and what it is about: only a later one of the same kind takes its place.
  private struct Mark: Sendable {
    let who: Int32
    let role: Label.Role
    let purpose: Label.Purpose
    let kind: LabelKind
    let isBlind: Bool
    /// The value as its kind writes it; nil where it is taken back.
    let code: Int32?
    let at: String

    func isReplaced(by other: Mark) -> Bool {
      who == other.who && role == other.role && purpose == other.purpose && kind == other.kind && kind != .note
    }
  }

  private struct Entry: Sendable {
    let id: String
    let problem: Int32
    let depth: Int
    var places: [(run: Int32, node: Int)] = []
    /// The latest last.
    var marks: [Mark] = []
  }

  private var entries: [Entry] = []
  private var index: [String: Int32] = [:]
  private var names = Names()
  private var runs = Names()
  private var problems = Names()
  /// Texts of completions and notes.
  private var texts: [String] = []
  private var assigned: [Int32: [String]] = [:]
  /// Labels that were taken, whether they stand or not.
  public private(set) var count = 0

  /// A ledger of nothing.
  public init() {}

  /// What stands in `entries`, the oldest first: those of one problem, for whoever asks about no other.
  public init(_ entries: [LabelEntry]) { for entry in entries { take(entry.label, at: entry.at) } }

  /// Takes the next label of the log. Complexity: O(labels of the same thing).
  public mutating func take(_ label: Label, at: String) {
    count += 1
    let subject = label.subject
    let problem = problems.number(of: subject.problem)
    if case .assignment(let people) = label.act { return assigned[problem] = people }
    guard let (kind, code) = encoded(label.act) else { return }
    let place = index[subject.unit] ?? Int32(entries.count)
    if place == entries.count {
      index[subject.unit] = place
      entries.append(Entry(id: subject.unit, problem: problem, depth: subject.depth))
    }
    let mark = Mark(
      who: names.number(of: label.who), role: label.role, purpose: label.purpose, kind: kind, isBlind: label.isBlind,
      code: code, at: at)
    entries[Int(place)].marks.removeAll { $0.isReplaced(by: mark) }
    entries[Int(place)].marks.append(mark)
    if let run = subject.run.map({ runs.number(of: $0) }),
      !entries[Int(place)].places.contains(where: { $0 == (run, subject.node) })
    {
      entries[Int(place)].places.append((run, subject.node))
    }
  }

  /// The act as a kind and a number; nil for one that is kept elsewhere.
  private mutating func encoded(_ act: Label.Act) -> (LabelKind, Int32?)? {
    func keep(_ text: String) -> Int32 {
      texts.append(text)
      return Int32(texts.count - 1)
    }
    switch act {
    case .step(let label): return (.step, label.map { Int32($0.rawValue) })
    case .flag(let isOn): return (.flag, isOn ? 1 : 0)
    case .verdict(let verdict):
      return (.verdict, verdict.flatMap { Self.verdicts.firstIndex(of: $0) }.map { Int32($0) })
    case .finish(let finish): return (.finish, finish.flatMap { Self.finishes.firstIndex(of: $0) }.map { Int32($0) })
    case .completion(let text): return (.completion, text.map(keep))
    case .note(let text): return (.note, keep(text))
    case .assignment: return nil
    }
  }

  static let verdicts = Judgement.Verdict.allCases
  static let finishes = Label.Finish.allCases

  // MARK: Reading

  /// True where nothing was said of anything.
  public var isEmpty: Bool { entries.isEmpty }

  /// Everything that labels speak of, in the order in which it was first spoken of.
  public var units: some Sequence<Unit> { entries.lazy.map { unit($0) } }

  /// The thing of this id; nil where nobody spoke of it.
  public func unit(_ id: String) -> Unit? { index[id].map { unit(entries[Int($0)]) } }

  /// True where something is said of the problem or a step in it.
  public func knows(problem: String) -> Bool { problems.knows(problem) }

  /// The people to whom the problem is given, whoever gave it last; nil where it is anybody's.
  public func people(assignedTo problem: String) -> [String]? {
    problems[problem].flatMap { assigned[$0] }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What people say of `unit`, the latest last; what they took back only with `withRetracted`.
  ///
  /// - Parameter purposes: nil for all.
  public func said<Value>(
    _ act: LabelAct<Value>, of unit: String, by role: Label.Role = .labeller, purposes: Set<Label.Purpose>? = [.work],
    withRetracted: Bool = false
  ) -> [Said<Value>] {
    guard let place = index[unit] else { return [] }
    return entries[Int(place)].marks.compactMap { mark in
      guard mark.kind == act.kind, mark.role == role, purposes?.contains(mark.purpose) ?? true else { return nil }
      let value = mark.code.flatMap { act.value($0, texts) }
      guard value != nil || withRetracted else { return nil }
      return Said(
        who: names.all[Int(mark.who)], value: value, at: mark.at, purpose: mark.purpose, isBlind: mark.isBlind)
    }
  }

  /// What an adjudicator decided of `unit`: the latest decision that was not taken back; nil where there is none.
  public func adjudicated<Value>(_ act: LabelAct<Value>, of unit: String) -> Value? {
    said(act, of: unit, by: .adjudicator, purposes: nil).last?.value
  }

  private func unit(_ entry: Entry) -> Unit {
    Unit(
      id: entry.id, problem: problems.all[Int(entry.problem)], depth: entry.depth,
      places: entry.places.map { Place(run: runs.all[Int($0.run)], node: $0.node) })
  }

  /// Words that recur, by number.
  private struct Names: Sendable {
    var all: [String] = []
    var numbers: [String: Int32] = [:]

    mutating func number(of name: String) -> Int32 {
      if let known = numbers[name] { return known }
      numbers[name] = Int32(all.count)
      all.append(name)
      return Int32(all.count - 1)
    }

    func knows(_ name: String) -> Bool { numbers[name] != nil }

    subscript(name: String) -> Int32? { numbers[name] }
  }
}

extension Workspace {
  /// What stands in the log of labels. Throws where a row is damaged. Complexity: O(labels), one in memory at a time beside the
  /// ledger.
  public func labelLedger() throws -> LabelLedger {
    var ledger = LabelLedger()
    try forEachLabel { ledger.take($0.label, at: $0.at) }
    return ledger
  }
}
