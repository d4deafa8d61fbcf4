import TreeSearch

/// Drives a search as a real driver would: asks, answers in the order asked, keeps the journal.
public struct Driver {
  /// The search.
  public var search: Search
  /// Requests that wait for an answer, the next one first.
  public var queue: [Request] = []
  /// Every event so far.
  public var journal: [SearchEvent] = []
  /// Every request that was asked, in order.
  public var requests: [Request] = []
  /// What answers.
  public var answer: (Request, SearchTree) -> Answer

  /// There was nothing to take back, or nothing to do again.
  public struct NothingToUndo: Error {}

  /// Begins a run.
  public init(_ header: RunHeader, answer: @escaping (Request, SearchTree) -> Answer) {
    search = Search(header: header)
    self.answer = answer
  }

  /// Goes on from a stored journal, as after a crash.
  public init(resuming tree: SearchTree, answer: @escaping (Request, SearchTree) -> Answer) {
    search = Search(tree: tree)
    queue = search.outstanding
    self.answer = answer
  }

  /// The tree so far.
  public var tree: SearchTree { search.tree }

  /// Runs until nothing is due and `simulations` are done, or `steps` answers were given.
  public mutating func run(to simulations: Int, steps: Int = .max) {
    var left = steps
    while left > 0 {
      ask(upTo: simulations)
      guard !queue.isEmpty else { break }
      tellNext()
      left -= 1
    }
    journal += search.takeEvents()
  }

  /// Takes what the search asks; nothing is answered.
  public mutating func ask(upTo simulations: Int) {
    let asked = search.ask(upTo: simulations)
    requests += asked
    queue += asked
    journal += search.takeEvents()
  }

  /// Answers the first request that waits.
  public mutating func tellNext() {
    let request = queue.removeFirst()
    search.tell(request.id, answer(request, search.tree))
    journal += search.takeEvents()
  }

  /// Acts as a person and lets the engine finish what follows from it.
  public mutating func act(_ intervention: Intervention) throws {
    try search.intervene(intervention)
    run(to: 0)
  }

  /// Takes the last act back; throws where there is none.
  public mutating func undo() throws {
    if !search.undo() { throw NothingToUndo() }
  }

  /// Does the last undone act again; throws where there is none.
  public mutating func redo() throws {
    if !search.redo() { throw NothingToUndo() }
  }
}
