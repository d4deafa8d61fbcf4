import TreeSearch
import Vocabulary

/// Lines of several people about one problem as a run that no search made, with their labels.
struct LabelledTree {
  /// A line with its place in the import.
  struct Line {
    let place: Int
    let format: LabelFormat
    let source: ForeignValue
    let content: LabelledLine
  }

  /// The header that fixes the run.
  let header: RunHeader
  /// What makes its tree.
  let events: [SearchEvent]
  /// Its tree.
  let tree: SearchTree
  /// What the people say; subjects do not name the run yet.
  let labels: [(at: String, label: Label)]
  /// What the lines say beside.
  let notes: [LabelLineNote]

  /// The tree of `lines`, which are of one problem and of a person each; `moment` stands where a line does not say when.
  ///
  /// Throws ``LabelLineFault`` with the line's place where a line could not be written back as it was.
  init(_ lines: [Line], version: String, moment: String) throws {
    let first = lines[0].content
    var grown = LabelTree()
    for line in lines { grown.add(line.content) }
    header = RunHeader(problem: first.problem, seed: 0, critics: [], models: first.models, version: version)
    let (events, tree, nodes) = try grown.grown(header)
    (self.events, self.tree) = (events, tree)
    var (labels, notes): ([(at: String, label: Label)], [LabelLineNote]) = ([], [])
    for (line, trace) in zip(lines, grown.traces) {
      let own = Self.labels(of: line.content, trace, nodes, tree, moment: moment)
      guard let said = line.format.write(LabelWalk(own, by: line.content.who, in: tree).line(isImported: true)) else {
        throw Unwritable(place: line.place)
      }
      let patch = ForeignPatch.between(said, line.source)
      let back = patch.map { ForeignPatch.applied($0, to: said) } ?? said
      guard back.canonical == line.source.canonical else { throw Unwritable(place: line.place) }
      labels += own
      notes.append(
        LabelLineNote(format: line.format.name, who: line.content.who, place: line.place, patch: patch))
    }
    (self.labels, self.notes) = (labels, notes)
  }

  /// A line that would not come out as it went in.
  struct Unwritable: Error {
    let place: Int
  }

  /// What a line says, each thing a label of its own.
  private static func labels(
    of line: LabelledLine, _ trace: LabelTree.Trace, _ nodes: [NodeID], _ tree: SearchTree, moment: String
  ) -> [(at: String, label: Label)] {
    let at = line.at.flatMap { isMoment($0) ? $0 : nil } ?? moment
    var labels: [(at: String, label: Label)] = []
    func add(_ act: Label.Act, at place: Int, milliseconds: Int? = nil, correct: Bool? = nil) {
      let subject = Label.Subject(run: "", tree: tree, node: nodes[place])
      labels.append(
        (
          at,
          Label(
            act, of: subject, who: line.who, purpose: line.purpose, milliseconds: milliseconds,
            evidence: correct.map { Label.Evidence(correct: $0) })
        ))
    }
    func add(_ option: LabelledLine.Option, at place: Int, isOwn: Bool) {
      if !isOwn || option.rating != nil { add(.step(option.rating), at: place) }
      if option.isFlagged { add(.flag(true), at: place) }
    }
    for (index, options) in trace.options.enumerated() {
      let step = line.steps[index]
      for (option, place) in zip(step.options, options) { add(option, at: place, isOwn: false) }
      if let own = step.own, let place = trace.own[index] {
        add(.completion(own.text), at: trace.at[index])
        add(own, at: place, isOwn: true)
      }
    }
    if line.verdict != nil || line.isAnswerRight != nil {
      add(.verdict(line.verdict), at: trace.end, correct: line.isAnswerRight)
    }
    add(.finish(line.finish), at: trace.end, milliseconds: line.milliseconds)
    return labels
  }

  /// True for a moment as the log of labels writes it, or as Python does.
  private static func isMoment(_ text: String) -> Bool {
    text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?/) != nil
  }
}
