/// Why commands of the rounds screen cannot be done now; nil while they can.
extension ExplorerState {
  /// Why there is no round to do anything with.
  var reasonOfNoRound: String? {
    if rounds?.round != nil { return nil }
    return rounds?.isKnown == true ? "no round is selected" : "rounds are still being read"
  }

  /// Why there is nothing to narrow or to sort.
  var reasonOfNoRounds: String? { rounds?.entries.isEmpty == false ? nil : reasonOfNoRound }

  /// Why there is no filter to clear, and nothing behind the rounds to go back to.
  var reasonNotToLeaveRounds: String? {
    guard following != nil, rounds?.origin == nil, rounds?.list.query.isEmpty != false else { return nil }
    return "there is nothing to go back to; \(key("app.quit")) quits"
  }

  /// Why the stage cannot be left for another: two rounds are compared.
  var reasonOfNoStage: String? { rounds?.page?.stage == nil ? "two rounds are compared, not their stages" : nil }

  /// Why there is nothing to filter or to sort.
  var reasonOfNoList: String? {
    rounds?.page?.hasList == false ? "this stage keeps no list" : nil
  }

  /// Why no tree can be opened.
  var reasonOfNoTree: String? {
    if let reason = reasonOfNoList { return reason }
    guard let item = rounds?.page?.list.selected else { return "no row is selected" }
    return item.places.isEmpty ? "no tree belongs to this row" : nil
  }

  /// Why no row of the page waits for a word.
  var reasonOfNoDecisions: String? {
    rounds?.page?.takesDecisions == true ? nil : "trajectories are accepted and refused in the stages filter and gate"
  }

  /// Why nothing can be said of the selected row.
  var reasonNotToDecide: String? {
    if let reason = reasonOfNoDecisions ?? reasonNotToChange { return reason }
    return rounds?.page?.list.selected == nil ? "no trajectory is selected" : nil
  }

  /// Why nothing can be changed about the round: it is another's, or has come to its end.
  var reasonNotToChange: String? {
    if let reason = reasonOfFollowingRounds { return reason }
    guard let round = rounds?.round else { return reasonOfNoRound }
    return round.standing.isOver ? "round \(round.id) is over: \(round.standing.rawValue)" : nil
  }

  /// Why the round can be neither paused nor resumed.
  var reasonNotToDrive: String? {
    if let reason = reasonNotToChange { return reason }
    guard let round = rounds?.round else { return nil }
    if case .elsewhere(let who) = round.driver { return "this round is driven elsewhere: \(who)" }
    return round.standing == .waiting ? "round \(round.id) waits for a person: it goes on by itself after that" : nil
  }

  /// Why nothing can be let into the dataset.
  var reasonNotToApprove: String? {
    if let reason = reasonNotToChange { return reason }
    guard let round = rounds?.round else { return nil }
    if let approver = round.approver { return "round \(round.id) is approved already, by \(approver)" }
    return round[.gate].standing == .asks ? nil : "round \(round.id) does not wait for a person at its gate"
  }

  /// Why nothing can be signed.
  var reasonNotToSign: String? {
    if let reason = reasonNotToChange { return reason }
    guard let round = rounds?.round, let signer = round.signer else { return nil }
    return "round \(round.id) is signed already, by \(signer)"
  }
}
