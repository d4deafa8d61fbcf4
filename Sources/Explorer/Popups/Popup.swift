import TreeInsight
import TreeSearch

/// What lies over the screen and has the keyboard. Escape closes every one of them.
public enum Popup: Hashable, Sendable {
  /// What works here, and with which key.
  case help(PickList)
  /// Commands by name.
  case palette(PickList)
  /// Themes; `before` is put back by Escape.
  case themes(PickList, before: String)
  /// One line is asked for.
  case prompt(Prompt)
  /// A critic's score is overruled.
  case override(OverrideForm)
  /// A trajectory is committed.
  case commit(CommitForm)
  /// The breakpoints of the run, one of which is chosen.
  case breakpoints(cursor: Int)
  /// Why a node was selected, how wide it may be, and how it came to be.
  case why(WhyPopup)
  /// Two nodes or two runs side by side.
  case comparison(Comparison)
  /// The engine's parameters, one of which is chosen.
  case settings(PickList)
  /// What was said.
  case log(PickList)
  /// A few choices.
  case menu(Menu)

  /// The text field that has the keyboard.
  var field: TextField? {
    get {
      switch self {
      case .help(let list), .palette(let list), .themes(let list, _), .settings(let list), .log(let list): list.query
      case .prompt(let prompt): prompt.field
      case .override(let form): form.field
      case .commit(let form): form[form.focus]
      case .why, .comparison, .breakpoints, .menu: nil
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .help(var list):
        list.query = newValue
        self = .help(list)
      case .palette(var list):
        list.query = newValue
        self = .palette(list)
      case .themes(var list, let before):
        list.query = newValue
        self = .themes(list, before: before)
      case .settings(var list):
        list.query = newValue
        self = .settings(list)
      case .log(var list):
        list.query = newValue
        self = .log(list)
      case .prompt(var prompt):
        prompt.field = newValue
        prompt.refuse(nil)
        self = .prompt(prompt)
      case .override(var form):
        form.field = newValue
        form.problem = nil
        self = .override(form)
      case .commit(var form):
        form[form.focus] = newValue
        self = .commit(form)
      case .why, .comparison, .breakpoints, .menu: break
      }
    }
  }
}
