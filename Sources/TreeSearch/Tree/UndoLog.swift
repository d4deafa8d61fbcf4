/// What people did, in order, and what of it can be taken back or done again.
struct UndoLog: Sendable, Equatable {
  private(set) var records: [InterventionRecord] = []
  /// Records that undo would take back, the last first to go.
  private(set) var undoable: [Int] = []
  /// Records that redo would do again, the last first.
  private(set) var redoable: [Int] = []

  /// The record numbered `number`; what undo needs to know may be learnt later.
  subscript(number: Int) -> InterventionRecord {
    get { records[number] }
    _modify { yield &records[number] }
  }

  /// Something new was done: what was undone before cannot be done again.
  mutating func append(_ record: InterventionRecord) {
    defer { records.append(record) }
    // What the run's own rule does is nobody's to take back.
    if case .revise(_, let revision) = record.intervention, revision.isByRule == true { return }
    undoable.append(records.count)
    redoable = []
  }

  /// The last act, `number`, was taken back.
  mutating func takeBack(_ number: Int) {
    undoable.removeLast()
    redoable.append(number)
    records[number].isUndone = true
  }

  /// The act undone last, `number`, was done again.
  mutating func doAgain(_ number: Int) {
    redoable.removeLast()
    undoable.append(number)
    records[number].isUndone = false
  }
}
