import Models
import Vocabulary

/// Makes questions: attempt number `i` depends on the seed, on `i` and on the parents, and on nothing else.
struct Drafter: Sendable {
  let kinds: [ImaginationKind]
  let parents: [ImaginationParent]
  let settings: ImaginationSettings
  /// Who writes what no rule can; nil where nobody does.
  let model: (any LanguageModel)?
  /// What it is shown, by kind.
  var prompts: [ImaginationKind: ImaginationPrompt]
  /// What all parents have in common, for what is made of none in particular.
  let style: (story: Bool, form: PromptForm.Style)
  /// The parents that a kind can use.
  private let usable: [ImaginationKind: [Int]]

  /// A draft, or what a model is asked for it.
  enum Work {
    case made(PromptDraft)
    case asked(SampleRequest, @Sendable (Sample) -> PromptDraft)
  }

  init(
    kinds: [ImaginationKind], parents: [ImaginationParent], settings: ImaginationSettings,
    model: (any LanguageModel)?, prompts: [ImaginationKind: ImaginationPrompt]
  ) {
    (self.kinds, self.parents, self.settings) = (kinds, parents, settings)
    (self.model, self.prompts) = (model, prompts)
    style = (parents.allSatisfy { $0.story != nil }, PromptForm.Style(of: parents))
    usable = Dictionary(
      uniqueKeysWithValues: kinds.map { kind in (kind, parents.indices.filter { kind.canUse(parents[$0]) }) })
  }

  /// The drafts of some attempts, in order; what models are asked for is asked for together.
  func drafts(_ attempts: Range<Int>) async throws -> [PromptDraft] {
    let work = try attempts.map(work)
    let requests = work.compactMap { if case .asked(let request, _) = $0 { request } else { nil } }
    var written = requests.isEmpty ? [] : try await model?.sample(requests).compactMap(\.samples.first)[...] ?? []
    return work.compactMap { work in
      switch work {
      case .made(let draft): draft
      case .asked(_, let finish): written.popFirst().map(finish)
      }
    }
  }

  private func work(_ attempt: Int) throws -> Work {
    let kind = kinds[attempt % kinds.count]
    let seed = SplitMix.seed(SplitMix.seed(settings.seed, settings.round), attempt)
    var generator = SplitMix(seed: seed)
    let own = usable[kind] ?? []
    // A kind that no parent suits was refused before anything was drafted, but for what needs none.
    var chosen = own.isEmpty || kind == .policy ? [] : [parents[own[generator.below(own.count)]]]
    if kind == .compose, let first = chosen.first {
      let others = partners(of: first, among: own)
      if !others.isEmpty { chosen.append(parents[others[generator.below(others.count)]]) }
    }
    let draft = PromptDraft(kind, of: chosen, seed: seed)
    if let story = chosen.first?.story, let made = draft.byRule(story, &generator) { return .made(made) }
    return try written(draft, &generator)
  }

  /// Who can be composed with a parent: other problems of its family, of stories those with which no more people come together than
  /// the family's stories have, where there are any.
  private func partners(of first: ImaginationParent, among own: [Int]) -> [Int] {
    let others = own.filter { parents[$0].problem.id != first.problem.id }
    guard let story = first.story else { return others.filter { parents[$0].story == nil } }
    let stories = others.filter { parents[$0].story != nil }
    let small = stories.filter {
      story.people.count + (parents[$0].story?.people.count ?? 0) <= StoryFamily.mostPeople
    }
    return small.isEmpty ? stories : small
  }
}

extension ImaginationKind {
  /// Whether it can begin with a problem.
  func canUse(_ parent: ImaginationParent) -> Bool {
    switch self {
    // What a question that offers choices, or runs tests, asks for is not in its words alone.
    case _ where parent.problem.choices != nil || parent.problem.tests != nil: false
    case .backward:
      parent.story != nil || (parent.problem.reference != nil && !HiddenNumber.all(in: parent.problem.question).isEmpty)
    default: true
    }
  }

  /// Whether a rule makes it of a problem, so that no model is needed.
  func isByRule(of parent: ImaginationParent) -> Bool {
    switch self {
    case .numbers, .deepen, .compose, .backward: parent.story != nil
    case .policy, .rephrase: false
    }
  }
}

extension PromptDraft {
  /// The draft made of a word story by the family's grammar; nil where no rule makes its kind.
  fileprivate func byRule(_ story: WordStory, _ generator: inout SplitMix) -> PromptDraft? {
    var draft = self
    switch kind {
    case .numbers: draft.tell(story.renumbered(using: &generator))
    case .deepen: draft.tell(story.deepened(using: &generator))
    case .compose:
      guard let other = parents.last?.story else { return nil }
      draft.tell(story.composed(with: other, using: &generator))
    case .backward: draft.hide(a: story, &generator)
    case .policy, .rephrase: return nil
    }
    return draft
  }

  /// Asks a story backwards, and puts every number back that may have been hidden.
  private mutating func hide(a story: WordStory, _ generator: inout SplitMix) {
    let (place, form) = (
      story.places[generator.below(max(1, story.places.count))], BackwardForm.allCases[generator.below(2)]
    )
    (self.form, self.story) = (form, story)
    do throws(PromptFault) {
      let right = try story.solved().answer
      text = story.backward(hiding: place, answer: right, as: form)
      (answer, answerFrom, isCertain) = (String(story[place]), .hidden, true)
      let found = story.numbers(at: place, givingAnswer: right)
      evidence = "put back, \(story[place]) gives \(right)"
      if !found.contains(story[place]) {
        answerFault = PromptFault(.answerCheck, "\(story[place]) does not give \(right)")
      } else if let other = found.first(where: { $0 != story[place] }) {
        answerFault = PromptFault(.severalAnswers, "\(other) gives \(right) as well as \(story[place])")
      } else {
        evidence += ", and no other number from 1 to 1000 does"
      }
    } catch {
      fault = error
    }
  }
}
