import Workspace

/// A person's word on a round as a whole.
package enum RoundWord: Sendable, Equatable {
  /// What is accepted may go into the dataset.
  case approve(note: String)
  /// The round is refused: nothing more of it is committed or trained on.
  case reject(note: String)
  /// The promotion may take place.
  case sign(note: String)

  /// Keeps the word in the round's journal. Throws `LabError` where the round does not wait for it, `WorkspaceError`.
  package func say(of record: RoundRecord, in workspace: Workspace) throws {
    let (plan, state) = (try RoundPlan(of: record), try workspace.state(of: record))
    func refuse(_ why: String) -> LabError { .failed("round \(record.id): \(why)") }
    if state.rejection != nil { throw refuse("it was refused by \(state.rejection?.who ?? "somebody")") }
    switch self {
    case .approve(let note):
      guard plan.gate == .person else { throw refuse("its gate is the rule: nobody is waited for") }
      guard state.stages[.filter] == .done || state.stages[.filter] == .skipped else {
        throw refuse("there is nothing to approve yet: it is at \(state.next?.rawValue ?? "its end")")
      }
      guard state.stages[.gate] != .done else { throw refuse("it was approved already") }
      try workspace.say(.approved(note: note), of: record)
    case .reject(let note):
      guard state.next != nil else { throw refuse("it has come to its end") }
      try workspace.say(.rejected(note: note), of: record)
    case .sign(let note):
      guard plan.isSigned else { throw refuse("its promotion asks for no signature") }
      guard state.next != nil else { throw refuse("it has come to its end") }
      try workspace.say(.signed(note: note), of: record)
    }
  }
}
