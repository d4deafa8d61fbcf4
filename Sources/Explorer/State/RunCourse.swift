import TreeSearch

/// How a run went, in short, for a strip of any width: kept as events arrive, so that a frame never looks at the events.
///
/// Events are counted in at most ``mostStretches`` stretches of equal length; when there are more, two become one. The best
/// score is kept exactly, by the moments at which it rose: n scores in random order have about ln n of them.
struct RunCourse: Hashable, Sendable {
  /// What stands out in a part of the run.
  struct Marks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    /// A person did something, took it back or did it again.
    static let act = Marks(rawValue: 1)
    /// A breakpoint or a watchdog spoke while this program looked on.
    static let breakpoint = Marks(rawValue: 2)
    /// A trajectory was committed while this program looked on.
    static let commit = Marks(rawValue: 4)
  }

  /// A part of the run.
  struct Stretch: Hashable, Sendable {
    /// Tokens generated in it.
    var tokens = 0
    /// What stands out in it.
    var marks: Marks = []

    static func += (a: inout Stretch, b: Stretch) {
      a.tokens += b.tokens
      a.marks.formUnion(b.marks)
    }
  }

  /// A moment from which on the best score was this one.
  private struct Rise: Hashable, Sendable {
    let moment: Int
    let score: Double
  }

  /// Parts kept at most; more than most terminals have columns.
  static let mostStretches = 512

  /// The first moment that is known.
  let start: Int
  /// The present moment.
  private(set) var count: Int
  /// Events of each part.
  private(set) var length = 1
  private var stretches: [Stretch] = []
  private var rises: [Rise] = []

  /// The course of a run so far. Complexity: O(events), once.
  init(_ timeline: Timeline) {
    start = timeline.start
    count = timeline.start
    for event in timeline.events { note(event, in: timeline.latest) }
  }

  /// Notes an event of the run; `tree` is any later one. Complexity: O(1), amortised.
  mutating func note(_ event: SearchEvent, in tree: SearchTree) {
    if (count - start) % length == 0 { beginStretch() }
    count += 1
    let last = stretches.count - 1
    switch event {
    case .answered(_, let answer): stretches[last].tokens += answer.usage.generated
    case .evaluated(let node, let reward):
      if tree[node].terminal == .answer, reward > rises.last?.score ?? -1 {
        rises.append(Rise(moment: count, score: reward))
      }
    case .intervened, .undone, .redone: stretches[last].marks.insert(.act)
    default: break
    }
  }

  /// Marks the present.
  mutating func mark(_ marks: Marks) {
    if let last = stretches.indices.last { stretches[last].marks.formUnion(marks) }
  }

  /// The greatest reward of a trajectory that stated an answer by `moment`; nil while none did.
  ///
  /// Complexity: O(log rises).
  func best(at moment: Int) -> Double? {
    var (low, high) = (0, rises.count)
    while low < high {
      let middle = (low + high) / 2
      if rises[middle].moment <= moment { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? rises[low - 1].score : nil
  }

  /// What happened in the events after `from` and up to `to`, rounded outwards to whole stretches.
  ///
  /// Complexity: O(stretches covered).
  func stretch(from: Int, to: Int) -> Stretch {
    let first = max(0, from - start) / length
    let last = min(stretches.count, (max(from, to - 1) - start) / length + 1)
    var sum = Stretch()
    for at in first..<max(first, last) { sum += stretches[at] }
    return sum
  }

  /// What stands out in the stretches that begin after `from` and up to `to`, so that each is seen in one column only.
  ///
  /// Complexity: O(stretches covered).
  func marks(from: Int, to: Int) -> Marks {
    let first = max(0, from - start + length - 1) / length
    let last = min(stretches.count, (max(0, to - start) + length - 1) / length)
    return stretches[min(first, last)..<last].reduce(into: []) { $0.formUnion($1.marks) }
  }

  private mutating func beginStretch() {
    if stretches.count == Self.mostStretches {
      stretches = stride(from: 0, to: stretches.count, by: 2).map { at in
        var pair = stretches[at]
        pair += stretches[at + 1]
        return pair
      }
      length *= 2
    }
    stretches.append(Stretch())
  }
}
