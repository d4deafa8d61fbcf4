import TreeInsight
import TreeSearch
import Vocabulary

/// Something that the executable must do; what comes of it returns as an ``Action``.
public enum Effect: Equatable, Sendable {
  /// Something for the program in front of the person: its terminal, its end.
  case session(SessionEffect)
  /// Something for what stands behind the explorer: the run, its workspace, the problems.
  case run(RunEffect)
  /// Something for whoever keeps and drives rounds of self-improvement.
  case rounds(RoundsEffect)
}

/// What the program in front of the person must do; it takes no time.
public enum SessionEffect: Equatable, Sendable {
  /// Come back with ``Action/lookOn`` after what else is waiting.
  case lookOn
  /// Put a theme in force.
  case setTheme(String)
  /// Take all votes away: what they were for is decided.
  case clearVotes
  /// Put a text on the clipboard.
  case copy(CopiedText)
  /// Let the explorer or (false) the terminal have the mouse.
  case setMouse(Bool)
  /// Save the screen as a picture and as text.
  case snapshot
  /// Give the terminal back to the shell until it continues this program.
  case suspend
  /// End the program; everything done is saved.
  case quit
}

/// What must be done to the run, its workspace or the problems: one after the other, however long one takes.
public enum RunEffect: Equatable, Sendable {
  /// Do one simulation. Several in a row are done one after the other.
  case step
  /// Do one phase of a simulation: select, widen, evaluate or back up.
  case phase
  /// Do simulations until a limit or ``pause``.
  case run
  /// Stop after what is in flight.
  case pause
  /// Do so many simulations from here, whatever the run's own limit.
  case runMore(Int)
  /// Let a person act on the tree, and do what follows from it.
  case intervene(Intervention)
  /// Add a person's lines below a node, each below the one before, in place of another child where one is named: the executable
  /// makes the options (the policy's tokenizer knows their tokens).
  case insertLines(node: NodeID, [String], replacing: NodeID? = nil)
  /// Say which bytes each token of a node's option stands for.
  case spell(NodeID)
  /// Take the last intervention back.
  case undo
  /// Do the last undone intervention again.
  case redo
  /// Pause the search at these breakpoints, and at no others.
  case setBreakpoints([Breakpoint])
  /// Keep with a run what was noted of it.
  case keep(RunNote, of: String)
  /// Append a trajectory to the dataset's log; where something speaks against it, only if the person insists.
  case commit(CommitSubject, insists: Bool)
  /// Commit what the newest runs of these problems choose, but for those against which something speaks.
  case commitAll([String], Judgement.Verdict)
  /// Keep what the person says of the task on the screen.
  case label(LabelWord)
  /// Write the dataset, every format that has rows, into a folder.
  case export(String)
  /// Say what a commit would lead to.
  case examine(CommitRequest)
  /// Take a commit back.
  case takeBack(MadeCommit)
  /// Open the newest run of a problem, or begin one.
  case openProblem(String)
  /// Open a run by its name.
  case openRun(String)
  /// Make a run of the events up to a moment of the one on the screen, with other settings, and open it.
  case fork(at: Int, ForkSettings)
  /// Make a run of the events up to a moment of the one on the screen, and search both until each has made so many simulations more
  /// than that one has now; where that has been done, search both on.
  case searchBeside(from: Int, simulations: Int)
  /// Say which other runs of the problem there are.
  case findRunsToCompare
  /// Say where the run on the screen and that one part.
  case compareRun(String)
  /// Say which other runs of the problem there are, to lay one over this.
  case findRunsToLayOver
  /// Say what changed between the runs that two selectors mean.
  case compareQueue(String, String)
  /// Say how far people and critics are to be trusted.
  case measureTrust
  /// Lay the tree of that run over the one on the screen.
  case layOver(String)
  /// Say which runs the workspace has, and what becomes of them while their list is on the screen.
  case listRuns
  /// Look for something in the texts of all runs.
  case findTexts(String)
  /// Let go of the run on the screen: its driver stops after what is in flight.
  case closeRun
  /// Read the tour that comes with the program, begin its run and open it.
  case startTour
  /// Begin a run of a problem, and open it with the tour that fits any problem.
  case startTourOf(String)
  /// Vote for a node, or (nil) take the vote back.
  case vote(NodeID?)
}
