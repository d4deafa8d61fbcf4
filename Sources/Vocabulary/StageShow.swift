/// What a presenter shows to those who follow, beside where the cursor stands. All of it can be shown to somebody who comes late.
public struct StageShow: Codable, Hashable, Sendable {
  /// Votes for one option.
  public struct Votes: Codable, Hashable, Sendable {
    /// The option's node.
    public let node: Int
    /// How many want it.
    public let count: Int

    /// Votes with their fields as given.
    public init(node: Int, count: Int) { (self.node, self.count) = (node, count) }
  }

  /// A page of a tour as it stands on the presenter's screen: what is reckoned in it has been.
  public struct Page: Codable, Hashable, Sendable {
    /// Its heading.
    public var title: String
    /// Its number, counted from 1.
    public var number: Int
    /// How many there are.
    public var count: Int
    /// What it says, a paragraph each.
    public var text: [String]
    /// True where the lesson of the present phase stands below the text.
    public var showsLesson: Bool

    /// A page with its fields as given.
    public init(title: String, number: Int, count: Int, text: [String], showsLesson: Bool) {
      (self.title, self.number, self.count, self.text) = (title, number, count, text)
      self.showsLesson = showsLesson
    }
  }

  /// The fork that is searched beside the run.
  public struct Fork: Codable, Hashable, Sendable {
    /// Its name.
    public let run: String
    /// The moment of the run from which it was forked.
    public let moment: Int
    /// Simulations that both are searched for in all.
    public let goal: Int

    /// A fork with its fields as given.
    public init(run: String, moment: Int, goal: Int) { (self.run, self.moment, self.goal) = (run, moment, goal) }
  }

  /// Votes cast, the most first.
  public var votes: [Votes] = []
  /// How many votes have been decided: the one under way has this number.
  public var ballot = 0
  /// The frame of the lesson on the screen, counted from 0; nil without one.
  public var lesson: Int?
  /// The page of a tour; nil without one.
  public var page: Page?
  /// The fork beside which the run is shown; nil while it is not.
  public var fork: Fork?

  /// Nothing shown.
  public init() {}

  /// True where numbers are such as a presenter's program writes: whoever writes a file may write anything.
  public var isPlausible: Bool {
    let numbers = votes.flatMap { [$0.node, $0.count] } + [ballot, lesson ?? 0, fork?.moment ?? 0, fork?.goal ?? 0]
    let pages = page.map { [$0.number, $0.count] } ?? []
    return (numbers + pages).allSatisfy { (0..<Int(Int32.max)).contains($0) }
  }

  /// The same with no more text than belongs into a file that everybody who follows reads seven times a second.
  public var bounded: StageShow {
    guard let page else { return self }
    var bounded = self
    bounded.page?.title = SafeText.quotation(page.title, limit: 100)
    bounded.page?.text = page.text.prefix(12).map { SafeText.quotation($0, limit: 1000) }
    return bounded
  }
}
