import Canvas
import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

/// Keys, text, mouse events and sizes at random against a live search, in episodes of ``Episode/steps`` each.
///
/// Usually few of them; `make fuzz` plays 100,000 inputs, and `ETASCOPE_FUZZ=N` as many as one wants. An episode is a
/// function of its number, so one that fails fails again.
@Suite("Random input against a live search")
struct RandomInputTests {
  static let inputs = ProcessInfo.processInfo.environment["ETASCOPE_FUZZ"].flatMap { Int($0) } ?? 4 * Episode.steps

  @Test("Nothing crashes or hangs, every frame is whole, and the replica equals the search", arguments: 0..<episodes)
  func episode(number: Int) throws {
    var episode = Episode(number)
    for step in 0..<Episode.steps {
      episode.play(step)
      let person = episode.person
      let (x, y) = (person.state.size.columns, person.state.size.rows)
      // Large frames take long without an optimiser.
      if x * y < 3_000 || step.isMultiple(of: 32) {
        let glyphs: GlyphSet = step.isMultiple(of: 2) ? .unicode : .ascii
        let problem = FrameCheck.problem(person.frame(glyphs: glyphs), person.state.size)
        #expect(problem == nil, "step \(step) of episode \(number)")
      }
      if let run = person.state.run {
        #expect(run.tree.holds(run.cursor), "step \(step) of episode \(number)")
        #expect(person.state.arrangement.shownPanels.contains(run.focus))
      }
    }
    if let run = episode.person.state.run {
      #expect(run.timeline.latest.nodes == episode.person.search.tree.nodes)
      #expect(RunCourse(run.timeline).best(at: .max) == run.course.best(at: .max))
    }
    #expect(episode.person.search.tree.simulations > Episode.first, "the search has lived")
  }

  static var episodes: Int { max(1, (inputs + Episode.steps - 1) / Episode.steps) }
}

/// A person who does anything.
struct Episode {
  /// Inputs of one episode.
  static let steps = 1_000
  /// Simulations before the first of them.
  static let first = 8

  private(set) var person: FakeDriver
  private var random: Int

  private static let keys = CommandTable.all.flatMap(\.keys)
  /// Often enough out of a popup, and often enough a simulation, for the search to live.
  private static let lively: [Key] = [.escape, .escape, .character("s"), .character("s"), .enter, .tab, .down, .up]
  private static let texts = ["n>1", "0.5", "merge", "日本語", "\u{1B}[31m\u{202E}x\u{0}", "seed=2", "8", "prm<0.3 or "]

  init(_ number: Int) {
    random = number * 1_000_003 + 17
    let size = Size(columns: 40 + GrownTree.mixed(number) % 160, rows: 10 + GrownTree.mixed(number + 1) % 50)
    person = FakeDriver(
      size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]), themes: ["dusk", "paper"],
      problems: ProblemListTests.entries)
    person.press("s", times: Self.first)
    // Every second model is hostile.
    if !number.isMultiple(of: 2) {
      person.world.lines[1] = [
        "\u{1B}]52;c;aGk=\u{7}x\u{9B}31m\n", "日本 🇫🇷 = 22\n", "e\u{301}\u{202E}abc\u{200D}\u{FEFF}\n",
      ]
    }
  }

  /// The next input.
  mutating func play(_ step: Int) {
    switch next(24) {
    case 0: person.act(.resize(Size(columns: 1 + next(300), rows: 1 + next(100))))
    case 1: person.act(.resize(Size(columns: 40 + next(90), rows: 10 + next(30))))
    case 2: person.act(.mouse(mouse(.press(.left))))
    case 3: person.act(.mouse(mouse([.drag, .release(.left), .press(.right), .press(.middle)][next(4)])))
    case 4: person.act(.mouse(mouse(next(2) == 0 ? .wheelUp : .wheelDown)))
    case 5: person.act(.paste(Self.texts[next(Self.texts.count)]))
    case 6: person.act(.key(.character("0123456789.abz\"<>=".randomCharacter(next(18)))))
    case 7, 8, 9: person.act(.key(Self.lively[next(Self.lively.count)]))
    // The keys that go back are as many as those that go forwards: without help, the present would be seldom seen.
    case 10 where person.state.run?.pastMoment != nil: person.press("Escape Space")
    case 11: happen()
    default: person.act(.key(Self.keys[next(Self.keys.count)]))
    }
    for effect in person.takeEffects() {
      if case .run(.openProblem) = effect {
        person.act(.opened(OpenRun(id: "run-1", timeline: Timeline(person.search.tree))))
      }
    }
  }

  /// What comes from elsewhere.
  private mutating func happen() {
    switch next(9) {
    case 0: person.act(.notice(Self.texts[next(Self.texts.count)]))
    case 1: person.act(.votes([NodeID(next(9)): next(4)]))
    case 2: person.act(.runState([.idle, .running, .paused, .done(.simulations)][next(4)]))
    case 3: person.act(.problems(Array(ProblemListTests.entries.prefix(next(4)))))
    case 4: person.act(.runsToCompare([RunChoice(id: "a", words: "1"), RunChoice(id: "b", words: "2")]))
    case 5:
      let kinds = RoundStageName.allCases
      person.act(
        .rounds(
          .items(
            round: "lift-4", stage: kinds[next(kinds.count)], first: next(14),
            Array(ScriptedRounds.candidates.prefix(next(9))))))
    case 6: person.act(.rounds(.rounds(Array(ScriptedRounds().rounds.prefix(next(6))))))
    case 7: person.act(.laidOver(LaidTrees(person.tree, named: "a", person.tree, named: "b")))
    default: person.act(.failure("request 3 failed: \u{1B}[2J"))
    }
  }

  /// At any place, also outside of the screen; half of the time on a line that can be pulled.
  private mutating func mouse(_ kind: MouseEvent.Kind) -> MouseEvent {
    let layout = person.state.layout
    if next(2) == 0, let line = layout.handles.map(\.line).randomElement(next(4)) {
      return MouseEvent(kind: kind, x: line.x + next(3) - 1, y: line.y + next(3) - 1)
    }
    return MouseEvent(
      kind: kind, x: next(person.state.size.columns + 4) - 2, y: next(person.state.size.rows + 4) - 2)
  }

  /// A number from 0 to `count` - 1, the same in every run of the episode.
  private mutating func next(_ count: Int) -> Int {
    random += 1
    return GrownTree.mixed(random) % count
  }
}

extension Array {
  fileprivate func randomElement(_ number: Int) -> Element? { isEmpty ? nil : self[number % count] }
}

extension String {
  fileprivate func randomCharacter(_ number: Int) -> Character { Array(self)[number % count] }
}
