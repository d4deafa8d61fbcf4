import TreeInsight
import TreeSearch

extension ExplorerState {
  /// Changes the text of the field that has the keyboard; elsewhere, nothing.
  mutating func editField(_ change: (inout TextField) -> Void) -> [Effect] {
    guard var field = popup?.field else { return [] }
    change(&field)
    popup?.field = field
    switch popup {
    case .prompt(let prompt) where prompt.purpose == .problems:
      problems.filter(field.text, height: layout.listRows)
    case .prompt: return countMatches()
    case .themes: return previewTheme()
    default: break
    }
    return []
  }

  /// Closes the popup; a previewed theme gives way to the one before.
  mutating func closePopup() -> [Effect] {
    let closed = popup
    popup = nil
    switch closed {
    case .themes(_, let before) where before != theme:
      theme = before
      return [.session(.setTheme(before))]
    case .prompt(let prompt):
      if case .setting(_, let list) = prompt.purpose { popup = .settings(list) }
    default: break
    }
    return []
  }

  /// Moves within the popup's list, or to another critic.
  mutating func movePopup(_ rows: Int) -> [Effect] {
    switch popup {
    case .help(var list):
      list.move(by: rows, count: CommandSearch.words(list.query.text, in: self).count)
      popup = .help(list)
    case .palette(var list):
      list.move(by: rows, count: CommandSearch.fuzzy(list.query.text, in: self).count)
      popup = .palette(list)
    case .themes(var list, let before):
      list.move(by: rows, count: themes(matching: list.query.text).count)
      popup = .themes(list, before: before)
      return previewTheme()
    case .settings(var list):
      list.move(by: rows, count: settings(list).count)
      popup = .settings(list)
    case .log(var list):
      list.move(by: rows, count: log.entries(matching: list.query.text).count)
      popup = .log(list)
    case .why(var why):
      guard let run else { break }
      why.scroll = max(0, min(why.scroll + rows, WhyView.lastScroll(why.reasons, run, size)))
      popup = .why(why)
    case .comparison(var comparison):
      let last = ComparisonView.lastScroll(comparison, size)
      comparison.scroll = max(0, min(comparison.scroll + rows, last))
      popup = .comparison(comparison)
    case .override(var form):
      if let run { form.choose(by: rows.signum(), in: run.tree) }
      popup = .override(form)
    case .menu(var menu):
      menu.move(by: rows)
      popup = .menu(menu)
    case .breakpoints(let cursor):
      popup = .breakpoints(cursor: max(0, min(cursor + rows, breakpoints.entries.count - 1)))
    case .commit(var form):
      form.switchField()
      popup = .commit(form)
    default: break
    }
    return []
  }

  /// Gives the keyboard to another field, where the popup has several; completes the word in a prompt.
  mutating func switchField(_ count: Int) -> [Effect] {
    switch popup {
    case .override, .commit: return movePopup(count)
    case .prompt(var prompt):
      prompt.complete(critics: run?.criticNames ?? [])
      popup = .prompt(prompt)
      return countMatches()
    default: break
    }
    return []
  }

  /// Does what the popup is for. Where what was typed cannot be used, the popup stays and says why.
  mutating func confirmPopup() -> [Effect] {
    switch popup {
    case .help(let list): return pick(CommandSearch.words(list.query.text, in: self), list)
    case .palette(let list): return pick(CommandSearch.fuzzy(list.query.text, in: self), list)
    case .themes: popup = nil
    case .prompt(let prompt): return confirm(prompt)
    case .override(let form): return confirm(form)
    case .commit(let form):
      guard let run, run.tree.holds(form.node) else {
        popup = nil
        message = .failure("node \(form.node) is no longer in the tree")
        return []
      }
      popup = nil
      return [.run(.commit(request(form, run)))]
    case .breakpoints: return changeBreakpoints { $0.toggle(at: $1) }
    case .settings(let list): return editSetting(list)
    case .log(let list): return goTo(list)
    case .menu(let menu): return menu.chosen.map { take($0) } ?? []
    case .why, .comparison, nil: popup = nil
    }
    return []
  }

