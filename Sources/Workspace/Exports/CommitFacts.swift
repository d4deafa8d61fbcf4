import Vocabulary

/// What the rules of exports need of all active commits and of the labels beside them at once, in a few dozen bytes a commit: who
/// judged which path bad, what each option of each run is labelled, and which options are only on paths judged bad.
struct CommitFacts: Sendable {
  /// A commit in numbers.
  private struct Fact {
    let sequence: Int32
    let run: Int32
    let who: Int32
    let verdict: Judgement.Verdict?
    let at: String
    let path: TextDigest
    let beginning: TextDigest
    /// Where its nodes begin in ``nodes``.
    let first: Int
  }

  /// A node of a run, and whoever speaks of it.
  private struct Spoken: Hashable {
    let place: UInt64
    let who: Int32
  }

  /// A path, and whoever judges it.
  private struct Judged: Hashable {
    let path: TextDigest
    let who: Int32
  }

  /// A word of a commit with its moment.
  private struct Word<Value: Sendable>: Sendable {
    var value: Value
    var at: String
  }

  private let units: PathUnits
  private var runs: [String: Int32] = [:]
  private var people: [String: Int32] = [:]
  /// The people's names by number.
  private var names: [String] = []
  private var facts: [Fact] = []
  /// The nodes of all paths; those behind which a rollout goes on are not told again for its lines.
  private var nodes: [Int32] = []
  private var verdicts: [Judged: Word<Judgement.Verdict>] = [:]
  private var spoken: [Spoken: Word<StepLabel>] = [:]
  /// Paths and nodes of which labels beside the log speak, with the units of those.
  private var unitOfPath: [TextDigest: String] = [:]
  private var unitOfPlace: [UInt64: String] = [:]
  /// What all people say of the paths of which labels speak.
  private var opinions: [TextDigest: Opinions<Judgement.Verdict>] = [:]
  /// Paths that somebody judged bad, and has not judged otherwise since.
  private var badPaths: Set<TextDigest> = []
  /// Labels of steps, over all commits and labels: what an adjudicator decided, else of each person the last, of several people's
  /// the worst.
  private var labels: [UInt64: StepLabel] = [:]
  /// Options on paths judged bad that are on no path to be imitated.
  private var condemned: Set<UInt64> = []
  /// Those, and options labelled bad, in order of run and node.
  private var bad: [UInt64] = []
  /// The places of the commits that may be imitated, by problem and prompt, where a path from there is judged bad.
  private var examples: [TextDigest: [Int32]] = [:]

  /// Nothing yet, beside the labels that `ledger` holds.
  init(ledger: LabelLedger) { units = PathUnits(ledger: ledger) }

  /// Takes an active commit in; of two words of one moment that which is taken in later counts. Complexity: O(bytes of the path).
  mutating func add(_ commit: CommitLog.Commit) {
    let trajectory = commit.trajectory
    let run = Self.number(trajectory.run, in: &runs)
    let who = Self.number(commit.entry.who, in: &people)
    if who == names.count { names.append(commit.entry.who) }
    let path = Self.path(trajectory)
    facts.append(
      Fact(
        sequence: Int32(commit.sequence), run: run, who: who, verdict: commit.judgement.verdict, at: commit.entry.at,
        path: path,
        beginning: Self.beginning(trajectory), first: nodes.count))
    nodes += trajectory.steps.filter { $0.rolledOut != true }.map { Int32(clamping: $0.node) }
    let at = commit.entry.at
    func isNews(_ known: String?) -> Bool { known.map { $0 <= at } ?? true }
    let judged = Judged(path: path, who: who)
    if let verdict = commit.judgement.verdict, isNews(verdicts[judged]?.at) {
      verdicts[judged] = Word(value: verdict, at: at)
    }
    for step in trajectory.steps {
      let said = Spoken(place: Self.place(run, Int32(clamping: step.node)), who: who)
      if let label = step.label, isNews(spoken[said]?.at) { spoken[said] = Word(value: label, at: at) }
    }
    unitOfPath[path] = units.unit(of: trajectory) ?? unitOfPath[path]
    for (node, unit) in units.steps(of: trajectory) { unitOfPlace[Self.place(run, Int32(clamping: node))] = unit }
  }

