import ArgumentParser
import Foundation
import Lab
import Vocabulary
import Workspace

extension DatasetCommand {
  /// `dataset agreement`.
  struct Agreement: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "agreement",
      abstract: "How far the people who labelled the same things agree.",
      discussion: """
        Raw and specific agreement, Cohen's κ of two people, Krippendorff's α, Gwet's AC1 and PABAK, with intervals by a bootstrap \
        over problems. Only labels that people gave as labellers count, and of each person the last on a thing; what \
        adjudicators decided does not. Fewer than \(AgreementEstimate.leastUnits) doubly labelled units give no figure. \
        Labels that were given for control are compared with what is known to be true, person by person.
        """)
    @OptionGroup var options: CommonOptions
    @Option(help: ArgumentHelp("Which labels: step, verdict or finish.", valueName: "kind"))
    var act = "step"
    @Option(
      help: ArgumentHelp(
        "More rows: by depth of the step, by a critic's score when it was labelled (confidence), or by person, two at a time.",
        valueName: "depth|confidence|person"))
    var by: String?
    @Option(help: ArgumentHelp("Compare these people alone, as in ana,bo.", valueName: "names"))
    var people: String?
    @Option(help: "The critic of --by confidence.") var critic = CriticName.prm
    @Flag(help: "Count labels alone that were given blind.") var blind = false
    @Flag(help: "Count labels that were given for screening and control as well.") var withControl = false

    func run() throws {
      guard let act = RatedAct(rawValue: act) else {
        throw ExitError.usage(
          "--act: expected \(RatedAct.allCases.map(\.rawValue).joined(separator: ", ")), found '\(act)'")
      }
      let grouping = try by.map { word in
        guard let grouping = AgreementReport.Grouping(rawValue: word) else {
          let known = AgreementReport.Grouping.allCases.map(\.rawValue).joined(separator: ", ")
          throw ExitError.usage("--by: expected \(known), found '\(word)'")
        }
        return grouping
      }
      var choice = RatingTable.Choice(act: act)
      choice.people =
        people.map { $0.split(separator: ",").map { String($0).trimmingCharacters(in: .whitespaces) } } ?? []
      (choice.blindOnly, choice.withControl) = (blind, withControl)
      let workspace = try WorkspaceAccess.reading(options)
      let ledger = try workspace.labelLedger()
      let scores = grouping == .confidence ? try workspace.scores(of: critic) : nil
      let report = try AgreementReport(ledger, choice, by: grouping, scores: scores)
      let control = ControlReport(ledger, act: act, references: try workspace.labelledOutcomes())
      let out = StandardOutput()
      if options.json {
        for row in report.rows { try out.json(row.json(act: report.act, scale: report.scale, used: report.used)) }
        for row in control.rows { try out.json(ControlLine(control: row)) }
      } else {
        for line in report.lines() { try out.line(line) }
        let lines = control.lines()
        for line in lines.isEmpty ? [] : [""] + lines { try out.line(line) }
      }
    }

    /// A row of control labels, told from the others by its key.
    private struct ControlLine: Encodable {
      let control: ControlReport.Row
    }
  }
}