  /// Themes whose name holds `query`.
  func themes(matching query: String) -> [String] {
    query.isEmpty ? themes : themes.filter { $0.lowercased().contains(query.lowercased()) }
  }

  private mutating func previewTheme() -> [Effect] {
    guard case .themes(let list, _) = popup else { return [] }
    let shown = themes(matching: list.query.text)
    guard shown.indices.contains(list.cursor), shown[list.cursor] != theme else { return [] }
    theme = shown[list.cursor]
    return [.session(.setTheme(theme))]
  }

  private mutating func pick(_ commands: [Command], _ list: PickList) -> [Effect] {
    guard commands.indices.contains(list.cursor) else { return [] }
    popup = nil
    return perform(commands[list.cursor])
  }

  private func request(_ form: CommitForm, _ run: OpenRun) -> CommitRequest {
    let path = Set(run.tree.path(to: form.node))
    return CommitRequest(
      node: form.node, label: form[.label].text, note: form[.note].text,
      steps: run.labels.filter { path.contains($0.key) })
  }
}

extension ExplorerState {
  /// Leaves the prompt open and says what is wrong with what was typed.
  mutating func refuse(_ prompt: Prompt, _ problem: String, at column: Int? = nil) -> [Effect] {
    var prompt = prompt
    prompt.refuse(problem, at: column)
    popup = .prompt(prompt)
    return []
  }

  private mutating func confirm(_ prompt: Prompt) -> [Effect] {
    switch prompt.purpose {
    case .expand(let node):
      guard let count = prompt.number(in: 1...64) else { return refuse(prompt, "expected a number from 1 to 64") }
      popup = nil
      return [.run(.intervene(.expand(node: node, count: count)))]
    case .rollOut(let node):
      guard let count = prompt.number(in: 1...64) else { return refuse(prompt, "expected a number from 1 to 64") }
      popup = nil
      return [.run(.intervene(.rollOut(node: node, count: count)))]
    case .runMore:
      guard let count = prompt.number(in: 1...1_000_000) else {
        return refuse(prompt, "expected a number from 1 to 1000000")
      }
      popup = nil
      return [.run(.runMore(count))]
    case .foldVisits:
      guard let least = prompt.number(in: 0...1_000_000_000) else {
        return refuse(prompt, "expected a number of visits, 0 or more")
      }
      popup = nil
      return withRun { $0.folds.open(fromVisits: least) }
    case .insert(let node):
      guard prompt.field.characters.contains(where: { $0 != " " }) else {
        return refuse(prompt, "an option needs some text")
      }
      popup = nil
      return [.run(.insertText(node: node, text: prompt.field.text))]
    case .fork(let moment):
      do {
        let settings = try ForkSettings(prompt.field.text)
        popup = nil
        return [.run(.fork(at: moment, settings))]
      } catch {
        return refuse(prompt, "\(error)")
      }
    case .bookmark(let node): return confirmBookmark(node, prompt)
    case .filter: return confirmFilter(prompt)
    case .breakpoint: return confirmBreakpoint(prompt)
    case .setting(let id, let list): return confirmSetting(id, list, prompt)
    case .problems:
      popup = nil
      return []
    }
  }

  private mutating func confirmFilter(_ prompt: Prompt) -> [Effect] {
    if prompt.field.text.allSatisfy({ $0 == " " }) {
      popup = nil
      return withRun { $0.filter = nil }
    }
    do {
      let filter = try NodeFilter(prompt.field.text)
      popup = nil
      return setFilter(filter)
    } catch {
      return refuse(prompt, error.message, at: error.column)
    }
  }

  private mutating func confirm(_ form: OverrideForm) -> [Effect] {
    let text = form.field.text.filter { $0 != " " }
    let score = Double(text)
    guard text.isEmpty || score.map({ (0...1).contains($0) }) == true else {
      var form = form
      form.problem = "expected a score from 0 to 1, or nothing to give the critic's own back"
      popup = .override(form)
      return []
    }
    popup = nil
    return [.run(.intervene(.override(node: form.node, critic: form.critic, score: score)))]
  }
}
