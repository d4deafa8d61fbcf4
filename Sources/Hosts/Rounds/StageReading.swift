import Explorer
import Lab
import TreeInsight
import Vocabulary
import Workspace

/// Reads what a stage has kept as rows of the explorer, those that are new and those that have changed.
struct StageReading {
  /// The round and the stage that are watched.
  let record: RoundRecord
  let stage: RoundStageName
  private let plan: RoundPlan
  private let rule: TrajectoryRule?
  private let problems: [String: Problem]
  /// Runs of the round's searches by problem: an imagined question leads to its tree.
  private var runs: [String: String] = [:]
  /// Rows that the stage had when somebody last looked.
  private var seen = 0
  /// The filter's list, and what persons had said of it.
  private var candidates: [RoundCandidate] = []
  private var decisions: [Int: RoundState.Decision] = [:]
  /// Events of the round when the persons' words were last read.
  private var events = -1
  /// The trials of the policy before, by problem.
  private var places: [String: Int] = [:]
  private var trials: [RoundTrial] = []

  /// Nothing has been read yet. Throws `WorkspaceError`, `LabError`. Complexity: O(problems).
  init(_ record: RoundRecord, _ stage: RoundStageName, in workspace: Workspace) throws {
    (self.record, self.stage) = (record, stage)
    plan = try RoundPlan(of: record)
    // A rule that cannot be read has stopped the round before it kept anything.
    rule = try? TrajectoryRule(plan.rule)
    problems = try workspace.problems(of: record)
  }

  /// What has come or changed since the last call: portions with the place of their first row.
  mutating func news(in workspace: Workspace) throws -> [(first: Int, items: [StageItem])] {
    switch stage {
    case .imagine: return try prompts(workspace)
    case .search:
      return try portion(workspace, .search, as: RoundSearch.self) { item, reading in
        reading.item(of: item)
      }
    case .filter, .gate: return try trajectories(workspace)
    case .commit:
      if candidates.isEmpty { candidates = try workspace.items(of: record, .filter) }
      return try portion(workspace, .commit, as: RoundCommit.self) { commit, reading in
        guard reading.candidates.indices.contains(commit.place) else { return nil }
        var item = reading.trajectory(commit.place)
        item.commit = commit.commit
        return .trajectory(item)
      }
    case .evaluate: return try trials(workspace)
    case .promote:
      return try portion(workspace, .promote, as: RoundCondition.self) { item, _ in
        .condition(ConditionItem(name: item.name, holds: item.holds, found: item.found))
      }
    case .export, .train: return []
    }
  }

  /// Rows that follow those that are known.
  private mutating func portion<Item: Decodable>(
    _ workspace: Workspace, _ name: RoundStageName, as type: Item.Type, _ row: (Item, StageReading) -> StageItem?
  ) throws -> [(first: Int, items: [StageItem])] {
    let items: [Item] = try workspace.items(of: record, name, from: seen)
    guard !items.isEmpty else { return [] }
    defer { seen += items.count }
    return [(seen, items.compactMap { row($0, self) })]
  }

  private mutating func prompts(_ workspace: Workspace) throws -> [(first: Int, items: [StageItem])] {
    if runs.isEmpty {
      let searches: [RoundSearch] = try workspace.items(of: record, .search)
      runs = Dictionary(searches.map { ($0.problem, $0.run) }) { first, _ in first }
    }
    return try portion(workspace, .imagine, as: ImaginedPrompt.self) { prompt, reading in
      let verdict = prompt.verdict
      let reason = verdict.reason.map { $0.rawValue + (verdict.note.map { ": \($0)" } ?? "") }
      var item = PromptItem(
        id: prompt.id, kind: prompt.form.map { "\(prompt.kind) \($0)" } ?? prompt.kind, text: prompt.text,
        reason: prompt.isAccepted ? nil : reason ?? "refused")
      (item.answer, item.passRate) = (prompt.answer, prompt.passRate)
      (item.neighbour, item.distance) = (prompt.neighbour?.id, prompt.neighbour?.distance)
      item.place = reading.runs[prompt.id].map { TreePlace(run: $0) }
      item.facts = [
        prompt.answer != nil ? RoundFact("answer from", prompt.answerFrom.rawValue) : nil,
        prompt.parents.isEmpty ? nil : RoundFact("parents", prompt.parents.joined(separator: ", ")),
        RoundFact("root", prompt.root), prompt.model.map { RoundFact("model", $0) },
        prompt.evidence.isEmpty ? nil : RoundFact("evidence", prompt.evidence), RoundFact("seed", "\(prompt.seed)"),
        prompt.raw.map { RoundFact("as written", $0) },
      ].compactMap { $0 }
      return .prompt(item)
    }
  }

