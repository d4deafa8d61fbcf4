import Explorer
import TreeSearch
import Vocabulary
import Workspace

/// What one person has to label, or to decide, and what they are shown of it.
struct LabelQueue {
  let workspace: Workspace
  let catalog: ProblemCatalog
  /// Who labels.
  let who: String
  /// True where the person decides where others differ.
  let decides: Bool

  /// The problems that are theirs: searched ones that are given to them, or to nobody; or those about which others differ. In
  /// an order that is each person's own.
  ///
  /// Complexity: O(labels + runs + problems).
  func entries() throws -> [ProblemEntry] {
    let ledger = try workspace.labelLedger()
    let searched = Set(try workspace.runList().runs.map(\.problem))
    let disputed = decides ? disputed(ledger) : []
    let own = finished(ledger)
    return catalog.entries.filter { entry in
      guard searched.contains(entry.id) else { return false }
      if decides { return disputed.contains(entry.id) }
      return ledger.people(assignedTo: entry.id).map { $0.contains(who) } ?? true
    }.compactMap { entry in
      guard let problem = catalog.problem(entry.id) else { return nil }
      // Neither the reference nor what a search came to.
      var blind = ProblemEntry(Problem(id: problem.id, question: problem.question))
      if let verdict = own[entry.id] {
        blind.decision = ProblemDecision(verdict: verdict, who: decides ? "decided" : "you")
      }
      return blind
    }.sorted { Self.lot($0.id, who) < Self.lot($1.id, who) }
  }

  /// The problems of which the person has said something of the whole, or how it ends, with their verdict.
  private func finished(_ ledger: LabelLedger) -> [String: Judgement.Verdict?] {
    let role: Label.Role = decides ? .adjudicator : .labeller
    var found: [String: Judgement.Verdict?] = [:]
    for unit in ledger.units {
      let verdict = ledger.said(.verdict, of: unit.id, by: role, purposes: nil).last { $0.who == who }?.value
      let isEnded = ledger.said(.finish, of: unit.id, by: role, purposes: nil).contains { $0.who == who }
      if verdict != nil || isEnded { found[unit.problem] = .some(verdict ?? found[unit.problem] ?? nil) }
    }
    return found
  }

  /// The problems with a step or a whole about which labellers other than this person differ.
  private func disputed(_ ledger: LabelLedger) -> Set<String> {
    var found: Set<String> = []
    for unit in ledger.units where !found.contains(unit.problem) {
      let steps = Set(ledger.said(.step, of: unit.id).filter { $0.who != who }.map(\.value))
      let wholes = Set(ledger.said(.verdict, of: unit.id).filter { $0.who != who }.map(\.value))
      if steps.count > 1 || wholes.count > 1 { found.insert(unit.problem) }
    }
    return found
  }

  /// What the person is shown of `problem`, and what each of its lines is to the log; nil where no run of it has a path.
  func task(_ problem: String) throws -> (task: LabelTask, subjects: LabelSubjects)? {
    let labels = try workspace.labels(ofProblem: problem)
    let earlier = labels.first { $0.label.subject.run != nil }?.label.subject.run
    guard let run = try earlier ?? workspace.runs(ofProblem: problem).last?.id,
      let tree = try? workspace.tree(of: run)
    else { return nil }
    let ledger = LabelLedger(labels)
    let chosen = tree.chosen
    let end = chosen?.node ?? tree.bestPath().last ?? .root
    let nodes = tree.path(to: end).dropFirst()
    // The lines that a commit of it has, so that what is said here and there is said of one thing.
    let path = Trajectory(run: run, tree: tree, node: end, rollout: chosen?.rollout).path
    guard !path.isEmpty else { return nil }
    var subjects = LabelSubjects(run: run, tree: tree, problem: problem, end: end)
    for node in nodes { subjects.add(node, alternatives: alternatives(to: node, in: tree)) }
    for line in path.dropFirst(nodes.count) { subjects.add(rolled: line) }
    let steps = subjects.steps.map { subjects in
      LabelTask.Step(
        subjects.map { line($0, ledger) },
        completion: said(.completion, of: subjects[0].unit, ledger).last { $0.who == who }?.value)
    }
    let task = LabelTask(
      problem: problem, question: tree.header.problem.question, steps: steps,
      verdict: said(.verdict, of: subjects.whole.unit, ledger).last { $0.who == who }?.value,
      finish: said(.finish, of: subjects.whole.unit, ledger).last { $0.who == who }?.value,
      sides: decides ? sides(.verdict, of: subjects.whole, ledger) { $0.rawValue } : [], decides: decides)
    return (task, subjects)
  }

