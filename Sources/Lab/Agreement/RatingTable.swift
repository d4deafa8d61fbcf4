import Vocabulary
import Workspace

/// What can be said in one kind of label, and how its values lie to each other.
package struct RatingScale: Sendable, Equatable {
  /// The values' names, as `--json` prints them.
  package let names: [String]
  /// The values as numbers, in ascending order; nil where they have no order, and only nominal figures mean something.
  package let numbers: [Double]?

  package init(names: [String], numbers: [Double]? = nil) { (self.names, self.numbers) = (names, numbers) }

  package var count: Int { names.count }

  /// −1, 0 and 1, as PRM800K writes them.
  package static let step = RatingScale(names: ["bad", "neutral", "good"], numbers: [-1, 0, 1])
  /// No order: who is unsure does not say that a path is half good.
  package static let verdict = RatingScale(names: Judgement.Verdict.allCases.map(\.rawValue))
  package static let finish = RatingScale(names: Label.Finish.allCases.map(\.rawValue))
}

/// The kinds of labels that people can agree in.
package enum RatedAct: String, Sendable, CaseIterable {
  case step, verdict, finish

  package var scale: RatingScale {
    switch self {
    case .step: .step
    case .verdict: .verdict
    case .finish: .finish
    }
  }
}

/// Things that people labelled, with what each of them said: the input of every figure of agreement.
package struct RatingTable: Sendable {
  /// One thing. Each person says at most one value of it.
  package struct Unit: Sendable {
    /// Number of the problem, from 0: what a bootstrap draws.
    package let problem: Int
    package let depth: Int
    /// Person and value by their numbers in the table.
    package let ratings: [Rating]
    /// The unit's name in the log; empty for made-up tables.
    package let id: String

    package init(problem: Int, depth: Int = 0, ratings: [Rating], id: String = "") {
      (self.problem, self.depth, self.ratings, self.id) = (problem, depth, ratings, id)
    }
  }

  /// What one person says.
  package struct Rating: Sendable, Equatable {
    package let person: Int
    package let value: Int

    package init(person: Int, value: Int) { (self.person, self.value) = (person, value) }
  }

  package let scale: RatingScale
  package let people: [String]
  package var units: [Unit]

  package init(scale: RatingScale, people: [String], units: [Unit]) {
    (self.scale, self.people, self.units) = (scale, people, units)
  }

  /// The same table with those units alone of which `isKept` holds.
  package func filtered(_ isKept: (Unit) -> Bool) -> RatingTable {
    RatingTable(scale: scale, people: people, units: units.filter(isKept))
  }

  /// The same table with what `pair` say alone.
  package func of(pair: (Int, Int)) -> RatingTable {
    RatingTable(
      scale: scale, people: people,
      units: units.compactMap { unit in
        let said = unit.ratings.filter { $0.person == pair.0 || $0.person == pair.1 }
        return said.isEmpty ? nil : Unit(problem: unit.problem, depth: unit.depth, ratings: said, id: unit.id)
      })
  }

  /// People who said something, by number.
  package var active: [Int] { Set(units.flatMap { $0.ratings.map(\.person) }).sorted() }
}

extension RatingTable {
  /// Whose labels of which kind are compared.
  package struct Choice: Sendable {
    package var act: RatedAct
    /// Their names; empty for everybody.
    package var people: [String] = []
    /// True where labels for screening and control count as well.
    package var withControl = false
    /// True where only labels count that were given blind.
    package var blindOnly = false

    package init(act: RatedAct) { self.act = act }
  }

  /// The labels of `ledger` that `choice` asks for; what adjudicators decided is no label here, and neither is what was taken back.
  ///
  /// Of one person's labels of a thing for work and for control the first counts. Complexity: O(labels).
  package init(_ ledger: LabelLedger, _ choice: Choice) {
    var people: [String] = []
    var numbers: [String: Int] = [:]
    var problems: [String: Int] = [:]
    let wanted = Set(choice.people)
    func read<Value>(_ act: LabelAct<Value>, _ number: (Value) -> Int?) -> [Unit] {
      ledger.units.compactMap { unit in
        var ratings: [Rating] = []
        for word in ledger.said(act, of: unit.id, purposes: choice.withControl ? nil : [.work]) {
          guard wanted.isEmpty || wanted.contains(word.who), word.isBlind || !choice.blindOnly,
            let value = word.value.flatMap(number)
          else { continue }
          let person = numbers[word.who] ?? people.count
          if person == people.count {
            numbers[word.who] = person
            people.append(word.who)
          }
          if !ratings.contains(where: { $0.person == person }) { ratings.append(Rating(person: person, value: value)) }
        }
        guard !ratings.isEmpty else { return nil }
        let problem = problems[unit.problem] ?? problems.count
        problems[unit.problem] = problem
        return Unit(problem: problem, depth: unit.depth, ratings: ratings, id: unit.id)
      }
    }
    let units =
      switch choice.act {
      case .step: read(.step) { $0.rawValue + 1 }
      case .verdict: read(.verdict) { Judgement.Verdict.allCases.firstIndex(of: $0) }
      case .finish: read(.finish) { Label.Finish.allCases.firstIndex(of: $0) }
      }
    self.init(scale: choice.act.scale, people: people, units: units)
  }
}
