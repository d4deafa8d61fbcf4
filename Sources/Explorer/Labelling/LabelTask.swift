import Vocabulary

/// What one person is given to label: a problem, one solution step by step, what else was written in a step's place, and nothing
/// that could sway them: no score, no visits, no reference, no name.
///
/// It is all that the labelling screen knows, so that nothing else can be shown there.
public struct LabelTask: Hashable, Sendable {
  /// A step, or an alternative to one.
  public struct Line: Hashable, Sendable {
    /// What is written there.
    public let text: String
    /// What the person says of it.
    public var label: StepLabel?
    /// True where the person wants somebody to look at it.
    public var isFlagged: Bool
    /// What those who differ say of it, in an order that says nothing of who they are; only to be decided between.
    public let sides: [String]

    /// A line with its fields as given.
    public init(text: String, label: StepLabel? = nil, isFlagged: Bool = false, sides: [String] = []) {
      (self.text, self.label, self.isFlagged, self.sides) = (text, label, isFlagged, sides)
    }
  }

  /// A step of the solution.
  public struct Step: Hashable, Sendable {
    /// The step itself, then its alternatives in an order that says nothing.
    public var lines: [Line]
    /// What the person would have written in its place.
    public var completion: String?

    /// A step with its fields as given; it has a line at least.
    public init(_ lines: [Line], completion: String? = nil) { (self.lines, self.completion) = (lines, completion) }
  }

  /// The problem's id.
  public let problem: String
  /// Its text.
  public let question: String
  /// The solution.
  public var steps: [Step]
  /// What the person says of the whole.
  public var verdict: Judgement.Verdict?
  /// How the person ended the problem.
  public var finish: FinishReason?
  /// What those who differ say of the whole.
  public let sides: [String]
  /// True where the person decides between others.
  public let decides: Bool

  /// A task with its fields as given.
  public init(
    problem: String, question: String, steps: [Step], verdict: Judgement.Verdict? = nil, finish: FinishReason? = nil,
    sides: [String] = [], decides: Bool = false
  ) {
    (self.problem, self.question, self.steps, self.verdict, self.finish) = (problem, question, steps, verdict, finish)
    (self.sides, self.decides) = (sides, decides)
  }

  /// Steps of which the person has said something.
  var labelled: Int { steps.count { $0.lines[0].label != nil } }
}

/// A line of a task: a step, and which of its lines.
public struct LabelPlace: Hashable, Sendable {
  /// The step, from 0.
  public let step: Int
  /// 0 for the step itself, else its alternative.
  public let line: Int

  /// A place.
  public init(step: Int, line: Int) { (self.step, self.line) = (step, line) }
}

/// What a person says on the labelling screen.
public enum LabelWord: Hashable, Sendable {
  /// What a line is; nil takes it back.
  case step(LabelPlace, StepLabel?)
  /// Whether a line is to be looked at by somebody.
  case flag(LabelPlace, Bool)
  /// What should stand in a step's place; nil takes it back.
  case completion(step: Int, String?)
  /// What the whole is; nil takes it back.
  case verdict(Judgement.Verdict?)
  /// How the problem ends; nil takes it back.
  case finish(FinishReason?)
  /// A remark on the whole.
  case note(String)
}