  private func said<Value>(_ act: LabelAct<Value>, of unit: String, _ ledger: LabelLedger) -> [LabelLedger.Said<Value>]
  {
    ledger.said(act, of: unit, by: decides ? .adjudicator : .labeller, purposes: nil)
  }

  private func line(_ subject: Label.Subject, _ ledger: LabelLedger) -> LabelTask.Line {
    LabelTask.Line(
      text: subject.text, label: said(.step, of: subject.unit, ledger).last { $0.who == who }?.value,
      isFlagged: said(.flag, of: subject.unit, ledger).last { $0.who == who }?.value == true,
      sides: decides ? sides(.step, of: subject, ledger) { $0.word } : [])
  }

  /// What labellers say of a thing, where they differ: `A good  B bad`. The letters are the same through a problem, and chance's.
  private func sides<Value: Hashable>(
    _ act: LabelAct<Value>, of subject: Label.Subject, _ ledger: LabelLedger, _ word: (Value) -> String
  ) -> [String] {
    let said = ledger.said(act, of: subject.unit).filter { $0.who != who }
    guard Set(said.map(\.value)).count > 1 else { return [] }
    let people = Set(said.map(\.who)).sorted { Self.lot($0, subject.problem) < Self.lot($1, subject.problem) }
    return zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", people).compactMap { letter, person in
      said.last { $0.who == person }?.value.map { "\(letter) \(word($0))" }
    }
  }

  /// The siblings of a step that say something else, in an order that is chance's.
  private func alternatives(to node: NodeID, in tree: SearchTree) -> [NodeID] {
    let own = tree.details[node.offset].option?.text
    return tree.children(of: tree[node].parent).filter { other in
      other != node && tree[other].isShown && tree.details[other.offset].option?.text != own
    }.sorted { Self.lot("\($0)", own ?? "") < Self.lot("\($1)", own ?? "") }
  }

  /// What chance says of two texts: the same for everybody.
  private static func lot(_ a: String, _ b: String) -> UInt64 {
    SHA256.lot(of: "\(a)\u{1E}\(b)")
  }
}

/// What the lines of a task are to the log of labels, and what the search held of them.
struct LabelSubjects {
  let run: String
  let tree: SearchTree
  /// The lines of each step: itself, then its alternatives.
  private(set) var steps: [[Label.Subject]] = []
  private var path: [String] = []
  private let problem: String
  /// Where the solution ends in the tree.
  private let end: NodeID

  init(run: String, tree: SearchTree, problem: String, end: NodeID) {
    (self.run, self.tree, self.problem, self.end) = (run, tree, problem, end)
  }

  /// What has been added so far, at last the whole solution.
  var whole: Label.Subject { Label.Subject(problem: problem, run: run, node: end.offset, path: path) }

  mutating func add(_ node: NodeID, alternatives: [NodeID]) {
    path.append(tree.details[node.offset].option?.text ?? "")
    steps.append(([node] + alternatives).map { Label.Subject(run: run, tree: tree, node: $0) })
  }

  /// Adds a line of the rollout that finishes the solution; one that says nothing is no step.
  mutating func add(rolled line: String) {
    path.append(line)
    if !line.allSatisfy(\.isWhitespace) { steps.append([whole]) }
  }

  /// What `word` says, of what; nil where it names no line.
  func label(_ word: LabelWord) -> (act: Label.Act, subject: Label.Subject)? {
    func line(_ place: LabelPlace) -> Label.Subject? {
      steps.indices.contains(place.step) && steps[place.step].indices.contains(place.line)
        ? steps[place.step][place.line] : nil
    }
    switch word {
    case .step(let place, let label): return line(place).map { (.step(label), $0) }
    case .flag(let place, let isOn): return line(place).map { (.flag(isOn), $0) }
    case .completion(let step, let text): return line(LabelPlace(step: step, line: 0)).map { (.completion(text), $0) }
    case .verdict(let verdict): return (.verdict(verdict), whole)
    case .finish(let reason): return (.finish(reason), whole)
    case .note(let text): return (.note(text), whole)
    }
  }

  /// What the search holds of a line; nil for one that is no node.
  func evidence(of subject: Label.Subject) -> Label.Evidence? {
    let node = NodeID(subject.node)
    guard node != .root, Int(tree[node].depth) == subject.depth else { return nil }
    return Label.Evidence(tree: tree, node: node)
  }
}