  private func item(of search: RoundSearch) -> StageItem {
    var item = SearchItem(
      problem: search.problem, question: problems[search.problem]?.question ?? "", run: search.run)
    (item.answer, item.isRight, item.error) = (search.answer, search.correct, search.error)
    (item.simulations, item.tokens) = (search.simulations, search.tokens)
    return .search(item)
  }

  /// The filter's list: what is new of it, and every row of which a person has said something since.
  private mutating func trajectories(_ workspace: Workspace) throws -> [(first: Int, items: [StageItem])] {
    var changed: [Int] = []
    let count = try workspace.eventCount(of: record)
    if count != events {
      let now = try workspace.state(of: record).decisions
      changed = now.filter { decisions[$0.key] != $0.value && $0.key < candidates.count }.keys.sorted()
      (events, decisions) = (count, now)
    }
    let first = candidates.count
    candidates += try workspace.items(of: record, .filter, from: first, as: RoundCandidate.self)
    let added = (first..<candidates.count).map { StageItem.trajectory(trajectory($0)) }
    return changed.map { ($0, [.trajectory(trajectory($0))]) } + (added.isEmpty ? [] : [(first, added)])
  }

  private func trajectory(_ place: Int) -> TrajectoryItem {
    let candidate = candidates[place]
    var item = TrajectoryItem(
      problem: candidate.problem, question: problems[candidate.problem]?.question ?? "", text: candidate.text,
      answer: candidate.answer, isRight: candidate.correct,
      place: TreePlace(run: candidate.run, node: candidate.node, rollout: candidate.rollout), facts: candidate.facts,
      passed: candidate.passed)
    (item.margin, item.isAudited) = (rule?.margin(of: candidate.facts), candidate.isAudited)
    item.decision = decisions[place].map { .init(isAccepted: $0.accepted, who: $0.who, note: $0.note) }
    return item
  }

  /// Held-out problems: a row with the first policy's trial, completed by the second one's.
  private mutating func trials(_ workspace: Workspace) throws -> [(first: Int, items: [StageItem])] {
    let new: [RoundTrial] = try workspace.items(of: record, .evaluate, from: seen)
    seen += new.count
    let first = trials.count
    for trial in new where trial.arm == "before" {
      places[trial.problem] = trials.count
      trials.append(trial)
    }
    var second = Dictionary(
      new.filter { $0.arm == "after" }.compactMap { trial in places[trial.problem].map { ($0, trial) } }
    ) { _, last in last }
    // What has come complete is told complete: only then does it stand where it is worth to stand.
    let added = (first..<trials.count).map { row($0, second.removeValue(forKey: $0)) }
    let completed = second.sorted { $0.key < $1.key }.map { (first: $0.key, items: [row($0.key, $0.value)]) }
    return (added.isEmpty ? [] : [(first, added)]) + completed
  }

  private func row(_ place: Int, _ after: RoundTrial?) -> StageItem {
    .trial(TrialItem(trials[place], after, problems))
  }
}

extension TrialItem {
  /// A held-out problem before and after.
  init(_ before: RoundTrial, _ after: RoundTrial?, _ problems: [String: Problem]) {
    let problem = problems[before.problem]
    self.init(
      problem: before.problem, question: problem?.question ?? "", reference: problem?.reference, before: Side(before),
      after: after.map { Side($0) })
  }
}

extension TrialItem.Side {
  /// What one policy made of a problem.
  fileprivate init(_ trial: RoundTrial) {
    self.init(answer: trial.greedy, isRight: trial.isRight)
    (samples, right, run) = (trial.samples, trial.right, trial.runs.last)
  }
}
