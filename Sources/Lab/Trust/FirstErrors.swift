import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// How well a critic finds the first wrong step of a solution, as ProcessBench measures it (Zheng et al., 2024).
package struct FirstErrors: Sendable, Equatable {
  /// Solutions with a wrong step, and of these those whose first one the critic names.
  package private(set) var erroneous = 0
  package private(set) var found = 0
  /// Solutions without one, and of these those with which the critic finds no fault.
  package private(set) var correct = 0
  package private(set) var passed = 0

  package init() {}

  /// e: of the erroneous solutions, the share whose first wrong step is named; nil without any.
  package var onErroneous: Double? { erroneous > 0 ? Double(found) / Double(erroneous) : nil }
  /// c: of the correct solutions, the share that passes; nil without any.
  package var onCorrect: Double? { correct > 0 ? Double(passed) / Double(correct) : nil }
  /// F1 = 2ec/(e + c); nil where either is unknown, 0 where both are.
  package var f1: Double? {
    guard let e = onErroneous, let c = onCorrect else { return nil }
    return e + c > 0 ? 2 * e * c / (e + c) : 0
  }

  /// Takes a solution: what people say of its steps and what the critic says.
  ///
  /// It counts where people name its first wrong step or call every step right (a neutral one is not wrong), and where the critic
  /// scored every step up to there. The critic names the first step that it scores below `threshold`.
  package mutating func add(_ steps: [(label: StepLabel?, score: Double?)], threshold: Double) {
    let end = steps.firstIndex { $0.label == .bad } ?? steps.count
    let judged = steps.prefix(end + 1)
    guard !steps.isEmpty, judged.prefix(end).allSatisfy({ $0.label != nil }), judged.allSatisfy({ $0.score != nil })
    else { return }
    let named = steps.firstIndex { ($0.score ?? 1) < threshold } ?? steps.count
    if end < steps.count {
      erroneous += 1
      if named == end { found += 1 }
    } else {
      correct += 1
      if named == end { passed += 1 }
    }
  }
}

/// Solutions as sequences of units: paths of commits, and finished paths in the trees of runs of which labels speak.
package struct LabelledSolutions: Sendable {
  /// Units of the steps in order; each solution once.
  package private(set) var paths: [[String]] = []

  /// The solutions of `workspace`. Throws where a journal or a row is damaged.
  ///
  /// Complexity: O(steps of the commits), and O(journal) for each run that labels speak of.
  package init(_ workspace: Workspace, steps: LabelledSteps) throws {
    var known: Set<String> = []
    func add(_ problem: String, _ texts: [String], to paths: inout [[String]]) {
      let units = texts.indices.map {
        Label.Subject(problem: problem, run: nil, node: 0, path: Array(texts[...$0])).unit
      }
      guard let last = units.last, known.insert(last).inserted else { return }
      paths.append(units)
    }
    for commit in try workspace.commitLog().commits where commit.isActive {
      let options = zip(commit.trajectory.path, commit.trajectory.steps).filter { $0.1.rolledOut != true }.map(\.0)
      add(commit.trajectory.problem.id, options, to: &paths)
    }
    for run in Set(steps.byUnit.values.compactMap { $0.label == nil ? nil : $0.run }).sorted() {
      let tree: SearchTree
      do {
        tree = try workspace.tree(of: run)
      } catch let error as WorkspaceError where error.kind == .missing {
        // Labels outlive their run.
        continue
      }
      for node in tree.nodes.indices.dropFirst().map({ NodeID($0) })
      where tree[node].isShown && tree[node].terminal != nil {
        add(
          tree.header.problem.id, tree.path(to: node).dropFirst().map { tree.details[$0.offset].option?.text ?? "" },
          to: &paths)
      }
    }
  }

  /// How `critic` does on them.
  package func firstErrors(of critic: String, in steps: LabelledSteps, threshold: Double) -> FirstErrors {
    var found = FirstErrors()
    for path in paths {
      let known = path.map { steps.byUnit[$0] }
      found.add(known.map { ($0?.label, $0?.scores[critic]) }, threshold: threshold)
    }
    return found
  }
}
