import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// Something that happened: at the keyboard, in the search, or in an effect that has been carried out.
public enum Action: Sendable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted.
  case paste(String)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// The terminal has another size.
  case resize(Size)
  /// The search went on: its next events, in order.
  case events([SearchEvent])
  /// More of the journal of the run on the screen has been read; the run with all that.
  case grown(OpenRun)
  /// The driver starts, pauses or stops.
  case runState(RunState)
  /// A model writes this line at the moment.
  case writing(String)
  /// Breakpoints fired or watchdogs found something wrong; the search may have paused for it.
  case watched([WatchNotice])
  /// Another turn of looking for matches in a great tree.
  case lookOn
  /// A run is there to be shown; replaces the one on the screen.
  case opened(OpenRun)
  /// The presenter of the run that is followed stands there, or (nil) is gone; and why votes do not count, if so.
  case presenter(Place?, votingProblem: String?)
  /// What the presenter of the run that is followed shows beside that.
  case shown(StageShow)
  /// The presenter of the run that is followed has gone to this one.
  case presenterElsewhere(String)
  /// What followers vote for, by node.
  case votes([NodeID: Int])
  /// Other runs of the problem, the newest first.
  case runsToCompare([RunChoice])
  /// Other runs of the problem, the newest first, one of which is to be laid over the one on the screen.
  case runsToLayOver([RunChoice])
  /// The tree on the screen and another, laid over each other.
  case laidOver(LaidTrees)
  /// What changed over a queue of problems.
  case queueCompared(ComparedQueue)
  /// How far people and critics are to be trusted.
  case trustMeasured(TrustReport)
  /// Where two runs part.
  case compared(RunDifference, a: String, b: String)
  /// Something has become of the fork that is searched beside the run on the screen.
  case beside(BesideUpdate)
  /// A tour begins on the run on the screen.
  case tour(Tour)
  /// The problems to choose from have changed, or what has been done with them.
  case problems([ProblemEntry])
  /// The runs of the workspace, and what has become of them.
  case runs([RunEntry])
  /// Where something stands in the texts of all runs.
  case textsFound(FoundTexts)
  /// The rounds are to be shown, with the cursor on this one.
  case showRounds(at: String)
  /// Something has become of rounds of self-improvement.
  case rounds(RoundsUpdate)
  /// A trajectory is in the dataset.
  case committed(MadeCommit)
  /// A commit has been taken back.
  case takenBack(MadeCommit)
  /// A task is there to be labelled; replaces what is on the screen.
  case task(LabelTask)
  /// How many bytes each token of a node's option stands for; none where nobody can tell.
  case spelled(NodeID, [Int])
  /// What a commit would lead to.
  case examined(CommitRequest, CommitPreview)
  /// Something to be read was found, a line each.
  case lines(title: String, [String])
  /// Something speaks against a commit, which has not been made.
  case doubted(CommitSubject, warnings: [String])
  /// Another theme is in force.
  case theme(String)
  /// What has to be there before something that was asked for can be shown.
  case waiting(String)
  /// Something worth a line was done.
  case notice(String)
  /// Something worth a line could not be done.
  case failure(String)
}