  /// Draws the conclusions, once all commits are taken in. Complexity: O(steps).
  mutating func settle() {
    settleVerdicts()
    settleLabels()
    let bads = Set(facts.filter(isBad).map(\.beginning))
    for index in facts.indices where isBad(facts[index]) { condemned.formUnion(places(of: index)) }
    for index in facts.indices where isExample(facts[index]) {
      let places = places(of: index)
      let good = places.firstIndex { labels[$0] == .bad } ?? places.endIndex
      condemned.subtract(places[..<good])
      if bads.contains(facts[index].beginning) {
        examples[facts[index].beginning, default: []].append(facts[index].sequence)
      }
    }
    bad = Array(condemned.union(labels.lazy.filter { $0.value == .bad }.map(\.key))).sorted()
    (facts, nodes) = ([], [])
  }

  private mutating func settleVerdicts() {
    for path in unitOfPath.keys { opinions[path] = Opinions() }
    for (judged, word) in verdicts {
      if opinions[judged.path] != nil {
        opinions[judged.path]?.add(word.value, by: names[Int(judged.who)], at: word.at)
      } else if word.value == .bad {
        badPaths.insert(judged.path)
      }
    }
    for (path, unit) in unitOfPath {
      opinions[path]?.add(.verdict, of: unit, in: units.ledger)
      if opinions[path]?.standing.contains(.bad) == true { badPaths.insert(path) }
    }
    (verdicts, unitOfPath) = ([:], [:])
  }

  private mutating func settleLabels() {
    for unit in units.ledger.units {
      for place in unit.places {
        // Nobody asks for labels of a run from which nothing is committed.
        guard let run = runs[place.run] else { continue }
        unitOfPlace[Self.place(run, Int32(clamping: place.node))] = unit.id
      }
    }
    var opinions = unitOfPlace.mapValues { _ in Opinions<StepLabel>() }
    for (said, word) in spoken {
      if opinions[said.place] != nil {
        opinions[said.place]?.add(word.value, by: names[Int(said.who)], at: word.at)
      } else {
        let (before, label) = (labels[said.place], word.value)
        labels[said.place] =
          before == .bad || label == .bad ? .bad : before == .good || label == .good ? .good : .neutral
      }
    }
    for (place, unit) in unitOfPlace {
      opinions[place]?.add(.step, of: unit, in: units.ledger)
      labels[place] = opinions[place]?.label
    }
    (spoken, unitOfPlace) = ([:], [:])
  }

  /// True where somebody judged the path of `commit` bad, and has not judged otherwise since.
  func isPathBad(_ commit: CommitLog.Commit) -> Bool {
    isPathBad(commit.trajectory.path, after: commit.trajectory.prompt)
  }

  /// The same of a path of `options` behind `prompt`.
  func isPathBad(_ options: [String], after prompt: String) -> Bool {
    !badPaths.isEmpty && badPaths.contains(TextDigest([prompt] + options))
  }

  /// What people say of `node` of `run`; nil where nobody labelled it.
  func label(of node: Int, in run: String) -> StepLabel? {
    labels.isEmpty ? nil : runs[run].flatMap { labels[Self.place($0, Int32(clamping: node))] }
  }

  /// True for an option that is on a path judged bad and on none to be imitated.
  func isCondemned(_ node: Int, in run: String) -> Bool {
    !condemned.isEmpty && runs[run].map { condemned.contains(Self.place($0, Int32(clamping: node))) } == true
  }

