import Canvas

/// What a stage kept, a row each, with the columns of its kind.
struct StagePanel {
  let page: StagePage
  let look: Look
  /// True while the list has the keyboard.
  var hasFocus = true

  func draw(in rect: Rect, on frame: inout Frame) {
    let list = page.list
    let inside = frame.panel(rect, title: [], isFocused: hasFocus, look: look)
    if list.shown.isEmpty {
      let words = list.items.isEmpty ? "Nothing has been kept here yet." : "No row holds these words; Esc shows all."
      frame.put(words, x: inside.x + 2, y: inside.y, style: look("ui.text.faint"), maxWidth: inside.width - 2)
    }
    Table(columns: columns(inside.width), rest: { rest($0) }, look: look).draw(
      list.shown.lazy.map { list.items[$0] }, cursor: list.cursor, top: list.top, hasFocus: hasFocus, rule: rect.row(0),
      in: inside, on: &frame)
  }

  private typealias Column = Table<StageItem>.Column

  private func columns(_ width: Int) -> [Column] {
    let signs = Column("", 2, scope: { scope($0) }) { sign($0) }
    switch page.stage {
    case .imagine:
      return [
        signs, Column("kind", 9) { item in prompt(item) { $0.kind } },
        Column("reason", max(10, width / 5), scope: { _ in "ui.notice" }) { item in prompt(item) { $0.reason } },
        Column("answer", 8) { item in prompt(item) { $0.answer } },
      ]
        + (width >= 90
          ? [Column("pass", 4, isNumber: true) { item in prompt(item) { $0.passRate.map { Number.score($0) } } }] : [])
    case .search:
      return [
        signs, Column("problem", max(10, width / 5)) { item in search(item) { $0.problem } },
        Column("answer", 12) { item in search(item) { $0.answer ?? $0.error } },
      ]
        + (width >= 70
          ? [Column("tokens", 7, isNumber: true) { item in search(item) { Number.short($0.tokens) } }] : [])
    case .filter, .gate, .commit:
      let base = [
        signs, Column("problem", max(10, width / 5)) { item in trajectory(item) { $0.problem } },
        Column("answer", 10, scope: { answerScope($0) }) { item in
          trajectory(item) { mark($0.isRight) + $0.answer }
        },
        Column("score", 5, isNumber: true) { item in trajectory(item) { Number.score($0.facts.score) } },
      ]
      return base
        + (width >= 64
          ? [
            Column("agree", 5, isNumber: true) { item in trajectory(item) { "\($0.facts.agree)/5" } },
            Column("look", 18, scope: { _ in "ui.notice" }) { item in
              trajectory(item) {
                $0.decision.map { "by \($0.who)" } ?? $0.doubts.first ?? ($0.isAudited ? "audit" : nil)
              }
            },
          ] : [])
    case .evaluate, nil:
      return [
        signs, Column("", 13, scope: { scope($0) }) { item in trial(item) { $0.change.word } },
        Column("problem", max(10, width / 5)) { item in trial(item) { $0.problem } },
        Column("before", 10) { item in trial(item) { $0.before.answer } },
        Column("after", 10) { item in trial(item) { $0.after?.answer } },
      ]
    case .promote:
      return [
        signs, Column("condition", max(20, width / 2)) { item in condition(item) { $0.name } },
      ]
    case .train, .export: return []
    }
  }

  /// What stands right of the columns.
  private func rest(_ item: StageItem) -> String {
    switch item {
    case .prompt(let prompt): prompt.text
    case .search(let search): search.error ?? search.question
    case .trajectory(let trajectory): trajectory.text
    case .trial(let trial): trial.question
    case .condition(let condition): condition.found
    }
  }

  /// Whether it is accepted, right or held; a person's word has a sign of its own.
  private func sign(_ item: StageItem) -> String {
    let (yes, no) = (look.glyphs.answerOK, look.glyphs.contradicted)
    switch item {
    case .prompt(let prompt): return prompt.reason == nil ? yes : no
    case .search(let search):
      return search.error != nil ? look.glyphs.failed : search.isRight.map { $0 ? yes : no } ?? look.glyphs.abstained
    case .trajectory(let item):
      return (item.isAccepted ? yes : no)
        + (item.decision != nil ? look.glyphs.overridden : item.isAudited ? look.glyphs.bookmark : "")
    case .trial(let trial): return trial.after.map { $0.isRight ? yes : no } ?? look.glyphs.abstained
    case .condition(let condition): return condition.holds ? yes : no
    }
  }

  private func scope(_ item: StageItem) -> String {
    let isGood =
      switch item {
      case .prompt(let prompt): prompt.reason == nil
      case .search(let search): search.isRight ?? (search.error == nil)
      case .trajectory(let item): item.isAccepted
      case .trial(let trial): trial.after?.isRight ?? true
      case .condition(let condition): condition.holds
      }
    return isGood ? "critic.agree" : "critic.contradict"
  }

  private func answerScope(_ item: StageItem) -> String {
    item.trajectory?.isRight == false ? "critic.contradict" : "ui.text"
  }

  /// A sign for right or wrong, with a space; nothing where nobody knows.
  private func mark(_ isRight: Bool?) -> String {
    isRight.map { ($0 ? look.glyphs.answerOK : look.glyphs.contradicted) + " " } ?? ""
  }

  // What a column asks of rows of one kind; rows of another kind have nothing there.
  private func prompt(_ item: StageItem, _ text: (PromptItem) -> String?) -> String {
    if case .prompt(let prompt) = item { text(prompt) ?? "" } else { "" }
  }
  private func search(_ item: StageItem, _ text: (SearchItem) -> String?) -> String {
    if case .search(let search) = item { text(search) ?? "" } else { "" }
  }
  private func trajectory(_ item: StageItem, _ text: (TrajectoryItem) -> String?) -> String {
    item.trajectory.flatMap(text) ?? ""
  }
  private func trial(_ item: StageItem, _ text: (TrialItem) -> String?) -> String {
    if case .trial(let trial) = item { text(trial) ?? "" } else { "" }
  }
  private func condition(_ item: StageItem, _ text: (ConditionItem) -> String?) -> String {
    if case .condition(let condition) = item { text(condition) ?? "" } else { "" }
  }
}
