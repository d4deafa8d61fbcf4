import TreeInsight
import TreeSearch
import Vocabulary

/// A tree of a file, ready to be written.
struct MadeTree: Sendable {
  let run: NewRun
  let shape: TreeAssembly.Shape
  let findings: ImportFindings
  let scales: [String: ImportOrigin.Scale]
  let isOrdered: Bool
  /// True where the tree is named by its number in the file.
  let isNumbered: Bool
}

/// The trees of a value, and what ended the reading of it.
struct MadeTrees: Sendable {
  var trees: [MadeTree] = []
  var problem: ProblemFileError?
}

/// Makes runs of a file's values; it knows nothing of the workspace, and any thread may ask it.
struct TreeMaker: Sendable {
  let setting: TreeAssembly.Setting

  /// The trees that `values` hold, the first of them number `number` of the file; those before the first that cannot be read, where
  /// there is one.
  func trees(of values: [JSONView], _ format: TreeFormat, from number: Int) throws -> MadeTrees {
    var made = MadeTrees()
    guard let text = values.first?.text else { return made }
    // Values of several texts are told apart by their lines.
    let isOneText = values.allSatisfy { $0.text === text }
    do {
      // Each draft is handed over, and not copied to be changed.
      var drafts = try Array(format.read(values).reversed())
      while let draft = drafts.popLast() {
        let tree = try TreeAssembly(
          draft, format: format, setting, number: number + made.trees.count,
          line: { isOneText ? "line \(text.line(of: $0))" : "the file" })
        made.trees.append(
          MadeTree(
            run: try NewRun(tree.header, history: tree.events, totals: RunTotals(atRest: tree.tree)), shape: tree.shape,
            findings: tree.findings, scales: tree.scales.scales, isOrdered: tree.tree.origin?.isOrdered == true,
            isNumbered: tree.isNumbered))
      }
    } catch let fault as TreeFault {
      made.problem = error(fault, in: text)
    } catch let error as ReplayError {
      made.problem = self.error(TreeFault(offset: values[0].offset, field: "line", error.problem), in: text)
    }
    return made
  }

  /// The value of a line. Throws ``ProblemFileError``.
  func value(of line: TreeLines.Line) throws(ProblemFileError) -> JSONView {
    switch line.value {
    case .success(let value): return value
    case .failure(let fault):
      throw ProblemFileError(file: setting.file, line: line.number, field: fault.field, fault.expected)
    }
  }

  /// The value of a line, which must have the form `format` where one is given. Throws ``ProblemFileError``.
  func fitting(_ line: TreeLines.Line, _ format: TreeFormat?) throws(ProblemFileError) -> JSONView {
    let value = try value(of: line)
    if let format, !format.fits(value) {
      let expected = "expected a value of the form \(format.name) like the lines before it"
      throw error(TreeFault(offset: 0, field: "line", expected), in: value.text)
    }
    return value
  }

  /// A fault with its place in the file.
  func error(_ fault: TreeFault, in text: JSONText) -> ProblemFileError {
    ProblemFileError(file: setting.file, line: text.line(of: fault.offset), field: fault.field, fault.expected)
  }
}
