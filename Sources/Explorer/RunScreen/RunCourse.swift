import TreeInsight
import TreeSearch
import Vocabulary

/// How a run went, in short, for a strip of any width: kept as events arrive, so that a frame never looks at the events.
///
/// Events are counted in at most ``mostStretches`` stretches of equal length; when there are more, two become one. The best
/// score is kept exactly, by the moments at which it rose: n scores in random order have about ln n of them. So are the
/// moments of breakpoints and commits, which the journal does not hold.
struct RunCourse: Hashable, Sendable {
  /// What stands out in a part of the run.
  struct Marks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    /// A person did something, took it back or did it again.
    static let act = Marks(rawValue: 1)
    /// A breakpoint or a watchdog spoke.
    static let breakpoint = Marks(rawValue: 2)
    /// A trajectory was committed.
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

  /// A moment that stands out for what the journal does not say.
  private struct Mark: Hashable, Sendable {
    let moment: Int
    let marks: Marks
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
  /// The moments just before what people did, in order.
  private var acts: [Int] = []
  /// Events of each part.
  private(set) var length = 1
  private var stretches: [Stretch] = []
  private var rises: [Rise] = []
  /// By moment; a mark may stand at one that has not been read yet.
  private var noted: [Mark] = []

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
    case .intervened:
      stretches[last].marks.insert(.act)
      acts.append(count - 1)
    case .undone, .redone: stretches[last].marks.insert(.act)
    default: break
    }
  }

  /// The moment just before act `number` of the `total` that there are; nil where that lies before what is known. Complexity: O(1).
  func moment(beforeAct number: Int, of total: Int) -> Int? {
    let at = acts.count - (total - number)
    return acts.indices.contains(at) ? acts[at] : nil
  }

  /// Marks a moment, which may be still to come. Complexity: O(1) for the latest one, else O(marks).
  mutating func mark(_ marks: Marks, at moment: Int) {
    let place = (noted.lastIndex { $0.moment <= moment } ?? -1) + 1
    noted.insert(Mark(moment: moment, marks: marks), at: place)
  }

  /// The greatest reward of a trajectory that stated an answer by `moment`; nil while none did.
  ///
  /// Complexity: O(log rises).
  func best(at moment: Int) -> Double? {
    let later = rises.bound { $0.moment <= moment }
    return later > 0 ? rises[later - 1].score : nil
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

  /// What stands out after `from` and up to `to`, and in the stretches that begin there, so that each is seen in one column
  /// only.
  ///
  /// Complexity: O(stretches and marks covered + log marks).
  func marks(from: Int, to: Int) -> Marks {
    let first = max(0, from - start + length - 1) / length
    let last = min(stretches.count, (max(0, to - start) + length - 1) / length)
    let acts = stretches[min(first, last)..<last].reduce(into: Marks()) { $0.formUnion($1.marks) }
    // The first column has the first moment, too.
    let firstNoted = noted.bound { $0.moment < (from == start ? from : from + 1) }
    let lastNoted = noted.bound { $0.moment <= to }
    return noted[min(firstNoted, lastNoted)..<lastNoted].reduce(into: acts) { $0.formUnion($1.marks) }
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
