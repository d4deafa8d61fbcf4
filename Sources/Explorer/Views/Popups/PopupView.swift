import Canvas
import TreeInsight
import TreeSearch

/// Draws whatever lies over the screen.
enum PopupView {
  static func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    switch state.popup {
    case .help(let list): HelpView.draw(list, state, look, on: &frame)
    case .palette(let list): PaletteView.draw(list, state, look, on: &frame)
    case .themes(let list, _): ThemesView.draw(list, state, look, on: &frame)
    case .prompt(let prompt): PromptView.draw(prompt, critics: state.run?.criticNames ?? [], look, on: &frame)
    case .override(let form):
      if let run = state.run { OverrideView.draw(form, run, look, on: &frame) }
    case .breakpoints(let cursor): BreakpointsView.draw(cursor, state, look, on: &frame)
    case .commit(let form):
      if let run = state.run { CommitView.draw(form, run, look, on: &frame) }
    case .why(let why):
      if let run = state.run { WhyView.draw(why, run, look, on: &frame) }
    case .comparison(let comparison): ComparisonView.draw(comparison, look, on: &frame)
    case .settings(let list): SettingsView.draw(list, state, look, on: &frame)
    case .log(let list): LogView.draw(list, state, look, on: &frame)
    case .menu(let menu): MenuView.draw(menu, look, on: &frame)
    case nil: break
    }
  }
}
