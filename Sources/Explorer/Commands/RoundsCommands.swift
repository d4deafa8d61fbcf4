import Canvas

extension CommandTable {
  /// Rounds of self-improvement: the list of them, and what one stage kept.
  static let roundsCommands: [Command] =
    [
      Command(
        "rounds.show", "Rounds", "Shows the rounds of self-improvement: their stages, what they gained, what they ask.",
        .problems, [.character("R")], hint: "rounds"
      ) { $0.openRounds() }
    ] + moves(.rounds, "rounds", "round") + moves(.stage, "stage", "row") + [
      Command(
        "rounds.left", "Stage before", "Selects the stage before.", .rounds, [.character("h"), .left]
      ) { $0.selectStage(by: -1) },
      Command("rounds.right", "Next stage", "Selects the next stage.", .rounds, [.character("l"), .right]) {
        $0.selectStage(by: 1)
      },
      Command(
        "rounds.open", "Open the stage", "Shows what the selected stage of the selected round kept.", .rounds,
        [.enter, .character("o")], hint: "open", unless: { $0.reasonOfNoRound }
      ) { $0.openStage() },
      Command(
        "rounds.compare", "Compare rounds",
        "Marks the selected round; on another round, shows what differs on the problems held out.", .rounds,
        [.character("=")], hint: "compare", unless: { $0.reasonOfNoRound }
      ) { $0.compareRounds() },
      Command(
        "rounds.filter", "Filter",
        "Shows only the rounds that have what is typed: words, not, or, ( ), and fields as in gain>1 or series=lift.",
        .rounds, [.character("/")], hint: "filter", unless: { $0.reasonOfNoRounds }
      ) { $0.ask(.rounds, $0.rounds?.list.query ?? "") },
      Command(
        "rounds.sortBy", "Sort by", "Puts the rounds in another order; the same again turns it round.", .rounds,
        [.character("K")], unless: { $0.reasonOfNoRounds }
      ) { state in
        state.overlay = Menu.sorting("rounds", by: RoundOrder.self) { order, state in
          state.rounds?.sort(by: order)
          return state.rounds?.list
        }
        return []
      },
      Command(
        "rounds.back", "Back", "Clears the filter, or leaves the rounds; what goes on goes on.", .rounds,
        [.escape, .character("P")],
        hint: "back", unless: { $0.reasonNotToLeaveRounds }
      ) {
        $0.leaveRounds()
      },
      Command(
        "stage.open", "Open the tree", "Opens the tree that the row leads to, at its node.", .stage,
        [.enter, .character("o")], hint: "tree", unless: { $0.reasonOfNoTree }
      ) { $0.openTree() },
      Command(
        "stage.accept", "Accept", "Lets the selected trajectory be learned from, and goes to the next.", .stage,
        [.character("a")], hint: "accept", unless: { $0.reasonNotToDecide }
      ) { $0.decide(true) },
      Command(
        "stage.refuse", "Refuse", "Keeps the selected trajectory from being learned from, and goes to the next.",
        .stage,
        [.character("d")], hint: "refuse", unless: { $0.reasonNotToDecide }
      ) { $0.decide(false) },
      Command(
        "stage.note", "Note", "Keeps a few words of yours with what is decided of the selected trajectory.", .stage,
        [.character("\"")], unless: { $0.reasonNotToDecide }
      ) { $0.noteDecision() },
      Command(
        "stage.next", "Next to decide", "Goes to the next trajectory of which nobody has said anything.", .stage,
        [.character("n")], unless: { $0.reasonOfNoDecisions }
      ) { $0.findUndecided(backwards: false) },
      Command(
        "stage.previous", "Previous to decide", "Goes to the one before of which nobody has said anything.", .stage,
        [.character("N")], unless: { $0.reasonOfNoDecisions }
      ) { $0.findUndecided(backwards: true) },
      Command(
        "stage.filter", "Filter", "Shows only the rows that hold the words typed, such as audit, open, wrong.",
        .stage, [.character("/")], hint: "filter", unless: { $0.reasonOfNoList }
      ) { state in state.ask(.stageRows, state.rounds?.page?.list.query ?? "") },
      Command(
        "stage.sort", "Other order", "Puts what is worth a look first, or every row where it came.", .stage,
        [.character("R")], unless: { $0.reasonOfNoList }
      ) { $0.sortStage() },
      Command(
        "stage.left", "Stage before", "Opens the stage before.", .stage, [.character("h"), .left],
        unless: { $0.reasonOfNoStage }
      ) { $0.openStage(by: -1) },
      Command(
        "stage.right", "Next stage", "Opens the next stage.", .stage, [.character("l"), .right],
        unless: { $0.reasonOfNoStage }
      ) { $0.openStage(by: 1) },
      Command(
        "stage.back", "Back", "Clears the filter, or goes back to the rounds.", .stage, [.escape, .character("P")],
        hint: "back"
      ) { $0.leaveStage() },
      Command(
        "round.toggle", "Pause or resume", "Lets the round rest after what is in flight, or go on.", .round,
        [.character(" ")], hint: "pause", unless: { $0.reasonNotToDrive }
      ) { $0.driveRound() },
      Command(
        "round.approve", "Approve the round", "What is accepted goes into the dataset, and the round goes on.", .round,
        [.character("A")], hint: "approve", unless: { $0.reasonNotToApprove }
      ) { $0.ask(.approve($0.rounds?.round)) },
      Command(
        "round.refuse", "Refuse the round", "Ends the round; everything that it made is kept, and none of it is used.",
        .round, [.character("D")], unless: { $0.reasonNotToChange }
      ) { $0.ask(.refuse($0.rounds?.round)) },
      Command(
        "round.sign", "Sign the promotion", "Says that you have looked at the round, and that it may be promoted.",
        .round, [.character("S")], hint: "sign", unless: { $0.reasonNotToSign }
      ) { $0.ask(.sign($0.rounds?.round)) },
      Command(
        "round.panel", "Details", "Lets the keyboard scroll the details, or gives it back to the list.", .round, [.tab],
        hint: "details"
      ) { state in
        state.rounds?.scrollsDetail.toggle()
        return []
      },
    ]

  /// Moving in a list, or scrolling what stands beside it.
  private static func moves(_ context: Context, _ id: String, _ thing: String) -> [Command] {
    [
      Command("\(id).down", "Next \(thing)", "Moves to the \(thing) below.", context, [.character("j"), .down]) {
        $0.moveRounds(1)
      },
      Command("\(id).up", "Previous \(thing)", "Moves to the \(thing) above.", context, [.character("k"), .up]) {
        $0.moveRounds(-1)
      },
      Command("\(id).first", "First \(thing)", "Goes to the first \(thing).", context, [.character("g"), .home]) {
        $0.moveRounds(-1_000_000)
      },
      Command("\(id).last", "Last \(thing)", "Goes to the last \(thing).", context, [.character("G"), .end]) {
        $0.moveRounds(1_000_000)
      },
      Command(
        "\(id).pageDown", "Half a page down", "Moves down by half of the rows shown.", context,
        [.control("d"), .pageDown]
      ) { $0.moveRounds($0.roundsLayout.halfPage) },
      Command(
        "\(id).pageUp", "Half a page up", "Moves up by half of the rows shown.", context, [.control("u"), .pageUp]
      ) { $0.moveRounds(-$0.roundsLayout.halfPage) },
    ]
  }
}
