import ArgumentParser
import Vocabulary
import Workspace

extension DatasetCommand {
  /// `dataset assign`.
  struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assign",
      abstract: "Give problems to people to label, some of them to two, so that their agreement can be told.")
    @OptionGroup var options: CommonOptions
    @OptionGroup var reading: ProblemOptions
    @Option(help: ArgumentHelp("The people, separated by commas.", valueName: "names")) var to: String
    @Option(help: "The share of the problems that two people label, from 0 to 1.") var overlap = 0.2
    @Flag(help: "Lift what was assigned: the problems are anybody's again.") var lift = false
    @Argument(help: "A file of problems (\(ProblemOptions.forms)); - reads standard input.") var problems: String

    func run() throws {
      let people = to.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
      guard !people.isEmpty, Set(people).count == people.count else {
        throw ExitError.usage("--to: expected different names separated by commas, found '\(to)'")
      }
      guard (0...1).contains(overlap) else {
        throw ExitError.usage("--overlap: expected a number from 0 to 1, found \(overlap)")
      }
      guard overlap == 0 || people.count > 1 else {
        throw ExitError.usage("--overlap: expected 0 for one person, found \(overlap)")
      }
      let ids = try reading.readTelling(problems).map(\.problem.id)
      let workspace = try WorkspaceAccess.writing(options)
      let given = Assignment(of: ids, to: people, overlap: overlap)
      try workspace.append(
        given.people.map { id, names in
          Label(
            .assignment(lift ? [] : names), of: Label.Subject(problem: id, run: nil, node: 0, path: []),
            who: workspace.author)
        })
      let out = StandardOutput()
      if options.json { return try out.json(given.counts) }
      for (person, count) in given.counts.sorted(by: { $0.key < $1.key }) {
        try out.line("\(person.printable)\t\(lift ? 0 : count) problems")
      }
    }
  }
}