  /// Nodes of `run` that are labelled bad or only on paths judged bad. Complexity: O(those nodes + log of all).
  func badNodes(of run: String) -> Set<Int> {
    guard let run = runs[run] else { return [] }
    let first = bad.bound { $0 < Self.place(run, 0) }
    return Set(bad[first...].prefix { $0 < Self.place(run + 1, 0) }.map { Int($0 & 0xFFFF_FFFF) })
  }

  /// Places in the log of the commits that may be imitated and begin as `commit` does, which is judged bad.
  func examples(like commit: CommitLog.Commit) -> [Int] {
    (examples[Self.beginning(commit.trajectory)] ?? []).map { Int($0) }
  }

  /// What holds of the path of `commit`: what an adjudicator decided; else what the person who committed it says, in a label since
  /// then or in the commit itself.
  func verdict(of commit: CommitLog.Commit) -> Judgement.Verdict? {
    if opinions.isEmpty { return commit.judgement.verdict }
    return verdict(
      commit.judgement.verdict, of: Self.path(commit.trajectory), by: commit.entry.who, at: commit.entry.at)
  }

  /// True where `commit`, a label or an adjudicator says that its path is bad, and the same person has not said otherwise of it
  /// since.
  func isBad(_ commit: CommitLog.Commit) -> Bool {
    guard isPathBad(commit) else { return false }
    return verdict(of: commit) == .bad || opinions[Self.path(commit.trajectory)]?.isSaidInLabel(.bad) == true
  }

  private func verdict(
    _ own: Judgement.Verdict?, of path: TextDigest, by who: String, at: String
  ) -> Judgement.Verdict? {
    guard let opinions = opinions[path] else { return own }
    if let decided = opinions.decided { return decided }
    guard let later = opinions.label(by: who, since: at) else { return own }
    return later.value
  }

  private func verdict(of fact: Fact) -> Judgement.Verdict? {
    opinions.isEmpty ? fact.verdict : verdict(fact.verdict, of: fact.path, by: names[Int(fact.who)], at: fact.at)
  }

  private func isBad(_ fact: Fact) -> Bool {
    badPaths.contains(fact.path)
      && (verdict(of: fact) == .bad || opinions[fact.path]?.isSaidInLabel(.bad) == true)
  }

  private func isExample(_ fact: Fact) -> Bool {
    let verdict = verdict(of: fact)
    return (verdict == nil || verdict == .good) && !badPaths.contains(fact.path)
  }

  private func places(of index: Int) -> [UInt64] {
    let end = index + 1 < facts.count ? facts[index + 1].first : nodes.count
    return nodes[facts[index].first..<end].map { Self.place(facts[index].run, $0) }
  }

  private static func place(_ run: Int32, _ node: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: run)) << 32 | UInt64(UInt32(bitPattern: node))
  }

  /// A solution in words: the same path may be committed more than once, from more than one run.
  private static func path(_ trajectory: Trajectory) -> TextDigest { TextDigest([trajectory.prompt] + trajectory.path) }

  private static func beginning(_ trajectory: Trajectory) -> TextDigest {
    TextDigest([trajectory.problem.id, trajectory.prompt])
  }

  private static func number(_ text: String, in known: inout [String: Int32]) -> Int32 {
    let number = known[text] ?? Int32(known.count)
    known[text] = number
    return number
  }
}

/// Stands for a value in a set of many: 16 bytes, so that neither texts stay in memory nor two of 2⁵⁰ values are taken for one.
///
/// Of the standard library's seeded hash, twice: good within one process only, and never to be written down.
struct TextDigest: Hashable, Sendable {
  private let high: Int
  private let low: Int

  /// The digest of `value`.
  init(_ value: some Hashable) {
    func digest(_ salt: UInt8) -> Int {
      var hasher = Hasher()
      hasher.combine(salt)
      hasher.combine(value)
      return hasher.finalize()
    }
    (high, low) = (digest(1), digest(2))
  }
}
