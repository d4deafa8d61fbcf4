import TreeSearch
import Vocabulary

extension ExplorerState {
  /// Shows the rounds, with the cursor on the one that is named; the present state is asked for.
  mutating func openRounds(at round: String? = nil) -> [Effect] {
    rounds = RoundsScreen(at: round, over: run?.id)
    return [.rounds(.watch(.rounds))]
  }

  /// Shows every round again, or leaves them.
  mutating func leaveRounds() -> [Effect] {
    guard rounds?.list.query.isEmpty == false else { return closeRounds() }
    try? rounds?.filter("")
    return []
  }

  /// Goes back to the list of problems, or to the run from which the rounds were opened: they stay below it.
  private mutating func closeRounds() -> [Effect] {
    if let run = rounds?.origin { return [.run(.openRun(run))] }
    rounds = nil
    return [.rounds(.watch(.nothing))]
  }

  /// Takes what has become of rounds.
  mutating func reduce(_ update: RoundsUpdate) -> [Effect] {
    let before = rounds?.watch
    rounds?.apply(update)
    guard let watch = rounds?.watch, watch != before else { return [] }
    return [.rounds(.watch(watch))]
  }

  /// Moves the cursor of the list, or scrolls the details.
  mutating func moveRounds(_ rows: Int) -> [Effect] {
    guard let screen = rounds else { return [] }
    if screen.scrollsDetail || screen.page?.hasList == false {
      rounds?.scroll = max(0, screen.scroll + rows)
    } else if screen.page != nil {
      rounds?.page?.list.move(by: rows)
      if rounds?.page?.list.place != screen.page?.list.place { rounds?.scroll = 0 }
    } else {
      rounds?.move(by: rows)
    }
    return []
  }

  /// Selects the stage `steps` further on, in the list of rounds.
  mutating func selectStage(by steps: Int) -> [Effect] {
    rounds.map { selectStage($0.stage.moved(by: steps)) } ?? []
  }

  /// Selects a stage in the list of rounds.
  mutating func selectStage(_ stage: RoundStageName) -> [Effect] {
    if rounds?.stage != stage { rounds?.scroll = 0 }
    rounds?.stage = stage
    return []
  }

  /// Shows what the selected stage of the selected round kept.
  mutating func openStage() -> [Effect] {
    guard let screen = rounds, let round = screen.round else { return [] }
    rounds?.turn(to: StagePage(round: round.id, stage: screen.stage))
    return rounds.map { [.rounds(.watch($0.watch))] } ?? []
  }

  /// Opens another stage of the round.
  mutating func openStage(by steps: Int) -> [Effect] {
    guard let stage = rounds?.page?.stage, stage.moved(by: steps) != stage else { return [] }
    rounds?.stage = stage.moved(by: steps)
    return openStage()
  }

  /// Clears the filter of the page, or goes back to the rounds.
  mutating func leaveStage() -> [Effect] {
    if rounds?.page?.list.query.isEmpty == false {
      try? rounds?.page?.list.filter("")
      return []
    }
    rounds?.turn(to: nil)
    return [.rounds(.watch(.rounds))]
  }

  /// Puts the rows of the page in the other order, and says which.
  mutating func sortStage() -> [Effect] {
    guard let list = rounds?.page?.list else { return [] }
    let order: StageList.Order = list.order == .worth ? .arrival : .worth
    rounds?.page?.list.sort(by: order)
    rounds?.scroll = 0
    message = .notice("rows \(order.words)")
    return []
  }

  /// Marks the selected round, or asks what differs between the marked one and that one: the older one is the first.
  mutating func compareRounds() -> [Effect] {
    guard let screen = rounds, let round = screen.selected else { return [] }
    func age(_ id: String) -> Int? { screen.entries.firstIndex { $0.id == id } }
    guard let marked = screen.marked, marked != round.id, let first = age(marked), let second = age(round.id) else {
      let key = keys.keys(of: "rounds.compare").first?.description ?? "the same command"
      rounds?.marked = round.id
      message = .notice("round \(round.id) is marked; \(key) on another round compares them")
      return []
    }
    rounds?.marked = nil
    return [.rounds(first > second ? .compare(marked, round.id) : .compare(round.id, marked))]
  }

  /// Opens the tree that the selected row leads to; where there are several, asks which.
  mutating func openTree() -> [Effect] {
    let places = rounds?.page?.list.selected?.places ?? []
    guard places.count > 1 else { return places.first.map { openTree($0.place) } ?? [] }
    overlay = Menu(title: "Open the tree", places) { letter, choice in
      Menu.Item(letter: letter, title: "\(choice.word)  \(choice.place.run)") { $0.openTree(choice.place) }
    }
    return []
  }

  /// Opens a run at a node.
  mutating func openTree(_ place: TreePlace) -> [Effect] {
    wantedPlace = place
    // Whoever follows wants to see this node, not the one at which somebody else stands.
    company.reduce(.lock(false))
    return [.run(.openRun(place.run))]
  }

  /// Goes to the node for which a tree was opened, as soon as that part of the run has arrived.
  mutating func followWantedPlace() {
    guard let place = wantedPlace, let run, run.id == place.run, run.tree.holds(NodeID(place.node)) else { return }
    self.run?.select(NodeID(place.node))
    wantedPlace = nil
    if let rollout = place.rollout {
      message = .glance("rollout \(rollout + 1) of node \(place.node) finishes the trajectory")
    }
  }

  /// Says of the selected trajectory whether it may be learned from, and goes to the next row.
  mutating func decide(_ isAccepted: Bool) -> [Effect] {
    guard let page = rounds?.page, let round = page.round, let place = page.list.place else { return [] }
    let note = page.list.selected?.trajectory?.decision?.note ?? ""
    rounds?.page?.list.move(by: 1)
    rounds?.scroll = 0
    return [.rounds(.decide(round: round, item: place, isAccepted: isAccepted, note: note))]
  }

  /// Asks for a few words on what is decided of the selected trajectory.
  mutating func noteDecision() -> [Effect] {
    guard let page = rounds?.page, let round = page.round, let place = page.list.place,
      let item = page.list.selected?.trajectory
    else { return [] }
    return ask(.decisionNote(round: round, item: place, isAccepted: item.isAccepted), item.decision?.note ?? "")
  }

  /// Goes to the next or previous trajectory of which nobody has said anything.
  mutating func findUndecided(backwards: Bool) -> [Effect] {
    let isFound = rounds?.page?.list.find(backwards: backwards) {
      $0.trajectory?.decision == nil && $0.trajectory != nil
    }
    if isFound != true { message = .failure("somebody has said something of every row shown") }
    rounds?.scroll = 0
    return []
  }

  /// Lets the round rest or go on.
  mutating func driveRound() -> [Effect] {
    guard let round = rounds?.round else { return [] }
    return [.rounds(round.driver == .here ? .pause(round: round.id) : .resume(round: round.id))]
  }
}
